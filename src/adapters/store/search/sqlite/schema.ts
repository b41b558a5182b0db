// The index file: its tables, and how it is opened. All of it is derived from the log: a file that is damaged, or of another format, is
// thrown away and made anew.
import { closeSync, openSync, rmSync } from 'node:fs';
import { type Database, openDatabase } from '../../sqlite/driver.ts';
import { faultOf } from '../../sqlite/work.ts';

const FORMAT = 2;

/** NORMAL: after a power cut the newest lines may be missing here, and are taken again from the log. */
const PRAGMAS = `
  PRAGMA busy_timeout = 2000;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA trusted_schema = OFF;`;

/** `words` keeps no text, only which words stand where: the text is read from the log. `tags`: of which stream, board and author. */
const SCHEMA = `
  CREATE TABLE stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
  CREATE TABLE mark (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE said (place INTEGER PRIMARY KEY, stream INTEGER NOT NULL, seq INTEGER NOT NULL) STRICT;
  CREATE VIRTUAL TABLE words USING fts5 (
    text, tags, content = '', contentless_delete = 1, prefix = '2 3 4 5', tokenize = 'unicode61 remove_diacritics 2'
  );
  PRAGMA user_version = ${FORMAT};`;

function open(path: string): Database {
  closeSync(openSync(path, 'a', 0o600));
  const db = openDatabase(path);
  try {
    db.exec(PRAGMAS);
    const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version === 0) db.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`);
    else if (version !== FORMAT) throw new Error(`database disk image is malformed: format ${version}`);
    db.prepare('SELECT count (*) FROM stream').get();
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
}

/** Throws the index away. */
export function discardIndex(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
}

/** Opens (or makes, readable by this user only) the index. @throws the driver's error when the disk refuses. */
export function openIndex(path: string): Database {
  try {
    return open(path);
  } catch (cause) {
    if (faultOf(cause).code !== 'corrupt') throw cause;
    discardIndex(path);
    return open(path);
  }
}
