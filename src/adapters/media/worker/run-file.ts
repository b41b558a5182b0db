// Where a room's worker can be found again: a file with its process id, its socket and its secret, readable by the owner only.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** Longest path of a unix socket that every system takes, in bytes. */
const MAX_SOCKET_PATH = 100;

const runRecord = z.strictObject({ pid: z.number().int().positive(), socket: z.string(), secret: z.string().min(16) });
export type RunRecord = z.infer<typeof runRecord>;

/** Paths of one room's run files below `<data>/run`. */
export interface RunPaths {
  readonly folder: string;
  readonly record: string;
  readonly log: string;
  readonly socket: string;
}

/** The socket lies beside the other run files unless its path would be too long; then in the system's folder for such things. */
export function runPaths(dataDir: string, room: string, platform: NodeJS.Platform = process.platform): RunPaths {
  const folder = join(dataDir, 'run');
  const hashed = `parley-${createHash('sha256').update(`${dataDir}\n${room}`).digest('hex').slice(0, 24)}`;
  const near = join(folder, `${room}.sock`);
  const unixSocket = Buffer.byteLength(near) <= MAX_SOCKET_PATH ? near : join(tmpdir(), `${hashed}.sock`);
  const socket = platform === 'win32' ? `\\\\.\\pipe\\${hashed}` : unixSocket;
  return { folder, record: join(folder, `${room}.json`), log: join(folder, `${room}.log`), socket };
}

/** What the last server wrote; undefined when there is nothing that can be used. */
export async function readRunRecord(paths: RunPaths): Promise<RunRecord | undefined> {
  const text = await readFile(paths.record, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return runRecord.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Replaces the record whole, so that a crash leaves the old or the new one. */
export async function writeRunRecord(paths: RunPaths, record: RunRecord): Promise<void> {
  await mkdir(paths.folder, { recursive: true, mode: 0o700 });
  const fresh = `${paths.record}.${randomBytes(4).toString('hex')}.new`;
  await writeFile(fresh, JSON.stringify(record), { mode: 0o600, flag: 'wx' });
  await rename(fresh, paths.record);
}

/** Forgets a worker that ended in order. */
export const removeRunRecord = (paths: RunPaths): Promise<void> => rm(paths.record, { force: true });
