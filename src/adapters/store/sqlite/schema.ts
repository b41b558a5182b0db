// The database file: how it is opened, its tables, and the triggers that keep lines append-only even against a hand with sqlite3.
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreFault } from '../../../ports/store.ts';
import { type Database, openDatabase } from './driver.ts';

const SCHEMA_VERSION = 1;

/** FULL: one sync of the log before a commit is acknowledged. fullfsync: macOS' plain fsync does not reach the disk. */
const PRAGMAS = `
  PRAGMA busy_timeout = 2000;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = 1;
  PRAGMA checkpoint_fullfsync = 1;
  PRAGMA foreign_keys = ON;
  PRAGMA recursive_triggers = ON;
  PRAGMA secure_delete = ON;
  PRAGMA trusted_schema = OFF;`;

const SCHEMA = `
  CREATE TABLE stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE line (
    stream INTEGER NOT NULL REFERENCES stream (id),
    seq INTEGER NOT NULL,
    line TEXT NOT NULL,
    salt TEXT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (stream, seq)
  ) STRICT;
  CREATE TABLE vault (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER line_no_update BEFORE UPDATE ON line BEGIN SELECT RAISE (ABORT, 'lines are never changed'); END;
  CREATE TRIGGER line_no_delete BEFORE DELETE ON line BEGIN SELECT RAISE (ABORT, 'lines are never deleted'); END;
  CREATE TRIGGER line_in_order BEFORE INSERT ON line
    WHEN NEW.seq <> 1 + coalesce ((SELECT max (seq) FROM line WHERE stream = NEW.stream), 0)
    BEGIN SELECT RAISE (ABORT, 'lines are numbered without gaps'); END;
  CREATE TRIGGER stream_no_update BEFORE UPDATE ON stream BEGIN SELECT RAISE (ABORT, 'streams are never renamed'); END;
  CREATE TRIGGER stream_no_delete BEFORE DELETE ON stream BEGIN SELECT RAISE (ABORT, 'streams are never deleted'); END;
  PRAGMA user_version = ${SCHEMA_VERSION};`;

/** Opens (or makes, readable by this user only) the database of a store. @throws StoreFault, or the driver's error. */
export function openSchema(path: string): Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // SQLite gives its own files beside it the same rights.
  closeSync(openSync(path, 'a', 0o600));
  const db = openDatabase(path);
  try {
    db.exec(PRAGMAS);
    mustBeFull(db);
    createOnce(db);
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
}

/** A file system without shared memory answers WAL with another mode, silently. */
function mustBeFull(db: Database): void {
  const mode = db.prepare('PRAGMA journal_mode').get()?.['journal_mode'];
  const sync = db.prepare('PRAGMA synchronous').get()?.['synchronous'];
  if (mode !== 'wal' || sync !== 2)
    throw new StoreFault('not-writable', `the disk does not offer durable writes (mode ${mode}, sync ${sync})`);
}

function createOnce(db: Database): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version > SCHEMA_VERSION) throw new StoreFault('not-writable', `the store was written by a newer Parley (format ${version})`);
    if (version === 0) db.exec(SCHEMA);
    db.exec('COMMIT');
  } catch (cause) {
    db.exec('ROLLBACK');
    throw cause;
  }
}
