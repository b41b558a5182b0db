// Files in memory, for tests.
import { createHash } from 'node:crypto';
import { type Files, FilesFault } from '../../../ports/files.ts';

/** Files that are gone with the process. */
export function openMemoryFiles(): Files {
  const kept = new Map<string, Uint8Array>();
  const streamOf = async function* (all: Uint8Array) {
    yield all;
  };
  return {
    take: async (incidentId, chunks, { mostBytes, signal }) => {
      const pieces: Uint8Array[] = [];
      let bytes = 0;
      try {
        for await (const chunk of chunks) {
          if (signal.aborted) throw new FilesFault('stopped', signal.reason);
          bytes += chunk.byteLength;
          if (bytes > mostBytes) throw new FilesFault('too-large');
          pieces.push(Uint8Array.from(chunk));
        }
      } catch (cause) {
        throw cause instanceof FilesFault ? cause : new FilesFault('not-written', cause);
      }
      if (signal.aborted) throw new FilesFault('stopped', signal.reason);
      const all = new Uint8Array(Buffer.concat(pieces));
      const sha256 = createHash('sha256').update(all).digest('hex');
      const key = `${incidentId}/${sha256}`;
      return {
        sha256,
        bytes,
        read: async (from, length) => all.subarray(from, from + length),
        stream: () => streamOf(all),
        keep: async () => void (kept.has(key) || kept.set(key, all)),
        drop: async () => undefined,
      };
    },
    open: async (incidentId, sha256) => {
      const all = kept.get(`${incidentId}/${sha256}`);
      return all === undefined ? null : { bytes: all.byteLength, stream: () => streamOf(all) };
    },
  };
}
