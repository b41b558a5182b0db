// Reports survive the process, are numbered on, and are gone when acknowledged.
import { describe, expect, it } from 'vitest';
import type { WorkerReport } from '../../protocol/worker.ts';
import { MemoryDisk } from '../memory/disk.ts';
import { JOURNAL_NAME, ReportJournal } from './journal.ts';

const report = (file: string): WorkerReport => ({ kind: 'recording-started', leg: 'leg-a', file, atMs: 1 });

describe('the journal of reports', () => {
  const open = async (disk: MemoryDisk): Promise<ReportJournal> => {
    const journal = new ReportJournal('/rec', disk, () => undefined);
    await journal.load();
    return journal;
  };

  it('[R4] gives a later process what was not acknowledged, under the same numbers, and goes on counting', async () => {
    const disk = new MemoryDisk();
    const first = await open(disk);
    for (const file of ['1', '2', '3']) first.add(report(file));
    first.acknowledge(2);
    await first.flush();
    const second = await open(disk);
    expect(second.pending()).toEqual([
      { n: 1, report: report('1') },
      { n: 3, report: report('3') },
    ]);
    second.add(report('4'));
    expect(second.pending().at(-1)?.n).toBe(4);
  });

  it('[R4] a line cut off by a crash costs that line only', async () => {
    const disk = new MemoryDisk();
    const first = await open(disk);
    first.add(report('1'));
    await first.flush();
    const path = `/rec/${JOURNAL_NAME}`;
    disk.files.set(path, Buffer.concat([disk.files.get(path) as Buffer, Buffer.from('{"n":2,"repo')]));
    const second = await open(disk);
    second.add(report('2'));
    await second.flush();
    expect((await open(disk)).pending().map((entry) => entry.report)).toEqual([report('1'), report('2')]);
  });

  it('[R4] keeps its lines while the disk refuses them', async () => {
    const disk = new MemoryDisk();
    const first = await open(disk);
    disk.writeFails = 'ENOSPC';
    first.add(report('1'));
    await first.flush();
    disk.writeFails = undefined;
    await first.flush();
    expect((await open(disk)).pending()).toHaveLength(1);
  });
});
