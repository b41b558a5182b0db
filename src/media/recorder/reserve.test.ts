// Who gets the last room: sound out of the reserve, pictures never.
import { describe, expect, it } from 'vitest';
import { PICTURES_NEED_BYTES } from '../../protocol/limits.ts';
import { MemoryDisk } from '../memory/disk.ts';
import { withReserve } from './reserve.ts';

const BYTES = Buffer.from('page');

/** A full disk with so many pieces in reserve; each makes room for one write. */
function fullDisk(pieces: number) {
  const disk = new MemoryDisk();
  let left = pieces;
  const reserved = withReserve(disk, async () => {
    if (left === 0) return false;
    left -= 1;
    disk.writeFails = undefined;
    return true;
  });
  return {
    disk,
    reserved,
    left: () => left,
    fill: () => {
      disk.writeFails = 'ENOSPC';
      disk.free = 0;
    },
  };
}

describe('a recordings disk with a reserve', () => {
  it('[R46] gives sound and its index room from the reserve, and fails when that is used up', async () => {
    const { disk, reserved, left, fill } = fullDisk(3);
    fill();
    const file = await reserved.create('/rec/line.1/00001.opus');
    fill();
    await file.write(BYTES, 0);
    fill();
    await reserved.append('/rec/line.1/leg.idx.jsonl', '{}\n');
    expect(left()).toBe(0);
    expect(disk.files.get('/rec/line.1/00001.opus')?.toString()).toBe('page');
    fill();
    await expect(file.write(BYTES, 4)).rejects.toMatchObject({ code: 'ENOSPC' });
  });

  it('[R46] takes nothing for another fault', async () => {
    const { disk, reserved, left } = fullDisk(3);
    const file = await reserved.create('/rec/line.1/00001.opus');
    disk.writeFails = 'EIO';
    await expect(file.write(BYTES, 0)).rejects.toMatchObject({ code: 'EIO' });
    expect(left()).toBe(3);
  });

  it.each(['webm', 'mkv'])('[R50] ends pictures (%s) first, before anything of the reserve is used', async (extension) => {
    const { disk, reserved, left, fill } = fullDisk(3);
    const file = await reserved.create(`/rec/cam.1/00001.${extension}`);
    await file.write(BYTES, 0);
    expect(disk.files.get(`/rec/cam.1/00001.${extension}`)?.toString()).toBe('page');
    disk.free = PICTURES_NEED_BYTES - 1;
    const late = withReserve(disk, async () => true);
    await expect(late.create(`/rec/cam.1/00002.${extension}`)).rejects.toMatchObject({ code: 'ENOSPC' });
    await (await late.create('/rec/line.1/00001.opus')).write(BYTES, 0);
    fill();
    await expect(file.write(BYTES, 4)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(left()).toBe(3);
  });
});
