// One real browser through the real worker: what the matrix says is what the ear gets.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openWorkerMedia } from '../../src/adapters/media/worker/media.ts';
import type { MediaEvent, MediaRoom } from '../../src/ports/media.ts';
import { describeWith } from '../parts.ts';
import { launchChromium, type PageLeg, pageLeg } from './media-browser.ts';

const TONE_A = 500;
const TONE_B = 1_250;
/** A tone below this is not there, in dBFS of the analyser. */
const HEARD_DB = -45;
const profile = { hearSlots: 3, warm: true };
const workerEntry = join(import.meta.dirname, '../../dist/media.js');

describeWith(['chromium'], 'media in Chromium', ({ chromium }) => {
  let dataDir: string;
  let browser: Browser;
  let page: Page;
  let room: MediaRoom;
  let a: PageLeg;
  let b: PageLeg;
  let epoch = 0;
  const events: MediaEvent[] = [];

  const openRoom = (): Promise<MediaRoom> =>
    openWorkerMedia({ dataDir, workerEntry, announceIps: [], ports: [41_000, 41_099] }).open('smoke', (event) => {
      events.push(event);
      if (event.t === 'report') room?.acknowledge(event.n);
    });
  const connect = async (leg: PageLeg, id: string, toneHz: number, more = false): Promise<void> => {
    await leg.accept(await room.answer(id, await leg.offer(toneHz, more ? 5 : 3, more), profile));
  };
  const hears = (...pairs: [from: string, to: string][]): Promise<void> => {
    epoch += 1;
    return room.setEdges(
      epoch,
      pairs.map(([from, to]) => ({ from, to, leased: false })),
    );
  };
  const legStates = (id: string): string[] => events.flatMap((event) => (event.t === 'leg' && event.leg === id ? [event.state] : []));

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'parley-media-'));
    room = await openRoom();
    browser = await launchChromium(chromium);
    page = await browser.newPage();
    a = await pageLeg(page, 'a');
    b = await pageLeg(page, 'b');
    await connect(a, 'leg-a', TONE_A);
    await connect(b, 'leg-b', TONE_B);
  }, 60_000);

  afterAll(async () => {
    await room?.close().catch(() => undefined);
    await browser?.close();
    await rm(dataDir, { recursive: true, force: true });
  }, 30_000);

  it('[A6] opens, closes and opens an edge without a new negotiation, with hardly a made up sample', async () => {
    await hears(['leg-a', 'leg-b']);
    await b.waitFor(0, TONE_A, true);
    const before = await b.slotStats(0);
    await hears();
    await b.waitFor(0, TONE_A, false);
    await hears(['leg-a', 'leg-b']);
    await b.waitFor(0, TONE_A, true);
    const after = await b.slotStats(0);
    expect(after.packetsReceived).toBeGreaterThan(before.packetsReceived);
    expect(after.packetsLost).toBe(before.packetsLost);
  }, 30_000);

  it('[A1] nobody hears who has no edge to them', async () => {
    await hears(['leg-a', 'leg-b']);
    await b.waitFor(0, TONE_A, true);
    for (const slot of [0, 1, 2]) {
      expect(await a.level(slot, TONE_B)).toBeLessThan(HEARD_DB);
      expect(await b.level(slot, TONE_B)).toBeLessThan(HEARD_DB);
    }
  }, 30_000);

  it('[A6] a slot that was never used sounds when it is used', async () => {
    await hears(['leg-a', 'leg-a'], ['leg-b', 'leg-a'], ['comfort', 'leg-a']);
    await a.waitFor(0, TONE_A, true);
    await a.waitFor(1, TONE_B, true);
    await a.waitFor(2, 392, true);
    await hears();
    await a.waitFor(0, TONE_A, false);
    await a.waitFor(1, TONE_B, false);
  }, 30_000);

  it('[A9] the sound of an edge without a lease goes on while no server is there, and is adopted', async () => {
    await hears(['leg-a', 'leg-b']);
    await b.waitFor(0, TONE_A, true);
    await room.detach();
    expect(await b.level(0, TONE_A)).toBeGreaterThan(HEARD_DB);
    room = await openRoom();
    const attached = await vi.waitUntil(() => events.find((event) => event.t === 'attached' && event.adopted));
    expect(attached).toMatchObject({ adopted: true, epoch, edges: [{ from: 'leg-a', to: 'leg-b', leased: false }] });
    expect(await b.level(0, TONE_A)).toBeGreaterThan(HEARD_DB);
  }, 30_000);

  it('[R5] a new connection of the same leg takes over its edges and its file', async () => {
    await hears(['leg-a', 'leg-b'], ['leg-b', 'leg-a']);
    await b.waitFor(0, TONE_A, true);
    await connect(a, 'leg-a', TONE_A);
    await a.waitFor(0, TONE_B, true);
    await a.dropOld();
    await new Promise((resolve) => setTimeout(resolve, 700)); // longer than amber: the leg must stay up through the change
    expect(legStates('leg-a').filter((state) => state === 'lost')).toEqual([]);
    await b.waitFor(0, TONE_A, true);
    await a.waitFor(0, TONE_B, true);
    expect((await readdir(join(dataDir, 'media', 'smoke', 'leg-a'))).filter((name) => name.endsWith('.opus'))).toEqual(['00001.opus']);
  }, 30_000);

  it('[P30] pictures, data and slots beyond the limit are refused, the rest works; a page that leaves is noticed within 2.5 s', async () => {
    const c = await pageLeg(page, 'c');
    await connect(c, 'leg-c', 2_000, true);
    await hears(['leg-a', 'leg-c'], ['leg-c', 'leg-b']);
    await c.waitFor(0, TONE_A, true);
    await b.waitFor(0, 2_000, true);
    expect(events.findLast((event) => event.t === 'slots' && event.leg === 'leg-c')).toMatchObject({ slots: ['leg-a', null, null] });
    await c.leave();
    await vi.waitUntil(() => legStates('leg-c').at(-1) === 'lost', { timeout: 2_500 });
    await b.waitFor(0, 2_000, false);
  }, 30_000);

  it('[N30] a page that only listens is up without a microphone, and stays so', async () => {
    const d = await pageLeg(page, 'd');
    await connect(d, 'leg-d', 0);
    await hears(['leg-a', 'leg-d']);
    await d.waitFor(0, TONE_A, true);
    await new Promise((resolve) => setTimeout(resolve, 9_000)); // longer than a listener may be without a sign of life
    expect(legStates('leg-d')).toEqual(['connecting', 'up']);
  }, 40_000);
});
