// The port of the data volume, on memory and on a real folder alike; and a store that uses it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { BoxDisk } from '../../ports/disk.ts';
import { MemoryBoxDisk } from './memory/disk.ts';
import { openSystemDisk } from './system/disk.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-disk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const disks: readonly (readonly [string, () => BoxDisk])[] = [
  ['memory', () => new MemoryBoxDisk(10_000_000)],
  ['system', () => openSystemDisk(folder)],
];

describe.each(disks)('the data volume: %s', (_, make) => {
  it('[R45] holds a reserve of the size asked for and gives back what it has', async () => {
    const disk = make();
    expect((await disk.look()).reserveBytes).toBe(0);
    await disk.release(1);
    await disk.reserve(2_500_000);
    await disk.reserve(500_000);
    const { freeBytes, reserveBytes } = await disk.look();
    expect(reserveBytes).toBe(3_000_000);
    expect(freeBytes).toBeGreaterThan(0);
    await disk.release(1_000_000);
    expect((await disk.look()).reserveBytes).toBe(2_000_000);
    await Promise.all([disk.release(1_500_000), disk.release(1_500_000)]);
    expect((await disk.look()).reserveBytes).toBe(0);
  });
});
