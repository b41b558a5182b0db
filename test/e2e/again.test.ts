// "Hear again" on real sound: the leader hears what the subject said before, while the live call goes on.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePart } from '../parts.ts';
import { hold, invite, joinCall, letIn, makeLink, openLink, signIn, startIncident, type Teller } from './crew.ts';
import { assertHeardThroughout, assertNotHeard, listen, waitUntilHears, waitUntilSilentAt } from './kit/ear.ts';
import { type Parley, startParley } from './kit/parley.ts';

const BEFORE_HZ = 440;
const AFTER_HZ = 1910;
const PRIMARY_HZ = 930;
const COACH_HZ = 1580;
/** Waits of people are long: a crowded machine is slow, not wrong. */
const LONG = 30_000;
const SOON = { withinMs: 20_000 };
/** The subject's microphone: one tone for half a minute, then another. */
const CHANGING = {
  seconds: 150,
  parts: [
    { hz: BEFORE_HZ, db: -12, fromS: 0, toS: 30 },
    { hz: AFTER_HZ, db: -12, fromS: 30, toS: 150 },
  ],
};

requirePart('chromium');

describe('the last seconds of a line', () => {
  let parley: Parley;
  let leader: Teller;
  let coach: Teller;
  let subject: Teller;

  beforeAll(async () => {
    parley = await startParley();
    leader = await signIn(await parley.ownerLink(), { name: 'Anna', hz: PRIMARY_HZ });
    const incidentId = await startIncident(leader);
    coach = await signIn(await invite(leader, incidentId, 'coach'), { name: 'Boris', hz: COACH_HZ });
    for (const one of [leader, coach]) await joinCall(one, parley, incidentId);
    subject = await openLink(await makeLink(leader), { name: 'subject', hz: BEFORE_HZ, sound: CHANGING });
    await leader.page.getByRole('button', { name: 'Let in' }).first().waitFor({ timeout: LONG });
    await letIn(leader);
    await waitUntilHears(leader.page, BEFORE_HZ, SOON);
    await hold(leader, 'Take the floor');
    await waitUntilHears(subject.page, PRIMARY_HZ, SOON);
  }, 240_000);

  afterAll(async () => {
    await Promise.all([leader, coach, subject].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 60_000);

  it('[R40] [R42] are heard again by who asks, by nobody else, while the live call goes on softer', { timeout: 180_000 }, async () => {
    await waitUntilHears(leader.page, AFTER_HZ, { withinMs: 45_000 });
    await waitUntilSilentAt(leader.page, BEFORE_HZ, SOON);
    const others = await Promise.all([subject, coach].map(({ page }) => listen(page, [BEFORE_HZ])));
    const live = await listen(subject.page, [PRIMARY_HZ]);
    await leader.page.getByRole('button', { name: /^Last 15 s/ }).click();
    await waitUntilHears(leader.page, BEFORE_HZ, SOON);
    await leader.page.getByText('The live line is softer').waitFor({ timeout: LONG });
    const soft = await leader.page.evaluate(
      () => [...document.querySelectorAll('audio')].find((a) => a.dataset['source']?.startsWith('line.'))?.volume,
    );
    expect(soft).toBe(0.25);
    // What is played again reaches its end: the tone of now.
    await waitUntilSilentAt(leader.page, BEFORE_HZ, { withinMs: 20_000 });
    await leader.page.keyboard.press('0');
    await leader.page.getByText('In your ears only').waitFor({ timeout: LONG });
    for (const one of others) assertNotHeard(await one.stop(), [BEFORE_HZ]);
    assertHeardThroughout(await live.stop(), PRIMARY_HZ, { maxGapMs: 250 });
  });

  it('[R40] [R41] by its key, until stopped; each time is an entry', { timeout: 150_000 }, async () => {
    await leader.page.keyboard.press('6');
    await waitUntilHears(leader.page, BEFORE_HZ, SOON);
    await leader.page.keyboard.press('0');
    await waitUntilSilentAt(leader.page, BEFORE_HZ, SOON);
    await coach.page.getByText('Everything', { exact: true }).click();
    await coach.page.getByText('again: ').nth(1).waitFor({ timeout: LONG });
    expect(await coach.page.getByText('again: ').allTextContents()).toHaveLength(2);
  });

  it('[T4] made no page error and broke no policy', () => {
    for (const { browser } of [leader, coach, subject]) {
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
    }
  });
});
