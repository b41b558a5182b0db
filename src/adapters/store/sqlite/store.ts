// Store and vault in one SQLite file: the side that the server sees. The database itself is the thread's (thread.ts).
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Store, StoreFault, type Vault } from '../../../ports/store.ts';
import { assertPlain, assertReadable } from '../check.ts';
import { type Line, startLine } from './line.ts';
import type { Asked, Read, Write } from './messages.ts';

export interface SqliteOptions {
  /** The database file; folders and file are made when missing. */
  readonly path: string;
  /** How long one answer of the disk may take, ms (default 10,000). */
  readonly limitMs?: number;
}

/** Beside the bundle that holds this code, or in dist/ when run from its source. */
function threadFile(): string {
  const places = ['./store-thread.js', '../../../../dist/store-thread.js'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const found = places.find((path) => existsSync(path));
  if (found === undefined) throw new StoreFault('not-writable', 'store-thread.js is missing: run "node scripts/bootstrap.mjs build"');
  return found;
}

/**
 * Opens (or makes) the store in a file. Every append is on the disk when it is acknowledged; all that wait are one commit.
 * @throws StoreFault `not-writable` when the file or its folder refuses, `corrupt` when the file is damaged.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<{ store: Store; vault: Vault }> {
  const line = await startLine<Asked['job']>({ file: threadFile(), path: options.path, limitMs: options.limitMs ?? 10_000 });
  return { store: storeOn(line), vault: vaultOn(line) };
}

function storeOn(line: Line<Asked['job']>): Store {
  const write = (job: Write) => line.ask(job);
  const read = (job: Read) => line.ask(job);
  return {
    async append(stream, after, lines) {
      assertPlain(stream);
      await write({ op: 'append', stream, after, lines });
    },
    async read(stream, after, limit) {
      assertPlain(stream);
      assertReadable(after, limit);
      return (await read({ op: 'read', stream, after, limit })) as Awaited<ReturnType<Store['read']>>;
    },
    async streams(prefix) {
      const names = (await read({ op: 'streams' })) as readonly string[];
      return names.filter((name) => name.startsWith(prefix)).sort();
    },
    close: () => line.close(),
  };
}

function vaultOn(line: Line<Asked['job']>): Vault {
  return {
    async get(kind, key) {
      return (await line.ask({ op: 'get', kind, key })) as string | undefined;
    },
    async put(kind, key, value) {
      assertPlain(kind, key, value);
      await line.ask({ op: 'put', kind, key, value });
    },
    async delete(kind, key) {
      await line.ask({ op: 'delete', kind, key });
    },
    async list(kind) {
      const rows = (await line.ask({ op: 'list', kind })) as { key: string; value: string }[];
      return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
    },
  };
}
