// A recordings disk that lets sound use the reserve and keeps pictures off it. Knows where the reserve lies and nothing of who fills it.
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PICTURES_NEED_BYTES, RESERVE_RELEASE_BYTES } from '../../protocol/limits.ts';
import { codeOf, type RecordingDisk, type RecordingHandle } from './disk.ts';

/** Free room is looked at this often for pictures, in milliseconds. */
const LOOK_EVERY_MS = 1_000;

/** Gives room back from the reserve. False when there is none left. */
export type Release = () => Promise<boolean>;

/** Cuts a piece off the reserve file. The file is the server's; cutting it works while that is away. */
export function releaseFrom(path: string): Release {
  return async () => {
    const file = await open(path, 'r+').catch(() => undefined);
    if (file === undefined) return false;
    try {
      const { size } = await file.stat();
      if (size > 0) await file.truncate(Math.max(0, size - RESERVE_RELEASE_BYTES));
      return size > 0;
    } catch {
      return false;
    } finally {
      await file.close();
    }
  };
}

const isPicture = (path: string): boolean => /[.](webm|mkv)$/.test(path);
const isFull = (thrown: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(thrown));
const noRoom = (): Error => Object.assign(new Error('ENOSPC: kept for sound'), { code: 'ENOSPC' });

/** The order on a full disk: pictures end first and use no reserve; sound and what belongs to it gets room from it and is tried again. */
export function withReserve(disk: RecordingDisk, release: Release): RecordingDisk {
  const again = async <T>(work: () => Promise<T>, second: () => Promise<T> = work): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      if (isFull(thrown) && (await release())) return second();
      throw thrown;
    }
  };
  let lookedMs = Number.NEGATIVE_INFINITY;
  let hasRoom = true;
  const picturesFit = async (folder: string): Promise<void> => {
    if (performance.now() - lookedMs >= LOOK_EVERY_MS) {
      lookedMs = performance.now();
      hasRoom = (await disk.freeBytes(folder)) >= PICTURES_NEED_BYTES;
    }
    if (!hasRoom) throw noRoom();
  };
  const sound = (handle: RecordingHandle): RecordingHandle => ({
    write: (bytes, position) => again(() => handle.write(bytes, position)),
    read: (position, length) => handle.read(position, length),
    sync: () => again(() => handle.sync()),
    close: () => handle.close(),
  });
  const picture = (handle: RecordingHandle, folder: string): RecordingHandle => ({
    ...handle,
    write: async (bytes, position) => {
      await picturesFit(folder);
      await handle.write(bytes, position);
    },
  });
  return {
    ...disk,
    makeFolder: (path) => again(() => disk.makeFolder(path)),
    create: async (path) => {
      if (!isPicture(path)) return sound(await again(() => disk.create(path)));
      await picturesFit(dirname(path));
      return picture(await disk.create(path), dirname(path));
    },
    // A line may have been written in part: the next one must not be glued to it.
    append: (path, text) =>
      again(
        () => disk.append(path, text),
        () => disk.append(path, `\n${text}`),
      ),
  };
}
