// The disk fills up in the middle of a call: a real server and a real media worker on a small volume of their own, a caller with a tone.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmdirSync, statfsSync, truncateSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readOpusFile } from '../../src/caller/ogg-reader.ts';
import { type Parley, startParley } from '../e2e/kit/parley.ts';
import { waitFor } from '../e2e/kit/process.ts';
import { describeWith } from '../parts.ts';
import { type CallerProcess, openDesk, type Room, startCaller } from './caller-desk.ts';

const VOLUME = '96m';
const RESERVE_MB = 12;
const MIB = 1_048_576;
const ALARM_WITHIN_MS = 5_000;
const CALL_ON_FULL_MS = 6_000;
/** A caller speaks 50 packets a second. */
const PACKET_MS = 20;

interface Health {
  readonly disk: { readonly state: string; readonly freeBytes: number; readonly reserveBytes: number };
}

describeWith(['tmpfs'], 'a disk that fills up in a call', () => {
  let volume: string;
  let parley: Parley;
  let room: Room;
  let caller: CallerProcess;
  let lineId: string;

  const health = async () => (await (await fetch(`${parley.url}/healthz`, { signal: AbortSignal.timeout(5_000) })).json()) as Health;
  const untilDisk = (what: string, is: (disk: Health['disk']) => boolean) =>
    waitFor(what, async () => is((await health()).disk), { withinMs: ALARM_WITHIN_MS, everyMs: 100 });
  const filler = () => join(volume, 'filler');
  const freeBytes = () => {
    const figures = statfsSync(volume);
    return figures.bavail * figures.bsize;
  };
  /** Takes all that is free but for so much. */
  const fill = (leave: number) => {
    const piece = Buffer.alloc(MIB, 1);
    try {
      for (let left = freeBytes() - leave; left > 0; left = freeBytes() - leave)
        appendFileSync(filler(), piece.subarray(0, Math.min(MIB, left)));
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOSPC') throw thrown;
    }
  };
  const alarmed = (alarm: string, type = 'recording-alarmed') =>
    room.until(`${type}: ${alarm}`, (e) => e.type === type && e.payload['leg'] === 'disk' && e.payload['alarm'] === alarm);
  const recorded = async (): Promise<{ bytes: number; ms: number }> => {
    const folder = join(volume, 'media', room.id, `line.${lineId}`);
    const names = (await readdir(folder)).filter((name) => name.endsWith('.opus'));
    const files = await Promise.all(names.map((name) => readFile(join(folder, name))));
    const bytes = (await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size))).reduce(
      (a, b) => a + b,
      0,
    );
    return { bytes, ms: files.reduce((sum, file) => sum + readOpusFile(file).packets.length * PACKET_MS, 0) };
  };

  beforeAll(async () => {
    volume = mkdtempSync(join(tmpdir(), 'parley-volume-'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${VOLUME}`, 'parley-test', volume], { timeout: 5_000 });
    expect(mounted.status).toBe(0);
    parley = await startParley({ env: { PARLEY_DATA: volume, PARLEY_RESERVE_MB: String(RESERVE_MB) } });
    const desk = await openDesk(parley);
    await waitFor('the whole reserve', async () => (await health()).disk.reserveBytes === RESERVE_MB * 1_000_000, {
      withinMs: 60_000,
      everyMs: 200,
    });
    room = await desk.openIncident();
    const link = await room.makeLink();
    lineId = link.lineId;
    caller = startCaller(['--url', link.url, '--tone', '440']);
    await room.letIn(lineId);
    await caller.until('sound');
    await room.until('the line live', (e) => e.type === 'line-changed' && e.payload['to'] === 'live');
  }, 90_000);

  afterAll(async () => {
    caller?.signal('SIGKILL');
    room?.close();
    await parley?.stop();
    spawnSync('umount', [volume], { timeout: 5_000 });
    rmdirSync(volume);
  }, 40_000);

  it('[R45] [R46] [E21] alarms well before, and on a full disk sound is recorded and the log answers out of the reserve', {
    timeout: 60_000,
  }, async () => {
    fill(20 * MIB);
    let fromMs = performance.now();
    await alarmed('disk-low');
    const lowMs = performance.now() - fromMs;
    fromMs = performance.now();
    fill(0);
    expect(freeBytes()).toBeLessThan(MIB);
    const before = await recorded();
    await alarmed('disk-reserve');
    const fullMs = performance.now() - fromMs;
    expect(Math.max(lowMs, fullMs)).toBeLessThan(ALARM_WITHIN_MS);
    const endMs = performance.now() + CALL_ON_FULL_MS;
    let notes = 0;
    while (performance.now() < endMs) {
      await room.command({ type: 'write-note', text: `${notes} on a full disk ${'.'.repeat(2_000)}` });
      notes += 1;
    }
    await room.until('the last note', (e) => e.type === 'note-written' && String(e.payload['text']).startsWith(`${notes - 1} `));
    const tookMs = performance.now() - fromMs;
    const after = await recorded();
    const { disk } = await health();
    console.log(
      `disk: low after ${lowMs.toFixed(0)} ms, full after ${fullMs.toFixed(0)} ms, ${notes} notes acknowledged on a full disk, ` +
        `${((after.ms - before.ms) / 1000).toFixed(1)} s of sound in ${(tookMs / 1000).toFixed(1)} s, ` +
        `${(((after.bytes - before.bytes) * 1000) / (after.ms - before.ms)).toFixed(0)} bytes a second; ${disk.reserveBytes} bytes in reserve`,
    );
    expect(notes).toBeGreaterThan(20);
    // The newest page is not on the disk yet, nor was it before.
    expect(after.ms - before.ms).toBeGreaterThan(tookMs - 1_000);
    expect(disk.reserveBytes).toBeLessThan(RESERVE_MB * 1_000_000);
    expect(disk.reserveBytes).toBeGreaterThan(0);
    const ownAlarms = room.entries.filter(
      (e) => e.type === 'recording-alarmed' && !['disk', undefined].includes(e.payload['leg'] as string),
    );
    expect(ownAlarms.filter((e) => e.payload['alarm'] !== 'disk-low')).toEqual([]);
  });

  it('[R48] refuses an exercise beside it and says why', async () => {
    await expect(room.openAnother()).rejects.toThrow(/507.*kept for sound and log/);
  });

  it('[R47] is well again by itself when there is room again: alarm over, reserve whole', { timeout: 40_000 }, async () => {
    truncateSync(filler(), 0);
    const fromMs = performance.now();
    await alarmed('disk-reserve', 'recording-alarm-cleared');
    expect(performance.now() - fromMs).toBeLessThan(ALARM_WITHIN_MS);
    await waitFor('the whole reserve', async () => (await health()).disk.reserveBytes === RESERVE_MB * 1_000_000, {
      withinMs: 30_000,
      everyMs: 200,
    });
    await untilDisk('a disk that is fine', ({ state }) => state === 'fine');
  });

  it('[R46] lets sound take from the reserve while the server is away', { timeout: 60_000 }, async () => {
    await parley.kill9();
    fill(0);
    const held = async () => (await stat(join(volume, 'reserve.bin'))).size;
    const [before, reserveBefore] = [await recorded(), await held()];
    const fromMs = performance.now();
    await waitFor('sound out of the reserve', async () => (await recorded()).ms > before.ms + 4_000, { withinMs: 10_000, everyMs: 200 });
    expect(performance.now() - fromMs).toBeLessThan(6_000);
    expect(await held()).toBeLessThan(reserveBefore);
    truncateSync(filler(), 0);
    await parley.restart();
  });
});
