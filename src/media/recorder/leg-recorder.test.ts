// A leg's recording on a real disk, judged by ffprobe and ffmpeg, and on a disk that fails or lies.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeWith } from '../../../test/parts.ts';
import type { WorkerReport } from '../../protocol/worker.ts';
import { ManualClock } from '../memory/clock.ts';
import { MemoryDisk } from '../memory/disk.ts';
import { packetOf, tonePackets } from '../memory/packets.ts';
import type { RtpIn } from '../rtp/packet.ts';
import { type RecordingDisk, systemDisk } from './disk.ts';
import { LegRecorder } from './leg-recorder.ts';
import { repairRecordings } from './repair.ts';

const TONE = tonePackets(440, 50);
type Closed = Extract<WorkerReport, { kind: 'segment-closed' }>;

/** A recorder with its reports, and a far end that sends fifty packets a second. */
class Bench {
  readonly clock = new ManualClock();
  readonly reports: WorkerReport[] = [];
  readonly recorder: LegRecorder;
  seq = 65_000; // wraps within the first minute
  ts = 4_294_900_000;
  ssrc = 7;

  constructor(dir: string, disk: RecordingDisk, segmentS = 60) {
    const report = (entry: WorkerReport): void => void this.reports.push(entry);
    this.recorder = new LegRecorder({ leg: 'leg-a', dir, disk, clock: this.clock, log: () => undefined, report, segmentS });
  }
  next(): RtpIn {
    const arrival = { arrivalMonoMs: this.clock.monoMs(), arrivalWallMs: this.clock.wallMs() };
    const packet = packetOf({
      seq: this.seq & 0xffff,
      ts: this.ts >>> 0,
      ssrc: this.ssrc,
      payload: TONE[this.seq % 50] as Uint8Array,
      ...arrival,
    });
    this.seq += 1;
    this.ts += 960;
    return packet;
  }
  /** Twenty milliseconds of life; `keep` says whether the packet of it arrives. */
  step(keep = true, stream = `s/${this.ssrc}`): void {
    const packet = this.next();
    if (keep) {
      this.recorder.push(stream, packet);
      this.recorder.measured(packet, 0.04);
    }
    this.clock.advance(20);
    this.recorder.tick(this.clock.monoMs());
  }
  speak(ms: number, keep: (index: number) => boolean = () => true): void {
    for (let i = 0; i < ms / 20; i++) this.step(keep(i));
  }
  pause(ms: number): void {
    for (let i = 0; i < ms / 20; i++) {
      this.clock.advance(20);
      this.recorder.tick(this.clock.monoMs());
    }
  }
  closed(): Closed[] {
    return this.reports.filter((entry) => entry.kind === 'segment-closed');
  }
  alarms(): string[] {
    return this.reports.flatMap((entry) =>
      entry.kind === 'recorder-alarm' ? [`+${entry.alarm}`] : entry.kind === 'recorder-alarm-cleared' ? [`-${entry.alarm}`] : [],
    );
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describeWith(['ffprobe', 'ffmpeg'], 'a recording', ({ ffprobe, ffmpeg }) => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'parley-rec-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const durationMs = (file: string): number => {
    const run = spawnSync(ffprobe, ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', join(dir, file)], {
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    return Number(run.stdout) * 1_000;
  };
  /** The file as samples, at 48 kHz. */
  const decode = (file: string): Int16Array => {
    const run = spawnSync(ffmpeg, ['-v', 'error', '-i', join(dir, file), '-f', 's16le', '-ac', '1', '-'], { maxBuffer: 1 << 28 });
    expect(run.stderr.toString()).toBe('');
    return new Int16Array(run.stdout.buffer, run.stdout.byteOffset, run.stdout.byteLength >> 1);
  };
  const rms = (samples: Int16Array): number => Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

  it('[R2] lasts as long as it really was, to 20 ms, with one packet in twenty lost', async () => {
    const bench = new Bench(dir, systemDisk);
    bench.speak(12_220, (i) => i % 100 >= 5 || i === 0);
    await bench.recorder.close();
    const [closed] = bench.closed();
    expect(Math.abs(durationMs('leg-a/00001.opus') - 12_220)).toBeLessThanOrEqual(20);
    expect(Math.abs(decode('leg-a/00001.opus').length / 48 - 12_220)).toBeLessThanOrEqual(20);
    expect(closed).toMatchObject({ durationMs: 12_220, packets: 611 - 34, lostPackets: 34, cause: 'ended' });
  });

  it('[R2] puts packets that came mixed up back in order and loses none', async () => {
    const bench = new Bench(dir, systemDisk);
    for (let i = 0; i < 100; i++) {
      const pair = [bench.next(), bench.next()];
      for (const packet of pair.reverse()) bench.recorder.push('s/7', packet);
      bench.clock.advance(40);
      bench.recorder.tick(bench.clock.monoMs());
    }
    await bench.recorder.close();
    expect(bench.closed()).toMatchObject([{ packets: 199, lostPackets: 0 }]); // the second one came before the first was known
    expect(rms(decode('leg-a/00001.opus'))).toBeGreaterThan(3_000);
  });

  it('[R5] goes on in the same file when the connection changes, with the hole as long as it was', async () => {
    const bench = new Bench(dir, systemDisk);
    bench.speak(2_000);
    bench.pause(1_330);
    Object.assign(bench, { ssrc: 99, seq: 10, ts: 123 });
    bench.speak(2_000);
    await bench.recorder.close();
    expect(await readdir(join(dir, 'leg-a'))).toEqual(['00001.opus', 'leg.idx.jsonl']);
    expect(Math.abs(durationMs('leg-a/00001.opus') - 5_330)).toBeLessThanOrEqual(20);
    const pcm = decode('leg-a/00001.opus');
    expect(rms(pcm.subarray(2_200 * 48, 3_200 * 48))).toBeLessThan(10);
    expect(rms(pcm.subarray(3_500 * 48, 5_200 * 48))).toBeGreaterThan(3_000);
  });

  it('[R36] holds silence for the time in which it was told not to record, counts none of it as lost, and notes it', async () => {
    const bench = new Bench(dir, systemDisk);
    bench.speak(2_000);
    bench.recorder.pause(true);
    expect(bench.recorder.recording).toBe(false);
    bench.speak(3_000);
    bench.recorder.pause(false);
    bench.speak(2_000);
    await bench.recorder.close();
    expect(bench.closed()).toMatchObject([{ lostPackets: 0, packets: 200 }]);
    expect(Math.abs(durationMs('leg-a/00001.opus') - 7_000)).toBeLessThanOrEqual(20);
    const pcm = decode('leg-a/00001.opus');
    expect(rms(pcm.subarray(200 * 48, 1_900 * 48))).toBeGreaterThan(3_000);
    expect(rms(pcm.subarray(2_200 * 48, 4_900 * 48))).toBeLessThan(10);
    expect(rms(pcm.subarray(5_200 * 48, 6_900 * 48))).toBeGreaterThan(3_000);
    const index = await readFile(join(dir, 'leg-a', 'leg.idx.jsonl'), 'utf8');
    expect(index.match(/"at":"(paused|resumed)"/g)).toEqual(['"at":"paused"', '"at":"resumed"']);
  });

  it('[R2] believes the clock when time stamps jump without reason', async () => {
    const bench = new Bench(dir, systemDisk);
    bench.speak(1_000);
    bench.ts += 48_000 * 3_600;
    bench.speak(1_000);
    bench.ts -= 48_000 * 7_200;
    bench.speak(1_000);
    await bench.recorder.close();
    expect(Math.abs(durationMs('leg-a/00001.opus') - 3_000)).toBeLessThanOrEqual(60);
  });

  it('[R4] is cut into segments that play alone, and told with the hash of the bytes on the disk', async () => {
    const bench = new Bench(dir, systemDisk, 2);
    bench.speak(5_000, (i) => i < 40 || i > 60);
    await bench.recorder.close();
    expect(bench.closed().map((entry) => [entry.file, entry.durationMs, entry.cause])).toEqual([
      ['leg-a/00001.opus', 2_000, 'full'],
      ['leg-a/00002.opus', 2_000, 'full'],
      ['leg-a/00003.opus', 1_000, 'ended'],
    ]);
    for (const entry of bench.closed()) {
      const bytes = await readFile(join(dir, entry.file));
      expect(entry).toMatchObject({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
      expect(Math.abs(durationMs(entry.file) - entry.durationMs)).toBeLessThanOrEqual(20);
    }
    expect(bench.reports.filter((entry) => entry.kind === 'recording-started')).toHaveLength(1);
    const starts = bench.closed().map((entry) => entry.startedAtMs);
    expect(starts).toEqual([starts[0], starts[0]! + 2_000, starts[0]! + 4_000]);
  });

  it('[R3] a process that is killed loses at most the last page: the file is repaired, whole, and as long as it was', async () => {
    const bench = new Bench(dir, systemDisk);
    bench.speak(5_130);
    const size = async (): Promise<number> => (await stat(join(dir, 'leg-a/00001.opus')).catch(() => ({ size: 0 }))).size;
    await vi.waitUntil(async () => (await size()) === bench.recorder.digest()?.bytes && (await size()) > 10_000);
    const [repaired] = await repairRecordings(dir, systemDisk, () => undefined, 0); // nobody closed it
    expect(repaired?.cause).toBe('repaired');
    expect(repaired?.durationMs).toBeGreaterThanOrEqual(5_130 - 200);
    expect(Math.abs(durationMs('leg-a/00001.opus') - (repaired?.durationMs ?? 0))).toBeLessThanOrEqual(20);
    expect(Math.abs(decode('leg-a/00001.opus').length / 48 - (repaired?.durationMs ?? 0))).toBeLessThanOrEqual(20);
  });

  it('[R7] a second recording of the same leg leaves the first as it is', async () => {
    const first = new Bench(dir, systemDisk);
    first.speak(500);
    await first.recorder.close();
    const before = await readFile(join(dir, 'leg-a/00001.opus'));
    const second = new Bench(dir, systemDisk);
    second.speak(500);
    await second.recorder.close();
    expect(second.closed()).toMatchObject([{ file: 'leg-a/00002.opus' }]);
    expect(await readFile(join(dir, 'leg-a/00001.opus'))).toEqual(before);
  });

  it('[R4] its index ties bytes to hashes: each one is the hash of the file up to there', async () => {
    const bench = new Bench(dir, systemDisk);
    for (let s = 0; s < 12; s++) {
      bench.speak(1_000);
      await vi.waitUntil(() => (bench.recorder.digest()?.bytes ?? 0) > 0);
      await turn();
    }
    await bench.recorder.close();
    const file = await readFile(join(dir, 'leg-a/00001.opus'));
    const lines = (await readFile(join(dir, 'leg-a/leg.idx.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const seconds = lines.filter((line) => line.at === 'second');
    const hashed = seconds.filter((line) => line.sha256 !== undefined);
    expect(seconds.length).toBeGreaterThanOrEqual(10);
    expect(hashed.length).toBeGreaterThanOrEqual(2);
    for (const line of hashed) expect(line.sha256).toBe(createHash('sha256').update(file.subarray(0, line.bytes)).digest('hex'));
  });

  it('[R2] the last minute of a leg that went silent is filled and closed', async () => {
    const bench = new Bench(dir, systemDisk, 5);
    bench.speak(1_000);
    bench.pause(6_000);
    await vi.waitUntil(() => bench.closed().length === 1);
    expect(bench.closed()).toMatchObject([{ durationMs: 5_000, cause: 'full' }]);
    bench.speak(1_000);
    await bench.recorder.close();
    expect(bench.closed()).toMatchObject([{}, { file: 'leg-a/00002.opus', durationMs: 1_000 }]);
    expect(bench.reports.filter((entry) => entry.kind === 'recording-started').map((entry) => entry.file)).toEqual([
      'leg-a/00001.opus',
      'leg-a/00002.opus',
    ]);
    expect(bench.closed()[1]!.startedAtMs - bench.closed()[0]!.startedAtMs).toBe(7_000);
  });
});

describe('a recorder on a bad disk', () => {
  /** Seconds of life, with time for the disk between them. */
  const live = async (bench: Bench, seconds: number): Promise<void> => {
    for (let s = 0; s < seconds * 5; s++) {
      bench.speak(200);
      for (let i = 0; i < 5; i++) await turn();
    }
  };

  it('[R6] alarms within five seconds when the file has no sound, and is quiet again when it has', async () => {
    const disk = new MemoryDisk();
    const bench = new Bench('/rec', disk);
    await live(bench, 2);
    expect(bench.alarms()).toEqual([]);
    expect(bench.recorder.recording).toBe(true);
    disk.keep = (bytes) => Buffer.alloc(bytes.length);
    await live(bench, 5);
    expect(bench.alarms()).toEqual(['+silent']);
    expect(bench.recorder.recording).toBe(false);
    disk.keep = (bytes) => bytes;
    await live(bench, 2);
    expect(bench.alarms()).toEqual(['+silent', '-silent']);
  });

  it('[R6] alarms within five seconds when the file does not grow', async () => {
    const disk = new MemoryDisk();
    const bench = new Bench('/rec', disk);
    await live(bench, 2);
    disk.size = () => Promise.resolve(1_000);
    await live(bench, 5);
    expect(bench.alarms()).toContain('+not-growing');
    disk.size = (path) => disk.readAll(path).then((bytes) => bytes.length);
    await live(bench, 2);
    expect(bench.alarms()).toEqual(['+not-growing', '-not-growing']);
  });

  it('[R6] alarms within five seconds when the disk does not answer at all', async () => {
    const disk = new MemoryDisk();
    const bench = new Bench('/rec', disk);
    await live(bench, 2);
    disk.size = () => new Promise(() => undefined);
    await live(bench, 5);
    expect(bench.alarms()).toEqual(['+not-growing']);
  });

  it.each([
    ['EIO', 'write-failed'],
    ['ENOSPC', 'disk-full'],
  ])('[R6] alarms at once when a write fails with %s, keeps the sound, and writes it when the disk is back', async (code, alarm) => {
    const disk = new MemoryDisk();
    const bench = new Bench('/rec', disk);
    await live(bench, 1);
    disk.writeFails = code;
    await live(bench, 1);
    expect(bench.alarms()).toEqual([`+${alarm}`]);
    disk.writeFails = undefined;
    await vi.waitUntil(() => bench.alarms().includes(`-${alarm}`), { timeout: 3_000 });
    await bench.recorder.close();
    expect(bench.closed()).toMatchObject([{ durationMs: 2_000, packets: 100 }]);
  });

  it('[R6] says nothing while a far end is silent or its sound is soft', async () => {
    const bench = new Bench('/rec', new MemoryDisk());
    await live(bench, 1);
    bench.pause(10_000);
    await turn();
    expect(bench.alarms()).toEqual([]);
  });

  it('[R2] a late packet goes to the index, not into the file', async () => {
    const disk = new MemoryDisk();
    const bench = new Bench('/rec', disk);
    bench.speak(200);
    const late = bench.next();
    bench.pause(20);
    bench.speak(1_000);
    bench.recorder.push('s/7', late);
    await bench.recorder.close();
    expect(bench.closed()).toMatchObject([{ lostPackets: 1, durationMs: 1_220 }]);
    const index = disk.files.get('/rec/leg-a/leg.idx.jsonl')?.toString() ?? '';
    expect(index).toContain(Buffer.from(late.payload).toString('base64'));
  });
});
