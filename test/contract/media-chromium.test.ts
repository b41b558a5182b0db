// One real browser through the real worker: what the matrix says is what the ear gets.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openWorkerMedia } from '../../src/adapters/media/worker/media.ts';
import type { MediaEvent, MediaRoom } from '../../src/ports/media.ts';
import { describeWith } from '../parts.ts';
import { launchChromium, type PageLeg, pageLeg } from './media-browser.ts';

const TONE_A = 500;
const TONE_B = 1_250;
const profile = { hearSlots: 3, warm: true };
const workerEntry = join(import.meta.dirname, '../../dist/media.js');

describeWith(['chromium'], 'media in Chromium', ({ chromium }) => {
  let dataDir: string;
  let browser: Browser;
  let room: MediaRoom;
  let a: PageLeg;
  let b: PageLeg;
  const events: MediaEvent[] = [];

  const openRoom = (): Promise<MediaRoom> =>
    openWorkerMedia({ dataDir, workerEntry, announceIps: [], ports: [41_000, 41_099] }).open('smoke', (event) => {
      events.push(event);
      if (event.t === 'report') room?.acknowledge(event.n);
    });
  const connect = async (leg: PageLeg, id: string, toneHz: number): Promise<void> => {
    await leg.accept(await room.answer(id, await leg.offer(toneHz, 3), profile));
  };
  const legStates = (id: string): string[] => events.flatMap((event) => (event.t === 'leg' && event.leg === id ? [event.state] : []));

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'parley-media-'));
    room = await openRoom();
    browser = await launchChromium(chromium);
    const page = await browser.newPage();
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

  it('[A6] opens, closes and opens an edge without a new negotiation', async () => {
    await room.setEdges(1, [{ from: 'leg-a', to: 'leg-b', leased: false }]);
    await b.waitFor(0, TONE_A, true);
    await room.setEdges(2, []);
    await b.waitFor(0, TONE_A, false);
    await room.setEdges(3, [{ from: 'leg-a', to: 'leg-b', leased: false }]);
    await b.waitFor(0, TONE_A, true);
  }, 30_000);

  it('[A1] nobody hears who has no edge to them', async () => {
    await room.setEdges(4, [{ from: 'leg-a', to: 'leg-b', leased: false }]);
    await b.waitFor(0, TONE_A, true);
    for (const slot of [0, 1, 2]) {
      expect(await a.level(slot, TONE_B)).toBeLessThan(-45);
      expect(await b.level(slot, TONE_B)).toBeLessThan(-45);
    }
  }, 30_000);

  it('[A9] an adopted worker keeps the sound of an unleased edge while no server is there', async () => {
    await room.setEdges(5, [{ from: 'leg-a', to: 'leg-b', leased: false }]);
    await b.waitFor(0, TONE_A, true);
    await room.detach();
    expect(await b.level(0, TONE_A)).toBeGreaterThan(-45);
    room = await openRoom();
    const attached = await vi.waitUntil(() => events.find((event) => event.t === 'attached' && event.adopted));
    expect(attached).toMatchObject({ adopted: true, epoch: 5, edges: [{ from: 'leg-a', to: 'leg-b', leased: false }] });
    expect(await b.level(0, TONE_A)).toBeGreaterThan(-45);
  }, 30_000);

  it('[R5] a new connection of the same leg takes over its edges and its file', async () => {
    await room.setEdges(6, [{ from: 'leg-a', to: 'leg-b', leased: false }]);
    await b.waitFor(0, TONE_A, true);
    await connect(a, 'leg-a', TONE_A);
    await b.waitFor(0, TONE_A, true);
    await a.dropOld();
    await new Promise((resolve) => setTimeout(resolve, 700)); // longer than amber: the leg must stay up through the change
    expect(legStates('leg-a').filter((state) => state === 'lost')).toEqual([]);
    await b.waitFor(0, TONE_A, true);
    expect((await readdir(join(dataDir, 'media', 'smoke', 'leg-a'))).filter((name) => name.endsWith('.opus'))).toEqual(['00001.opus']);
  }, 30_000);
});
