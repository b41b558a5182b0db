// Files in a folder of the data volume: written beside, made durable, then linked under their hash. No name in here comes from outside.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Files, FilesFault, type Opened, type Taken, type TakeOptions } from '../../../ports/files.ts';

const INCOMING = 'incoming';
const SHA256 = /^[0-9a-f]{64}$/;
const INCIDENT = /^[a-z0-9][a-z0-9_-]{3,39}$/;
/** Read at once when all of a file is wanted, in bytes. */
const PIECE_BYTES = 256 * 1024;

/** Files below `root`, which is made when it is not there. What an earlier process took in and did not keep is removed. */
export async function openDiskFiles(root: string): Promise<Files> {
  const incoming = join(root, INCOMING);
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  for (const left of await readdir(incoming)) await rm(join(incoming, left), { force: true });
  const pathOf = (incidentId: string, sha256: string) => join(root, incidentId, sha256);
  return {
    take: async (incidentId, chunks, options) => {
      if (!INCIDENT.test(incidentId)) throw new FilesFault('not-written');
      const staged = join(incoming, randomBytes(16).toString('hex'));
      try {
        const { sha256, bytes } = await write(staged, chunks, options);
        return taken({ staged, sha256, bytes, path: pathOf(incidentId, sha256) });
      } catch (cause) {
        await rm(staged, { force: true });
        throw cause instanceof FilesFault ? cause : new FilesFault('not-written', cause);
      }
    },
    open: async (incidentId, sha256): Promise<Opened | null> => {
      if (!INCIDENT.test(incidentId) || !SHA256.test(sha256)) return null;
      const path = pathOf(incidentId, sha256);
      const found = await stat(path).catch(() => null);
      return found === null ? null : { bytes: found.size, stream: () => createReadStream(path, { highWaterMark: PIECE_BYTES }) };
    },
  };
}

async function write(path: string, chunks: AsyncIterable<Uint8Array>, { mostBytes, signal }: TakeOptions) {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of stoppedBy(signal, chunks)) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) throw new FilesFault('too-large');
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** A sender that says nothing more must not hold the file open: the signal ends the wait for the next piece, too. */
async function* stoppedBy(signal: AbortSignal, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let onAbort = (): void => undefined;
  const stop = new Promise<never>((_, reject) => {
    onAbort = () => reject(new FilesFault('stopped', signal.reason));
  });
  stop.catch(() => undefined);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const pieces = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([pieces.next(), stop]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Not awaited: a source that hangs would hang here, too.
    void pieces.return?.()?.catch(() => undefined);
  }
}

interface Staged {
  readonly staged: string;
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

function taken({ staged, path, sha256, bytes }: Staged): Taken {
  return {
    sha256,
    bytes,
    read: (from, length) => withFile(staged, (file) => piece(file, from, length)),
    stream: () => createReadStream(staged, { highWaterMark: PIECE_BYTES }),
    keep: async () => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // A link never replaces what is there, as a rename would.
      await link(staged, path).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code !== 'EEXIST') throw new FilesFault('not-written', cause);
      });
      for (const folder of [dirname(path), dirname(dirname(path))]) await withFile(folder, (file) => file.sync());
      await rm(staged, { force: true });
    },
    drop: () => rm(staged, { force: true }),
  };
}

async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'r');
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

async function piece(file: FileHandle, from: number, length: number): Promise<Uint8Array> {
  const into = new Uint8Array(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await file.read(into, got, length - got, from + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return into.subarray(0, got);
}
