// The sound worker dies or freezes in the middle of a call: the call comes back by itself, and nothing recorded before is lost.

import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../parts.ts';
import { hold, joinCall, openLink, type Teller } from './crew.ts';
import { launchWithTone } from './kit/chromium.ts';
import { hears, waitUntilHears, waitUntilSilentAt } from './kit/ear.ts';
import { opusinfo, probeOgg } from './kit/ogg.ts';
import { type Parley, startParley } from './kit/parley.ts';
import { waitFor } from './kit/process.ts';
import { Desk, type Moment } from './plain.ts';

const SUBJECT_HZ = 440;
const PRIMARY_HZ = 930;
const SOON = { withinMs: 20_000 };
/** Nobody is to wait longer than this for a call that comes back by itself. */
const BACK = { withinMs: 30_000 };
/** Shorter than the time after which a frozen worker is given up. */
const FROZEN_MS = 3_000;

describeWith(['chromium', 'opusinfo', 'ffprobe'], 'the sound worker fails in a call', () => {
  let parley: Parley;
  let desk: Desk;
  let primary: Teller;
  let subject: Teller;
  let lineId: string;
  let recordedFromMs = 0;

  beforeAll(async () => {
    parley = await startParley();
    desk = await Desk.open(parley.url, await parley.ownerLink(), 'Anna');
    const link = await desk.link();
    lineId = link.lineId;
    const browser = await launchWithTone({ hz: PRIMARY_HZ, name: 'primary' });
    primary = { browser, page: browser.page, hz: PRIMARY_HZ };
    const [name = '', value = ''] = desk.cookie.split('=');
    await browser.context.addCookies([{ name, value, url: parley.url }]);
    await joinCall(primary, parley, desk.incidentId);
    subject = await openLink(link.url, { name: 'subject', hz: SUBJECT_HZ });
    await desk.admit(lineId);
    recordedFromMs = await waitUntilHears(primary.page, SUBJECT_HZ, SOON);
    await hold(primary, 'Take the floor');
    await waitUntilHears(subject.page, PRIMARY_HZ, SOON);
  }, 90_000);

  afterAll(async () => {
    desk?.close();
    await Promise.all([primary, subject].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 30_000);

  async function onlyWorker(): Promise<number> {
    const [pid, ...more] = await parley.workers();
    expect(more).toEqual([]);
    if (pid === undefined) throw new Error('no worker runs');
    return pid;
  }

  /** Waits until the subject hears the floor's holder: by itself, when it came back within the rule's 2 s; else the floor is empty, the
   *  screen offers it, and one held press takes it. */
  async function subjectHears(fromMs: number): Promise<string> {
    const offered = primary.page.getByRole('button', { name: 'Take the floor' }).first();
    const how = await waitFor(
      'the floor heard again, or offered on the screen',
      async () => ((await hears(subject.page, PRIMARY_HZ)) ? 'by itself' : (await offered.isVisible()) && 'after one press'),
      BACK,
    );
    // On a slow machine the press can come before the own sound is back: it is refused with its reason, and the key stays.
    for (let presses = 1; how === 'after one press' && presses <= 3; presses += 1) {
      await hold(primary, 'Take the floor');
      const isTaken = await waitUntilHears(subject.page, PRIMARY_HZ, { withinMs: 8_000 }).catch(() => undefined);
      if (isTaken !== undefined) return `at the subject after ${presses} presses, ${Math.round(isTaken - fromMs)} ms`;
    }
    return `at the subject ${how} after ${Math.round((await waitUntilHears(subject.page, PRIMARY_HZ, BACK)) - fromMs)} ms`;
  }

  async function bothHear(fromMs: number): Promise<string> {
    const [atPrimary, atSubject] = await Promise.all([waitUntilHears(primary.page, SUBJECT_HZ, BACK), subjectHears(fromMs)]);
    return `heard again at the primary after ${Math.round(atPrimary - fromMs)} ms, ${atSubject}`;
  }

  it('[R33] is killed: the team sees it, sound is back both ways, and the recording of before is whole', { timeout: 120_000 }, async () => {
    const line = `line.${lineId}`;
    const killed = await onlyWorker();
    const from = desk.moments.length;
    const killedMs = Date.now();
    process.kill(killed, 'SIGKILL');
    await waitFor('the team sees that it is down', () => desk.moments.slice(from).some(({ now }) => now.worker === 'down'), SOON);
    await Promise.all([waitUntilSilentAt(primary.page, SUBJECT_HZ, SOON), waitUntilSilentAt(subject.page, PRIMARY_HZ, SOON)]);
    const heardAgain = await bothHear(killedMs);
    const seen = desk.moments.slice(from).filter(({ atMs }) => atMs >= killedMs);
    const next = seen.slice(
      Math.max(
        0,
        seen.findIndex(({ now }) => now.worker === 'down'),
      ),
    );
    const after = (is: (now: Moment) => boolean) => `${(next.find(({ now }) => is(now))?.atMs ?? Number.NaN) - killedMs} ms`;
    console.log(
      `worker killed: down after ${after((now) => now.worker === 'down')}, the next one up after ${after((now) => now.worker === 'up')},`,
      `sound comes after ${after((now) => now.worker === 'up' && now.legs[line]?.state === 'up')}; ${heardAgain}`,
    );
    expect(await onlyWorker()).not.toBe(killed);
    expect(desk.now?.worker).toBe('up');
    const repaired = await waitFor(
      'the repaired recording in the log',
      () => desk.of('segment-closed').find(({ payload }) => payload['leg'] === line && payload['cause'] === 'repaired')?.payload,
      SOON,
    );
    const path = join(parley.data, 'media', desk.incidentId, String(repaired['file']));
    expect(await opusinfo(path)).toMatchObject({ complaints: [], endMissing: false });
    const { durationS } = await probeOgg(path);
    // At most a second of it is lost; the first packets may come a little before the ear hears them.
    const expectedS = (killedMs - recordedFromMs) / 1000;
    console.log(`repaired: ${durationS.toFixed(2)} s of ${expectedS.toFixed(2)} s`);
    expect(durationS).toBeGreaterThan(expectedS - 1.2);
    expect(durationS).toBeLessThan(expectedS + 2);
  });

  it('[N66] is frozen for three seconds: the call comes back when it wakes, and stays', {
    timeout: 120_000,
  }, async () => {
    const frozen = await onlyWorker();
    process.kill(frozen, 'SIGSTOP');
    try {
      await waitUntilSilentAt(subject.page, PRIMARY_HZ, SOON);
      await new Promise((resolve) => setTimeout(resolve, FROZEN_MS));
    } finally {
      process.kill(frozen, 'SIGCONT');
    }
    console.log(`worker frozen: ${await bothHear(Date.now())}`);
    // And it stays: the far ends may have begun new paths meanwhile.
    const fromMs = Date.now();
    await desk.until('five seconds more', () => Date.now() - fromMs > 5_000, 15_000);
    await bothHear(fromMs);
    await desk.until('a line that is live', (now) => now.legs[`line.${lineId}`]?.state === 'up');
    expect(desk.of('line-changed', lineId).at(-1)?.payload['to']).toBe('live');
  });

  it('[N67] is frozen for good: it is replaced, and the call comes back', { timeout: 120_000 }, async () => {
    const frozen = await onlyWorker();
    const frozenMs = Date.now();
    process.kill(frozen, 'SIGSTOP');
    await waitUntilSilentAt(subject.page, PRIMARY_HZ, SOON);
    await waitFor('another worker', async () => (await parley.workers()).some((pid) => pid !== frozen), { withinMs: 20_000 });
    console.log(`worker frozen for good: ${await bothHear(frozenMs)}`);
    expect(await onlyWorker()).not.toBe(frozen);
  });
});
