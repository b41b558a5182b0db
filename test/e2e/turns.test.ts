// The floor for one turn, on real sound: to the interpreter and back, and to a relative inside a window that is cut off at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePart } from '../parts.ts';
import { hold, invite, joinCall, letIn, makeLink, openLink, signIn, startIncident, type Teller } from './crew.ts';
import { neverHears, waitUntilHears, waitUntilSilentAt } from './kit/ear.ts';
import { type Parley, startParley } from './kit/parley.ts';

const SUBJECT_HZ = 440;
const PRIMARY_HZ = 930;
const INTERPRETER_HZ = 1580;
const SISTER_HZ = 2210;
const SOON = { withinMs: 8_000 };
const LOOK = { timeout: 8_000 };

requirePart('chromium');

describe('a turn of the floor', () => {
  let parley: Parley;
  let primary: Teller;
  let interpreter: Teller;
  let sister: Teller;
  let subject: Teller;

  beforeAll(async () => {
    parley = await startParley();
  }, 60_000);

  afterAll(async () => {
    await Promise.all([primary, interpreter, sister, subject].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 30_000);

  it('[A50] goes to the interpreter and back by one key each, never two voices', { timeout: 150_000 }, async () => {
    primary = await signIn(await parley.ownerLink(), { name: 'Anna', hz: PRIMARY_HZ });
    const incidentId = await startIncident(primary);
    interpreter = await signIn(await invite(primary, incidentId, 'interpreter'), { name: 'Ines', hz: INTERPRETER_HZ });
    sister = await signIn(await invite(primary, incidentId, 'third-party'), { name: 'Sister', hz: SISTER_HZ });
    for (const one of [primary, interpreter, sister]) await joinCall(one, parley, incidentId);
    subject = await openLink(await makeLink(primary), { name: 'subject', hz: SUBJECT_HZ });
    await letIn(primary);
    await waitUntilHears(primary.page, SUBJECT_HZ, SOON);
    await hold(primary, 'Take the floor');
    await waitUntilHears(subject.page, PRIMARY_HZ, SOON);
    await primary.page.getByRole('button', { name: /Give the turn to.*Ines/ }).waitFor(LOOK);
    await primary.page.keyboard.press('i');
    await waitUntilHears(subject.page, INTERPRETER_HZ, SOON);
    await waitUntilSilentAt(subject.page, PRIMARY_HZ, SOON);
    await interpreter.page.keyboard.press('i');
    await waitUntilHears(subject.page, PRIMARY_HZ, SOON);
    await waitUntilSilentAt(subject.page, INTERPRETER_HZ, SOON);
  });

  it('[V30] shows a third party nothing of the team', async () => {
    await sister.page.getByText('Please wait').waitFor(LOOK);
    const text = await sister.page.evaluate(() => document.body.innerText);
    expect(text).not.toMatch(/Anna|Ines|Log|Lines|People/);
    const got = await sister.page.evaluate(
      async (id) => [(await fetch(`/api/incidents/${id}/recordings`)).status],
      /#incident=([a-z0-9_-]+)/.exec(sister.page.url())?.[1] ?? '',
    );
    expect(got).toEqual([404]);
  });

  it('[A7] lets a relative speak only inside the window, and cuts her off with one press', { timeout: 60_000 }, async () => {
    await neverHears(sister.page, [SUBJECT_HZ, PRIMARY_HZ], { forMs: 800 });
    expect(await primary.page.getByRole('button', { name: /Give the turn to.*Sister/ }).count()).toBe(0);
    await primary.page.getByRole('button', { name: 'Open a window' }).click(LOOK);
    await primary.page.getByLabel('What is it for?').fill('Says that she is safe');
    await primary.page.getByLabel(/What he says/).fill('No blame.');
    await hold(primary, 'Open the window');
    await sister.page.getByText('No blame.').waitFor(LOOK);
    await primary.page.getByRole('button', { name: /Give the turn to.*Sister/ }).click(LOOK);
    await waitUntilHears(subject.page, SISTER_HZ, SOON);
    await waitUntilHears(sister.page, SUBJECT_HZ, SOON);
    await sister.page.getByText('YOU ARE HEARD').waitFor(LOOK);
    await primary.page.keyboard.press('k');
    await waitUntilSilentAt(subject.page, SISTER_HZ, SOON);
    await waitUntilHears(subject.page, PRIMARY_HZ, SOON);
    await waitUntilSilentAt(sister.page, SUBJECT_HZ, SOON);
  });

  it('[T4] made no page error and broke no policy', () => {
    for (const { browser } of [primary, interpreter, sister, subject]) {
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
    }
  });
});
