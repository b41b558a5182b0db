// Sound that leaks, on real sound: a whisper that comes back in the primary's microphone, a loudspeaker that nobody confirmed, a test
// tone that the microphone hears, and a phone whose echo cancellation is changed while it talks.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePart } from '../parts.ts';
import { hold, invite, joinCall, letIn, makeLink, openLink, pressDown, signIn, startIncident, type Teller } from './crew.ts';
import { assertHeardThroughout, listen, neverHears, waitUntilHears, waitUntilSilentAt } from './kit/ear.ts';
import { type Parley, startParley } from './kit/parley.ts';

const SUBJECT_HZ = 440;
const PRIMARY_HZ = 930;
const COACH_HZ = 1580;
/** The second coach's tone is the tone of the leak test. */
const SECOND_HZ = 1250;
/** Waits of people are long: a crowded machine is slow, not wrong. */
const LONG = 30_000;
const SOON = { withinMs: 20_000 };
const ALARM = /SOUND LEAKS/;
/** Anna speaks, and her microphone hears the first coach 20 dB softer. */
const LEAKY = {
  seconds: 60,
  parts: [
    { hz: PRIMARY_HZ, db: -12, fromS: 0, toS: 60 },
    { hz: COACH_HZ, db: -32, fromS: 0, toS: 60 },
  ],
};

requirePart('chromium');

describe('sound that leaks', () => {
  let parley: Parley;
  let anna: Teller;
  let boris: Teller;
  let dora: Teller;
  let subject: Teller;

  beforeAll(async () => {
    parley = await startParley();
    anna = await signIn(await parley.ownerLink(), { name: 'Anna', hz: PRIMARY_HZ, sound: LEAKY });
    const incidentId = await startIncident(anna);
    boris = await signIn(await invite(anna, incidentId, 'coach'), { name: 'Boris', hz: COACH_HZ });
    dora = await signIn(await invite(anna, incidentId, 'coach'), { name: 'Dora', hz: SECOND_HZ });
    for (const one of [anna, boris, dora]) await joinCall(one, parley, incidentId);
  }, 240_000);

  afterAll(async () => {
    await Promise.all([anna, boris, dora, subject].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 60_000);

  const alarms = ({ page }: Teller) => page.locator('.leak-alarm').filter({ hasText: ALARM });
  const says = ({ page }: Teller, name: string) => page.locator('.gear-notice').getByRole('button', { name, exact: true }).click();

  it('[A40] [A43] asks what each hears with; a headset turns echo cancellation off, and all see it', { timeout: 150_000 }, async () => {
    for (const one of [anna, boris]) {
      await says(one, 'Headset');
      await one.page.locator('.gear-notice').waitFor({ state: 'detached', timeout: LONG });
    }
    await dora.page.locator('.person', { hasText: 'Anna' }).getByText('headset').waitFor({ timeout: LONG });
    const echo = await anna.page.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false } });
      const [track] = stream.getAudioTracks();
      const is = track?.getSettings().echoCancellation;
      track?.stop();
      return is;
    });
    expect(echo, 'Chromium can tell').toBe(false);
    await anna.page.getByText('Everything', { exact: true }).click();
    await anna.page.getByText('hears with: headset').first().waitFor({ timeout: LONG });
    expect(await anna.page.getByText('echo cancellation off').count()).toBeGreaterThan(0);
  });

  it('[A11] shuts the ear for who hears by a loudspeaker, says why, and opens it when that is confirmed', {
    timeout: 150_000,
  }, async () => {
    await says(dora, 'Loudspeaker');
    await dora.page.getByText('ear and table are shut for you').waitFor({ timeout: LONG });
    await pressDown(dora, 'Speak in the ear');
    await dora.page.locator('.talks').getByText('You hear by a loudspeaker').waitFor({ timeout: LONG });
    await neverHears(anna.page, [SECOND_HZ], { forMs: 1_000 });
    await dora.page.mouse.up();
    await says(dora, 'No open microphone hears it');
    await dora.page.locator('.gear-notice').waitFor({ state: 'detached', timeout: LONG });
    await pressDown(dora, 'Speak in the ear');
    await waitUntilHears(anna.page, SECOND_HZ, SOON);
    await dora.page.mouse.up();
    await waitUntilSilentAt(anna.page, SECOND_HZ, SOON);
  });

  it('[A41] tests the ear against the microphone: passed when it is silent there, and in plain words when not', {
    timeout: 60_000,
  }, async () => {
    const test = async ({ page }: Teller) => {
      await page.getByRole('button', { name: 'Sound settings' }).click();
      await page.locator('dialog').getByRole('button', { name: 'Leak test' }).click();
    };
    await test(boris);
    await boris.page.locator('dialog').getByText('Passed: the microphone does not hear the ear').waitFor({ timeout: LONG });
    await test(dora);
    await dora.page.locator('dialog').getByText('the tone was there before it was played').waitFor({ timeout: LONG });
    for (const { page } of [boris, dora]) await page.keyboard.press('Escape');
    await anna.page.getByText('FAILED THE LEAK TEST').first().waitFor({ timeout: LONG });
    await anna.page.getByText('passed the leak test').first().waitFor({ timeout: LONG });
  });

  it('[A42] no alarm for a whisper that the primary’s microphone does not hear', { timeout: 150_000 }, async () => {
    subject = await openLink(await makeLink(anna), { name: 'subject', hz: SUBJECT_HZ });
    await anna.page.getByText('Anna has passed no leak test since the last call').waitFor({ timeout: LONG });
    await anna.page.getByRole('button', { name: 'Let in' }).first().waitFor({ timeout: LONG });
    await letIn(anna);
    await waitUntilHears(anna.page, SUBJECT_HZ, SOON);
    await hold(anna, 'Take the floor');
    await waitUntilHears(subject.page, PRIMARY_HZ, SOON);
    await pressDown(dora, 'Speak in the ear');
    await waitUntilHears(anna.page, SECOND_HZ, SOON);
    await dora.page.waitForTimeout(4_000);
    expect(await alarms(anna).count()).toBe(0);
    await dora.page.mouse.up();
    await waitUntilSilentAt(anna.page, SECOND_HZ, SOON);
  });

  it('[A42] [V28] alarms on every console when it does, within a second, and clears when it is over', { timeout: 150_000 }, async () => {
    await pressDown(boris, 'Speak in the ear');
    const heardAtMs = await waitUntilHears(anna.page, COACH_HZ, SOON);
    const shownAtMs = await Promise.all(
      [anna, boris, dora].map(async (one) => {
        await alarms(one).waitFor({ timeout: LONG });
        return Date.now();
      }),
    );
    // The test's own ear and its looking each add their part.
    for (const at of shownAtMs) expect(at - heardAtMs).toBeLessThan(1_500);
    expect(await alarms(dora).textContent()).toContain('Anna');
    await boris.page.mouse.up();
    for (const one of [anna, boris, dora]) await alarms(one).waitFor({ state: 'detached', timeout: LONG });
    await anna.page.getByText('→ no leak any more').first().waitFor({ timeout: LONG });
  });

  it('[A44] [V29] changes the echo cancellation of the phone in the middle of the call, without a break', {
    timeout: 150_000,
  }, async () => {
    const card = anna.page.locator('.line-card');
    await card.getByText('Echo cancellation of their phone: on').waitFor({ timeout: LONG });
    const heard = await listen(anna.page, [SUBJECT_HZ]);
    await card.getByRole('button', { name: 'Phone at the ear: turn it off' }).click();
    await card.getByText('Echo cancellation of their phone: off').waitFor({ timeout: LONG });
    await card.getByText('THEIR PHONE HAS IT THE OTHER WAY').waitFor({ state: 'detached', timeout: LONG });
    await anna.page.waitForTimeout(1_500);
    assertHeardThroughout(await heard.stop(), SUBJECT_HZ, { maxGapMs: 600 });
    await anna.page.getByText('echo cancellation off').first().waitFor({ timeout: LONG });
  });

  it('[T4] made no page error and broke no policy', () => {
    for (const { browser } of [anna, boris, dora, subject]) {
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
    }
  });
});
