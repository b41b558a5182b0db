// The volume of the data folder and the reserve file on it, by the operating system. Decides nothing.
import { randomBytes } from 'node:crypto';
import { open, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { BoxDisk } from '../../../ports/disk.ts';
import { RESERVE_FILE } from '../../../protocol/limits.ts';

/** Written at once: large enough to be quick, small enough that nobody waits behind it, in bytes. */
const PIECE_BYTES = 1024 * 1024;

/** The volume that holds `dataDir`, which must exist. */
export function openSystemDisk(dataDir: string): BoxDisk {
  const path = join(dataDir, RESERVE_FILE);
  // One after another: growing and shrinking the same file at once would leave it at a size that nobody wanted.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    look: async () => {
      const [figures, reserveBytes] = await Promise.all([statfs(dataDir), sizeOf(path)]);
      return { freeBytes: figures.bavail * figures.bsize, reserveBytes };
    },
    release: (bytes) => inTurn(() => resize(path, async (file, size) => file.truncate(Math.max(0, size - bytes)))),
    reserve: (bytes) => inTurn(() => resize(path, (file, size) => fill(file, { from: size, to: size + bytes }))),
  };
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function resize(path: string, work: (file: Awaited<ReturnType<typeof open>>, size: number) => Promise<void>): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    await work(file, (await file.stat()).size);
  } finally {
    await file.close();
  }
}

/** Noise, for a file system that packs or shares equal blocks would hold no room with zeros. */
async function fill(file: Awaited<ReturnType<typeof open>>, { from, to }: { readonly from: number; readonly to: number }): Promise<void> {
  const piece = randomBytes(PIECE_BYTES);
  try {
    for (let at = from; at < to; at += PIECE_BYTES) await file.appendFile(piece.subarray(0, Math.min(PIECE_BYTES, to - at)));
    await file.datasync();
  } catch (thrown) {
    await file.truncate(from);
    throw thrown;
  }
}
