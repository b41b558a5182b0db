// A camera's recording: file time, minutes that begin with a key picture, and what a kill leaves.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkerReport } from '../../../protocol/worker.ts';
import { ManualClock } from '../../memory/clock.ts';
import { MemoryDisk } from '../../memory/disk.ts';
import { pictureOf } from '../../memory/pictures.ts';
import { systemDisk } from '../disk.ts';
import { repairRecordings } from '../repair.ts';
import { PictureRecorder } from './picture-recorder.ts';
import { wholePart } from './picture-repair.ts';

type Closed = Extract<WorkerReport, { kind: 'segment-closed' }>;

describe('the recording of a camera', () => {
  let clock: ManualClock;
  let disk: MemoryDisk;
  let reports: WorkerReport[];
  let recorder: PictureRecorder;
  let asked: number;
  let seq: number;

  beforeEach(() => {
    clock = new ManualClock();
    disk = new MemoryDisk();
    [reports, asked, seq] = [[], 0, 100];
    recorder = new PictureRecorder({
      leg: 'cam.a',
      dir: '/rec',
      disk,
      clock,
      log: () => undefined,
      report: (report) => void reports.push(report),
      segmentS: 60,
      needsKeyframe: () => {
        asked += 1;
      },
    });
  });

  /** Shows for `ms` at 20 pictures a second; a key picture at the first and then where `isKey` says. */
  const show = (ms: number, isKey: (i: number) => boolean = (i) => i === 0): void => {
    for (let i = 0; i < ms / 50; i++) {
      seq += 1;
      const arrival = { arrivalMonoMs: clock.monoMs(), arrivalWallMs: clock.wallMs() };
      recorder.push('s', pictureOf({ seq, ts: seq * 4_500, key: isKey(i), ...arrival }));
      clock.advance(50);
      recorder.tick(clock.monoMs());
    }
  };
  const closed = (): Closed[] => reports.filter((report) => report.kind === 'segment-closed');

  it('[R20] keeps every picture, with the time that it had', async () => {
    show(3_000);
    clock.advance(1_000);
    seq += 20; // a second without a picture
    recorder.push('s', pictureOf({ seq: 161, ts: (seq + 1) * 4_500, arrivalMonoMs: clock.monoMs(), arrivalWallMs: clock.wallMs() }));
    await recorder.close();
    const [report] = closed();
    const bytes = disk.files.get(`/rec/${report?.file}`) as Buffer;
    expect(wholePart(bytes)).toEqual({ bytes: bytes.length, blocks: 61, durationMs: 4_000 });
    expect(report).toMatchObject({ file: 'cam.a/00001.webm', bytes: bytes.length, durationMs: 4_000, packets: 61, cause: 'ended' });
    expect(reports[0]).toMatchObject({ kind: 'recording-started', leg: 'cam.a', file: 'cam.a/00001.webm' });
  });

  it('[R36] records nothing while it is paused, and begins again with a key picture', async () => {
    show(1_000);
    recorder.pause(true);
    show(2_000);
    recorder.pause(false);
    show(500, () => false);
    show(1_000);
    await recorder.close();
    expect(closed().map(({ cause, durationMs }) => [cause, durationMs])).toEqual([
      ['ended', 950],
      ['ended', 950],
    ]);
    expect(asked).toBeGreaterThan(0);
  });

  it('[R21] begins the next file at the first key picture after its minute, and asks for one', async () => {
    show(61_000, (i) => i === 0 || i === 1_210);
    expect(asked).toBeGreaterThan(0);
    await recorder.close();
    expect(closed().map(({ file, cause, durationMs }) => [file, cause, durationMs])).toEqual([
      ['cam.a/00001.webm', 'full', 60_450],
      ['cam.a/00002.webm', 'ended', 450],
    ]);
    expect(reports.filter((report) => report.kind === 'recording-started')).toHaveLength(1);
  });

  it('[R20] leaves out what cannot be shown after a loss that stays, and asks for a key picture', async () => {
    show(500);
    seq += 1;
    const before = asked;
    show(2_000, (i) => i === 30);
    await recorder.close();
    expect(asked).toBeGreaterThan(before);
    expect(closed()[0]).toMatchObject({ lostPackets: 1, durationMs: 2_500 });
    expect(wholePart(disk.files.get('/rec/cam.a/00001.webm') as Buffer).blocks).toBe(20);
  });

  it('[R20] alarms when pictures come and none can be written', () => {
    show(6_000, () => false);
    expect(reports).toMatchObject([{ kind: 'recorder-alarm', leg: 'cam.a', alarm: 'not-growing' }]);
  });
});

describe('a picture file after a kill', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'parley-pictures-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('[R23] is kept up to its last whole picture wherever it was cut, hashed and told', async () => {
    const clock = new ManualClock();
    const recorder = new PictureRecorder({
      leg: 'cam.a',
      dir,
      disk: systemDisk,
      clock,
      log: () => undefined,
      report: () => undefined,
      segmentS: 60,
      needsKeyframe: () => undefined,
    });
    for (let i = 0; i < 40; i++) {
      recorder.push(
        's',
        pictureOf({ seq: i, ts: i * 4_500, key: i % 10 === 0, arrivalMonoMs: clock.monoMs(), arrivalWallMs: clock.wallMs() }),
      );
      clock.advance(50);
    }
    await recorder.close();
    const whole = await readFile(join(dir, 'cam.a', '00001.webm'));
    const index = (await readFile(join(dir, 'cam.a', 'leg.idx.jsonl'), 'utf8')).split('\n');
    for (const cut of [whole.length, whole.length - 1, whole.length - 30, Math.floor(whole.length / 2), 3]) {
      await rm(join(dir, 'cam.a'), { recursive: true });
      await systemDisk.makeFolder(join(dir, 'cam.a'));
      await writeFile(join(dir, 'cam.a', '00001.webm'), whole.subarray(0, cut));
      await writeFile(join(dir, 'cam.a', 'leg.idx.jsonl'), index.filter((line) => !line.includes('"closed"')).join('\n'));
      const [report, ...others] = await repairRecordings(dir, systemDisk, () => undefined, 0);
      const after = await readFile(join(dir, 'cam.a', '00001.webm'));
      expect(others).toEqual([]);
      expect(report).toMatchObject({ cause: 'repaired', bytes: after.length, startedAtMs: Date.UTC(2026, 0, 5, 8, 0, 0) });
      expect(whole.subarray(0, after.length).equals(after)).toBe(true);
      expect(cut - after.length).toBeLessThan(80); // one picture, or the table at the end
      expect((await readdir(join(dir, 'cam.a'))).includes('00001.webm.torn')).toBe(after.length < cut);
      expect(await repairRecordings(dir, systemDisk, () => undefined, 0)).toEqual([]);
    }
  });
});
