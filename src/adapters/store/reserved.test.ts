// A store on a full disk takes a piece of the reserve and tries once more; any other refusal stays one.
import { describe, expect, it } from 'vitest';
import type { BoxDisk } from '../../ports/disk.ts';
import { openMemoryStore } from './memory/store.ts';
import { withReserve } from './reserved.ts';

/** A volume whose release makes the store writable, as room on a real disk would. */
function scene({ freeBytes, reserveBytes }: { freeBytes: number; reserveBytes: number }) {
  const disk = openMemoryStore();
  let left = reserveBytes;
  const box: BoxDisk = {
    look: async () => ({ freeBytes, reserveBytes: left }),
    release: async (bytes) => {
      left = Math.max(0, left - bytes);
      disk.setWritable(true);
    },
    reserve: async () => undefined,
  };
  disk.setWritable(false);
  return { vault: withReserve(disk, box).vault, left: () => left };
}

describe('a store with a reserve', () => {
  it('[E21] is written out of the reserve when the disk is full', async () => {
    const { vault, left } = scene({ freeBytes: 0, reserveBytes: 5_000_000 });
    await vault.put('kind', 'key', '1');
    expect(await vault.get('kind', 'key')).toBe('1');
    expect(left()).toBeLessThan(5_000_000);
    expect(left()).toBeGreaterThan(0);
  });

  it('[E21] takes nothing when the disk refuses for another reason, or the reserve is used up', async () => {
    for (const how of [
      { freeBytes: 50_000_000, reserveBytes: 5_000_000 },
      { freeBytes: 0, reserveBytes: 0 },
    ]) {
      const { vault, left } = scene(how);
      await expect(vault.put('kind', 'key', '1')).rejects.toMatchObject({ code: 'not-writable' });
      expect(left()).toBe(how.reserveBytes);
    }
  });
});
