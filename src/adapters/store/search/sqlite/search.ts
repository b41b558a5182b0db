// An index in an SQLite file beside the log's: the side that the server sees. The database itself is the thread's (thread.ts).
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Cursor, Hit, SearchIndex } from '../../../../ports/search.ts';
import { StoreFault } from '../../../../ports/store.ts';
import { startLine } from '../../sqlite/line.ts';
import type { Job } from './messages.ts';

/** How long one answer may take: a large stream is taken in many steps, each of them short. */
const LIMIT_MS = 10_000;

/** Beside the bundle that holds this code, or in dist/ when run from its source. */
function threadFile(): string {
  const places = ['./search-thread.js', '../../../../../dist/search-thread.js'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const found = places.find((path) => existsSync(path));
  if (found === undefined) throw new StoreFault('not-writable', 'search-thread.js is missing: run "node scripts/bootstrap.mjs build"');
  return found;
}

/** Opens (or makes) the index in a file; one that is damaged is made anew. @throws StoreFault `not-writable` */
export async function openSqliteSearch({ path }: { readonly path: string }): Promise<SearchIndex> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const line = await startLine<Job>({ file: threadFile(), path, limitMs: LIMIT_MS });
  return {
    async cursors() {
      const rows = (await line.ask({ op: 'cursors' })) as readonly { readonly name: string; readonly seq: number; readonly hash: string }[];
      return new Map(rows.map(({ name, seq, hash }): [string, Cursor] => [name, { seq, leafHash: hash }]));
    },
    take: async (stream, lines) => (await line.ask({ op: 'take', stream, ...lines })) === true,
    forget: async (stream) => void (await line.ask({ op: 'forget', stream })),
    find: async (wanted) => (await line.ask({ op: 'find', wanted })) as readonly Hit[],
    close: () => line.close(),
  };
}
