// The store's work on an open database, synchronous: group commit and reads. No threads and no messages here.
import { type StoredLine, StoreFault } from '../../../ports/store.ts';
import { type Head, refuseAppend } from '../check.ts';
import type { Database } from './driver.ts';
import type { FaultText, Read, Write } from './messages.ts';

/** What became of one write. */
export type WriteResult = FaultText | undefined;

export interface Work {
  /** Makes all writes in one commit; each is refused or kept by itself, but a fault of the disk undoes them all. */
  write(writes: readonly Write[]): readonly WriteResult[];
  read(asked: Read): unknown;
}

/** Prepares the statements once; the answer works until the database is closed. */
export function workOn(db: Database): Work {
  const keep = keeper(db);
  return {
    write(writes) {
      try {
        return commit(db, () => writes.map((one) => keep(one)));
      } catch (cause) {
        const fault = faultOf(cause);
        return writes.map(() => fault);
      }
    },
    read: reader(db),
  };
}

function commit<T>(db: Database, inside: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = inside();
    db.exec('COMMIT');
    return result;
  } catch (cause) {
    rollBack(db);
    throw cause;
  }
}

function rollBack(db: Database): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // Some faults of the disk have rolled back already; the first fault is the one to tell.
  }
}

function keeper(db: Database): (write: Write) => WriteResult {
  const append = appender(db);
  const put = db.prepare(
    'INSERT INTO vault (kind, key, value) VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value',
  );
  const remove = db.prepare('DELETE FROM vault WHERE kind = ? AND key = ?');
  return (write) => {
    if (write.op === 'append') return append(write);
    if (write.op === 'put') put.run(write.kind, write.key, write.value);
    else remove.run(write.kind, write.key);
    return undefined;
  };
}

function appender(db: Database): (write: Extract<Write, { op: 'append' }>) => WriteResult {
  const findStream = db.prepare('SELECT id FROM stream WHERE name = ?');
  const makeStream = db.prepare('INSERT INTO stream (name) VALUES (?) RETURNING id');
  // Read again at each append, for another process may write too: the index makes it a few microseconds.
  const findHead = db.prepare('SELECT seq, line FROM line WHERE stream = ? ORDER BY seq DESC LIMIT 1');
  const insert = db.prepare('INSERT INTO line (stream, seq, line, salt, payload) VALUES (?, ?, ?, ?, ?)');
  return ({ stream, after, lines }) => {
    const known = findStream.get(stream)?.['id'];
    const head = known === undefined ? undefined : (findHead.get(Number(known)) as Head);
    const fault = refuseAppend(stream, after, lines, head);
    if (fault !== undefined) return { code: fault.code, message: fault.message };
    if (lines.length === 0) return undefined;
    const id = Number(known ?? makeStream.get(stream)?.['id']);
    for (const one of lines) insert.run(id, one.seq, one.line, one.salt, one.payload);
    return undefined;
  };
}

function reader(db: Database): (asked: Read) => unknown {
  const lines = db.prepare(
    'SELECT seq, line, salt, payload FROM line WHERE stream = (SELECT id FROM stream WHERE name = ?) AND seq > ? ORDER BY seq LIMIT ?',
  );
  const names = db.prepare('SELECT name FROM stream');
  const get = db.prepare('SELECT value FROM vault WHERE kind = ? AND key = ?');
  const list = db.prepare('SELECT key, value FROM vault WHERE kind = ?');
  return (asked) => {
    if (asked.op === 'read') return lines.all(asked.stream, asked.after, asked.limit).map((row) => ({ ...row }) as unknown as StoredLine);
    if (asked.op === 'streams') return names.all().map((row) => row['name']);
    if (asked.op === 'get') return get.get(asked.kind, asked.key)?.['value'];
    return list.all(asked.kind).map((row) => ({ ...row }));
  };
}

const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** Puts a driver's or system's error into words and a code. */
export function faultOf(cause: unknown): FaultText {
  if (cause instanceof StoreFault) return { code: cause.code, message: cause.message };
  const text = cause instanceof Error ? cause.message : String(cause);
  const errcode = cause instanceof Error && 'errcode' in cause ? Number(cause.errcode) & 0xff : -1;
  const damaged = errcode === CORRUPT || errcode === NOT_A_DATABASE || /malformed|not a database/.test(text);
  if (damaged) return { code: 'corrupt', message: 'the database file is damaged: restore it from a backup or a bundle', cause: text };
  return { code: 'not-writable', message: `the store could not be used: ${text}`, cause: text };
}
