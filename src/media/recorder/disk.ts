// What the recorder needs from a file system, as one value that tests can break. Existing files are never opened for writing.
import { appendFile, type FileHandle, mkdir, open, readdir, readFile, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** An open recording file. */
export interface RecordingHandle {
  /** Writes all of `bytes` at `position`; may be called again for the same place after a failure. */
  write(bytes: Buffer, position: number): Promise<void>;
  read(position: number, length: number): Promise<Buffer>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Folders and files of recordings. Paths are those of the system; every call may fail with the system's error and its `code`. */
export interface RecordingDisk {
  /** Makes a folder, and those above it. */
  makeFolder(path: string): Promise<void>;
  /** Names in a folder; none when it does not exist. */
  list(path: string): Promise<string[]>;
  /** Makes a new file. @throws EEXIST when the name is taken */
  create(path: string): Promise<RecordingHandle>;
  /** Size of the file of this name, in bytes. @throws ENOENT */
  size(path: string): Promise<number>;
  readAll(path: string): Promise<Buffer>;
  append(path: string, text: string): Promise<void>;
  /** Bytes free for us on the volume of `path`. */
  freeBytes(path: string): Promise<number>;
}

/** The file system of this machine. */
export const systemDisk: RecordingDisk = {
  makeFolder: async (path) => void (await mkdir(path, { recursive: true, mode: 0o700 })),
  list: async (path) => {
    try {
      return await readdir(path);
    } catch (thrown) {
      if (codeOf(thrown) === 'ENOENT') return [];
      throw thrown;
    }
  },
  create: async (path) => handleOf(await open(path, 'wx+', 0o600)),
  size: async (path) => (await stat(path)).size,
  readAll: (path) => readFile(path),
  append: (path, text) => appendFile(path, text, { mode: 0o600 }),
  freeBytes: async (path) => {
    const figures = await statfs(path);
    return figures.bavail * figures.bsize;
  },
};

/** Names of recordings in a leg's folder: sound, or pictures of one kind or another. */
export const RECORDING_NAME = /^(\d{5,})\.(opus|webm|mkv)$/;

/** The next free file in a folder of numbered recordings: `00001.opus` and on. */
export async function createNext(
  disk: RecordingDisk,
  folder: string,
  extension = 'opus',
): Promise<{ handle: RecordingHandle; name: string }> {
  await disk.makeFolder(folder);
  const numbers = (await disk.list(folder)).map((name) => RECORDING_NAME.exec(name)?.[1]).filter((text) => text !== undefined);
  let number = Math.max(0, ...numbers.map(Number));
  for (let tries = 0; tries < 100; tries++) {
    number += 1;
    const name = `${String(number).padStart(5, '0')}.${extension}`;
    try {
      return { handle: await disk.create(join(folder, name)), name };
    } catch (thrown) {
      if (codeOf(thrown) !== 'EEXIST') throw thrown;
    }
  }
  throw new Error(`no free number in ${folder}`);
}

/** The system's code of a file error, such as ENOSPC; empty when it has none. */
export function codeOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
  return typeof code === 'string' ? code : '';
}

function handleOf(file: FileHandle): RecordingHandle {
  return {
    write: async (bytes, position) => {
      let done = 0;
      while (done < bytes.length) done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
    },
    read: async (position, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    },
    sync: () => file.datasync(),
    close: () => file.close(),
  };
}
