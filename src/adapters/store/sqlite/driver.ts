// The one place that picks the SQLite driver. Both have the same API; the one in Node is taken when it is new enough.
import { createRequire } from 'node:module';
import { StoreFault } from '../../../ports/store.ts';

/** Values that go in and out of a statement here. */
export type SqlValue = string | number;
export interface Statement {
  run(...values: SqlValue[]): unknown;
  get(...values: SqlValue[]): Readonly<Record<string, unknown>> | undefined;
  all(...values: SqlValue[]): readonly Readonly<Record<string, unknown>>[];
}
/** An open database file, with what is used of it. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}
interface Driver {
  DatabaseSync: new (path: string) => Database;
}

/** Before this version two connections that write and checkpoint at once can damage a database (fixed 2026-03). */
const OLDEST_SAFE = '3.51.3';

/** True when a dotted version is at least another. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [a, b] = [version, wanted].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i += 1) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function driver(): Driver {
  const require = createRequire(import.meta.url);
  // node:sqlite needs no flag from Node 22.13; some of those versions bring an SQLite that is not safe yet.
  const builtIn = isAtLeast(process.versions.node, '22.13.0') && isAtLeast(process.versions['sqlite'] ?? '0', OLDEST_SAFE);
  return require(builtIn ? 'node:sqlite' : '@photostructure/sqlite') as Driver;
}

/** Opens a database file. @throws StoreFault `not-writable` when the library itself is not safe to write with. */
export function openDatabase(path: string): Database {
  const { DatabaseSync } = driver();
  const db = new DatabaseSync(path);
  const version = String(db.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  const fault = unsafeVersion(version);
  if (fault === undefined) return db;
  db.close();
  throw fault;
}

/** The fault of an SQLite that may damage what it writes; undefined when the version is safe. */
export function unsafeVersion(version: string): StoreFault | undefined {
  if (isAtLeast(version, OLDEST_SAFE)) return undefined;
  return new StoreFault(
    'not-writable',
    `SQLite ${version} can damage a database; ${OLDEST_SAFE} or newer is needed: install Parley's own packages again`,
  );
}
