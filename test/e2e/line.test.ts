// The line, end to end, on real sound: three Chromium pages, one tone each. What Parley is for, in one journey.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePart } from '../parts.ts';
import { hold, invite, joinCall, letIn, makeLink, openLink, pressDown, signIn, startIncident, type Teller } from './crew.ts';
import { assertHeardThroughout, assertNotHeard, listen, neverHears, waitUntilHears, waitUntilSilentAt } from './kit/ear.ts';
import { opusinfo, probeOgg, tones } from './kit/ogg.ts';
import { type Parley, startParley } from './kit/parley.ts';
import { waitFor } from './kit/process.ts';

const SUBJECT_HZ = 440;
const PRIMARY_HZ = 930;
const COACH_HZ = 1580;
const SOON = { withinMs: 8_000 };

requirePart('chromium');
requirePart('ffmpeg');
requirePart('opusinfo');

describe('a call between a phone and a team', () => {
  let parley: Parley;
  let primary: Teller;
  let coach: Teller;
  let subject: Teller;
  let incidentId: string;
  let callStartedMs = 0;
  let callEndedMs = 0;

  beforeAll(async () => {
    parley = await startParley();
  }, 60_000);

  afterAll(async () => {
    await Promise.all([primary, coach, subject].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 30_000);

  it('[N8] is set up by two people and a link: nothing is heard before the team lets the device in', { timeout: 90_000 }, async () => {
    primary = await signIn(await parley.ownerLink(), { name: 'Anna', hz: PRIMARY_HZ });
    incidentId = await startIncident(primary);
    coach = await signIn(await invite(primary, incidentId, 'coach'), { name: 'Boris', hz: COACH_HZ });
    await joinCall(primary, parley, incidentId);
    await joinCall(coach, parley, incidentId);
    subject = await openLink(await makeLink(primary), { name: 'subject', hz: SUBJECT_HZ });
    await primary.page.getByRole('button', { name: 'Let in' }).first().waitFor({ timeout: 10_000 });
    await neverHears(primary.page, [SUBJECT_HZ], { forMs: 1_000 });
    expect(await primary.page.getByText('NOT SAFE', { exact: false }).count()).toBe(0);
    await letIn(primary);
    callStartedMs = await waitUntilHears(primary.page, SUBJECT_HZ, SOON);
    await waitUntilHears(coach.page, SUBJECT_HZ, SOON);
    await primary.page.getByText('NOT SAFE', { exact: false }).first().waitFor({ timeout: 5_000 });
  });

  it('[A1] [A2] carries sound both ways once the primary has the floor, and the comfort sound alone before', {
    timeout: 60_000,
  }, async () => {
    await neverHears(subject.page, [PRIMARY_HZ, COACH_HZ], { forMs: 1_000 });
    await hold(primary, 'Take the floor');
    await waitUntilHears(subject.page, PRIMARY_HZ, SOON);
    await waitUntilHears(coach.page, PRIMARY_HZ, SOON);
    await neverHears(subject.page, [COACH_HZ], { forMs: 1_500, whileHearing: PRIMARY_HZ });
  });

  it("[A3] brings the coach's whisper to the primary and never to the subject", { timeout: 60_000 }, async () => {
    const atSubject = await listen(subject.page, [PRIMARY_HZ, COACH_HZ]);
    await pressDown(coach, 'Speak in the ear');
    await waitUntilHears(primary.page, COACH_HZ, SOON);
    await coach.page.waitForTimeout(1_500);
    await coach.page.mouse.up();
    await waitUntilSilentAt(primary.page, COACH_HZ, SOON);
    const heard = await atSubject.stop();
    assertNotHeard(heard, [COACH_HZ]);
    assertHeardThroughout(heard, PRIMARY_HZ, { maxGapMs: 250 });
  });

  it('[A2] hands the floor over in two steps: the old voice is gone, the new one is heard', { timeout: 60_000 }, async () => {
    await primary.page
      .getByRole('button', { name: /^Offer the floor/ })
      .first()
      .click();
    const boris = primary.page.getByRole('button', { name: /Boris/ }).or(primary.page.getByRole('menuitem', { name: /Boris/ }));
    if (
      await boris
        .first()
        .isVisible()
        .catch(() => false)
    )
      await boris.first().click();
    await hold(coach, 'Accept the floor');
    await waitUntilHears(subject.page, COACH_HZ, SOON);
    await waitUntilSilentAt(subject.page, PRIMARY_HZ, SOON);
    await neverHears(subject.page, [PRIMARY_HZ], { forMs: 1_500, whileHearing: COACH_HZ });
  });

  it('[A9] goes on without a gap while the server is killed, and is taken up again by the next one', { timeout: 90_000 }, async () => {
    const before = await parley.workers();
    const atSubject = await listen(subject.page, [COACH_HZ, PRIMARY_HZ]);
    await parley.kill9();
    await subject.page.waitForTimeout(2_500);
    await parley.restart();
    await subject.page.waitForTimeout(4_000);
    const heard = await atSubject.stop();
    assertHeardThroughout(heard, COACH_HZ, { maxGapMs: 250 });
    assertNotHeard(heard, [PRIMARY_HZ]);
    expect(await parley.workers()).toEqual(before);
    // The console works again: the new server routes for the same worker.
    await pressDown(primary, 'Speak in the ear');
    await waitUntilHears(coach.page, PRIMARY_HZ, SOON);
    await primary.page.mouse.up();
    await waitUntilSilentAt(coach.page, PRIMARY_HZ, SOON);
  });

  it('[N8] is safe again only after the call was ended', { timeout: 30_000 }, async () => {
    await hold(coach, 'End the call');
    callEndedMs = await waitUntilSilentAt(subject.page, COACH_HZ, SOON);
    await waitFor('the safe light', async () => (await primary.page.getByText('NOT SAFE', { exact: false }).count()) === 0, SOON);
  });

  it('[X3] closes while people are still connected, and every file has its hash in the log', { timeout: 60_000 }, async () => {
    await primary.page.getByRole('button', { name: 'This incident…' }).click();
    await primary.page.getByRole('dialog').getByRole('textbox').fill('came out');
    // Held longer than other keys: nothing can be added afterwards.
    await pressDown(primary, 'Close the incident');
    await primary.page.waitForTimeout(1_600);
    await primary.page.mouse.up();
    await primary.page.getByText('CLOSED', { exact: true }).first().waitFor({ timeout: 15_000 });
    const files = await primary.page.evaluate(async (path) => {
      const answer: unknown = await (await fetch(path)).json();
      return answer as { leg: string; file: string; sha256: string | null }[];
    }, `/api/incidents/${incidentId}/recordings`);
    expect(files.map(({ leg }) => leg.split('.')[0])).toEqual(expect.arrayContaining(['line', 'person']));
    for (const { leg, file, sha256 } of files) {
      const bytes = await readFile(join(parley.data, 'media', incidentId, leg, file));
      expect(createHash('sha256').update(bytes).digest('hex'), `${leg}/${file}`).toBe(sha256);
    }
  });

  it('[R1] left a sound file for each voice that other programs accept, as long as the call was', { timeout: 60_000 }, async () => {
    await parley.term();
    const root = join(parley.data, 'media', incidentId);
    const legs = (await readdir(root, { withFileTypes: true })).filter((e) => e.isDirectory()).map((e) => e.name);
    const all = await Promise.all(
      legs.map(async (leg) => ({ leg, files: (await readdir(join(root, leg))).filter((f) => f.endsWith('.opus')).sort() })),
    );
    // Whoever watches pictures has a leg without a voice.
    const files = all.filter(({ leg }) => !leg.startsWith('see.'));
    const own = new Map<string, number>([[files.find((f) => f.leg.startsWith('line.'))?.leg ?? '', SUBJECT_HZ]]);
    expect(files.length).toBe(3);
    let subjectS = 0;
    for (const { leg, files: names } of files) {
      for (const name of names) {
        const path = join(root, leg, name);
        const facts = await probeOgg(path);
        expect(facts.codec).toBe('opus');
        expect((await opusinfo(path)).complaints, `${leg}/${name}`).toEqual([]);
        if (own.has(leg)) subjectS += facts.durationS;
        const wanted = own.get(leg);
        if (wanted === undefined) continue;
        const heard = (await tones(path, [SUBJECT_HZ, PRIMARY_HZ, COACH_HZ])).get(SUBJECT_HZ) ?? [];
        expect(
          heard.slice(1, -1).every((db) => db > -40),
          `${leg}/${name}: ${heard.join(' ')}`,
        ).toBe(true);
      }
    }
    // From the first packet to the end of the call; the ears above look every 50 ms or so.
    expect(Math.abs(subjectS - (callEndedMs - callStartedMs) / 1000)).toBeLessThan(1.5);
  });

  it('[T4] made no page error and broke no policy', () => {
    for (const { browser } of [primary, coach, subject]) {
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
    }
  });
});
