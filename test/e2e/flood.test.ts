// A crowd on one link: five thousand joins a minute for ten seconds and twenty devices that stay, while a phone and a negotiator talk.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../parts.ts';
import { hold, joinCall, openLink, type Teller } from './crew.ts';
import { launchWithTone } from './kit/chromium.ts';
import { assertHeardThroughout, listen, waitUntilHears } from './kit/ear.ts';
import { type Parley, startParley } from './kit/parley.ts';
import { waitFor } from './kit/process.ts';
import { Desk, Device } from './plain.ts';

const SUBJECT_HZ = 440;
const PRIMARY_HZ = 930;
const SOON = { withinMs: 10_000 };
const FOR_MS = 10_000;
const JOINS = Math.ceil((5_000 * FOR_MS) / 60_000);
const PLACES = 20;
/** Longest hole in the call's sound. */
const MAX_GAP_MS = 250;
/** A dead socket is noticed after six seconds, and its device forgotten after fifteen more. */
const EMPTY_WITHIN_MS = 30_000;
const LONGEST_KNOCK_MS = 10_000;
/** Every note is acknowledged. The time is printed, not judged: here the crowd runs on the box's own processors. */
const LONGEST_ACK_MS = 15_000;

interface Crowd {
  tried: number;
  waiting: number;
  sentAway: number;
  gone: number;
  failed: number;
}

/** Comes, knocks, looks what it is told, and goes. */
async function join(url: string, token: string, crowd: Crowd): Promise<void> {
  crowd.tried += 1;
  try {
    const device = await Device.open(url);
    const answered = device.answer(LONGEST_KNOCK_MS);
    device.socket.send(await device.knockText(token));
    const answer = await answered;
    if (answer === 'wait') crowd.waiting += 1;
    else if (answer === 'gone') crowd.gone += 1;
    else if (answer === 4429) crowd.sentAway += 1;
    else crowd.failed += 1;
    device.socket.terminate();
  } catch {
    crowd.failed += 1;
  }
}

describeWith(['chromium'], 'a crowd on one link', () => {
  let parley: Parley;
  let desk: Desk;
  let primary: Teller;
  let subject: Teller;
  let link: { readonly lineId: string; readonly token: string; readonly url: string };

  beforeAll(async () => {
    parley = await startParley();
    desk = await Desk.open(parley.url, await parley.ownerLink(), 'Anna');
    link = await desk.link();
    const browser = await launchWithTone({ hz: PRIMARY_HZ, name: 'primary' });
    primary = { browser, page: browser.page, hz: PRIMARY_HZ };
    const [name = '', value = ''] = desk.cookie.split('=');
    await browser.context.addCookies([{ name, value, url: parley.url }]);
    await joinCall(primary, parley, desk.incidentId);
    subject = await openLink(link.url, { name: 'subject', hz: SUBJECT_HZ });
    await desk.admit(link.lineId);
    await waitUntilHears(primary.page, SUBJECT_HZ, SOON);
    await hold(primary, 'Take the floor');
    await waitUntilHears(subject.page, PRIMARY_HZ, SOON);
  }, 90_000);

  afterAll(async () => {
    desk?.close();
    await Promise.all([primary, subject].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 30_000);

  const staying: Device[] = [];
  const waitingNow = () => {
    const gone = ['device-left', 'device-refused', 'device-admitted'].flatMap((type) => desk.of(type, link.lineId));
    return desk.of('device-knocked', link.lineId).length - gone.length;
  };

  it('[N104] does not interrupt the call, fill the log or keep the console waiting, and is shown as it is', {
    timeout: 90_000,
  }, async () => {
    const logBefore = desk.entries.length;
    for (let i = 0; i < PLACES; i++) {
      const device = await Device.open(parley.url);
      await device.knock(link.token);
      staying.push(device);
    }
    await waitFor('a full waiting room', () => waitingNow() === PLACES, SOON);
    const [atPrimary, atSubject] = [await listen(primary.page, [SUBJECT_HZ]), await listen(subject.page, [PRIMARY_HZ])];
    const crowd: Crowd = { tried: 0, waiting: 0, sentAway: 0, gone: 0, failed: 0 };
    const joins: Promise<void>[] = [];
    const asks: Promise<number>[] = [];
    const startedMs = performance.now();
    let nextAckMs = 0;
    while (crowd.tried < JOINS) {
      const elapsedMs = performance.now() - startedMs;
      const due = Math.min(JOINS, Math.ceil((elapsedMs / FOR_MS) * JOINS));
      while (joins.length < due) joins.push(join(parley.url, link.token, crowd));
      if (elapsedMs >= nextAckMs) {
        nextAckMs += 500;
        asks.push(desk.ask({ type: 'write-note', text: `at ${Math.round(elapsedMs)} ms` }).catch(() => Number.POSITIVE_INFINITY));
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await Promise.all(joins);
    const acksMs = (await Promise.all(asks)).sort((a, b) => a - b);
    const tookMs = performance.now() - startedMs;
    const [heardAtPrimary, heardAtSubject] = [await atPrimary.stop(), await atSubject.stop()];
    const entries = desk.entries.length - logBefore - acksMs.length - PLACES;
    console.log(
      `crowd of ${crowd.tried} in ${(tookMs / 1000).toFixed(1)} s: ${crowd.waiting} wait, ${crowd.sentAway} sent away, ${crowd.gone} told gone, ${crowd.failed} failed; ` +
        `acks p50 ${acksMs[acksMs.length >> 1]?.toFixed(0)} ms, longest ${acksMs.at(-1)?.toFixed(0)} ms; ${entries} entries`,
    );
    assertHeardThroughout(heardAtSubject, PRIMARY_HZ, { maxGapMs: MAX_GAP_MS });
    assertHeardThroughout(heardAtPrimary, SUBJECT_HZ, { maxGapMs: MAX_GAP_MS });
    expect(acksMs.at(-1)).toBeLessThan(LONGEST_ACK_MS);
    expect(crowd).toMatchObject({ tried: JOINS, gone: 0 });
    // Most of them must have come as far as the server, or this was no flood.
    expect(crowd.failed).toBeLessThan(JOINS / 4);
    expect(desk.of('device-admitted', link.lineId).length).toBe(1);
    expect(entries).toBeLessThan(60);
    // The twenty that stayed kept their places, and the screen shows them and the live line.
    expect(staying.every((one) => one.closed === null)).toBe(true);
    expect(waitingNow()).toBe(PLACES);
    expect(desk.of('line-changed', link.lineId).at(-1)?.payload['to']).toBe('live');
    await waitFor(
      'the full waiting room on the screen',
      async () => (await primary.page.getByRole('button', { name: 'Let in' }).count()) === PLACES,
      SOON,
    );
  });

  it('[N104] leaves the waiting room when its devices are dead, so that the next one finds a place', { timeout: 60_000 }, async () => {
    for (const one of staying) one.socket.terminate();
    await waitFor('an empty waiting room', () => waitingNow() === 0, { withinMs: EMPTY_WITHIN_MS });
    await waitFor(
      'nobody to let in on the screen',
      async () => (await primary.page.getByRole('button', { name: 'Let in' }).count()) === 0,
      SOON,
    );
    const next = await Device.open(parley.url);
    await next.knock(link.token);
    await next.until('wait');
    next.socket.terminate();
  });
});
