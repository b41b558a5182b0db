// A line on hold, on real sound: nobody hears the far end until an authority is recorded and the leader turns room monitor on.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePart } from '../parts.ts';
import { hold, joinCall, letIn, makeLink, openLink, signIn, startIncident, type Teller } from './crew.ts';
import { neverHears, waitUntilHears, waitUntilSilentAt } from './kit/ear.ts';
import { type Parley, startParley } from './kit/parley.ts';

const SUBJECT_HZ = 440;
const LEADER_HZ = 930;
const SOON = { withinMs: 10_000 };
const LOOK = { timeout: 10_000 };

requirePart('chromium');

describe('a line on hold', () => {
  let parley: Parley;
  let leader: Teller;
  let subject: Teller;

  beforeAll(async () => {
    parley = await startParley();
    leader = await signIn(await parley.ownerLink(), { name: 'Anna', hz: LEADER_HZ });
    const incidentId = await startIncident(leader);
    await joinCall(leader, parley, incidentId);
    subject = await openLink(await makeLink(leader), { name: 'subject', hz: SUBJECT_HZ });
    await letIn(leader);
    await waitUntilHears(leader.page, SUBJECT_HZ, SOON);
  }, 120_000);

  afterAll(async () => {
    await Promise.all([leader, subject].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 30_000);

  it('[N76] showed the far end its notice, and the log says in which words', { timeout: 30_000 }, async () => {
    await subject.page.getByText('This call may be recorded.').waitFor(LOOK);
    await leader.page.getByText('was shown').first().waitFor(LOOK);
  });

  it('[A34] [N72] brings no sound of the far end, and room monitor is refused without an authority, with the next step', {
    timeout: 60_000,
  }, async () => {
    await subject.page.getByText('Your microphone is on').waitFor(LOOK);
    await leader.page.getByRole('button', { name: 'Hold', exact: true }).click(LOOK);
    await waitUntilSilentAt(leader.page, SUBJECT_HZ, SOON);
    await subject.page.getByText('not listened to now').waitFor(LOOK);
    await hold(leader, 'Room monitor on');
    await leader.page.getByText('Record the authority first').first().waitFor(LOOK);
    await neverHears(leader.page, [SUBJECT_HZ], { forMs: 1_500 });
  });

  it('[N72] [N75] [N79] is heard once the authority is there, and the far end and every console are shown it', {
    timeout: 60_000,
  }, async () => {
    const { page } = leader;
    await page
      .getByRole('button', { name: /^Authority and notice/ })
      .first()
      .click(LOOK);
    await page.getByLabel('Officer who gave it').fill('Inspector Frey');
    await page.getByRole('checkbox', { name: 'room monitor' }).check();
    await page.getByRole('button', { name: 'Record an authority' }).click();
    await page.getByText('In force.', { exact: true }).waitFor(LOOK);
    await page.getByRole('button', { name: 'Close', exact: true }).first().click();
    await page.getByText('Order due in').first().waitFor(LOOK);
    await hold(leader, 'Room monitor on');
    await waitUntilHears(page, SUBJECT_HZ, SOON);
    await page.getByText('ROOM MONITOR ON').first().waitFor(LOOK);
    await subject.page.getByText('Your microphone is on').waitFor(LOOK);
  });

  it('[N73] ends when it is turned off, and with the hold: the next hold is silent again', { timeout: 60_000 }, async () => {
    const { page } = leader;
    await page.getByRole('button', { name: 'Room monitor off' }).click(LOOK);
    await waitUntilSilentAt(page, SUBJECT_HZ, SOON);
    await subject.page.getByText('not listened to now').waitFor(LOOK);
    await hold(leader, 'Room monitor on');
    await waitUntilHears(page, SUBJECT_HZ, SOON);
    await page.getByRole('button', { name: 'Resume', exact: true }).click(LOOK);
    await waitUntilHears(page, SUBJECT_HZ, SOON);
    await page.getByRole('button', { name: 'Hold', exact: true }).click(LOOK);
    await waitUntilSilentAt(page, SUBJECT_HZ, SOON);
    await neverHears(page, [SUBJECT_HZ], { forMs: 1_000 });
  });

  it('[T4] made no page error and broke no policy', () => {
    for (const { browser } of [leader, subject])
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
  });
});
