// What lies below the store's thread: one commit for all that wait, triggers against a hand with SQL, no unsafe SQLite.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chained } from '../../../../test/contract/chained.ts';
import { type Database, isAtLeast, unsafeVersion } from './driver.ts';
import type { Write } from './messages.ts';
import { openSchema } from './schema.ts';
import { workOn } from './work.ts';

let folder: string;
let db: Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-work-'));
  db = openSchema(join(folder, 'parley.db'));
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

function append(stream: string, payloads: readonly string[]): Write {
  return { op: 'append', stream, after: 0, lines: chained(stream, payloads) };
}

describe('the work below the store', () => {
  it('[E4] all writes that wait are one commit, and one refused among them does not take the others along', () => {
    const executed: string[] = [];
    const counted: Database = {
      exec: (sql) => {
        executed.push(sql);
        db.exec(sql);
      },
      prepare: (sql) => db.prepare(sql),
      close: () => db.close(),
    };
    const results = workOn(counted).write([
      append('a', ['1']),
      { ...append('b', ['1']), after: 9 } as Write,
      { op: 'put', kind: 'k', key: 'x', value: '1' },
      append('c', ['1', '2']),
    ]);
    expect(executed).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
    expect(results.map((one) => one?.code)).toEqual([undefined, 'conflict', undefined, undefined]);
    expect(workOn(db).read({ op: 'streams' })).toEqual(['a', 'c']);
  });

  it('[E9] a fault of the disk undoes the whole commit and is told to every write in it', () => {
    db.exec(`PRAGMA max_page_count = ${Number(db.prepare('PRAGMA page_count').get()?.['page_count']) + 4}`);
    const work = workOn(db);
    const results = work.write([append('a', ['1']), append('b', [`"${'x'.repeat(100_000)}"`])]);
    expect(results).toEqual([expect.objectContaining({ code: 'not-writable' }), expect.objectContaining({ code: 'not-writable' })]);
    expect(work.read({ op: 'streams' })).toEqual([]);
    expect(work.write([append('a', ['1'])])).toEqual([undefined]);
  });

  it('[E14] no SQL by hand changes, deletes, replaces, renumbers or skips a line', () => {
    workOn(db).write([append('a', ['1', '2'])]);
    const attempts = [
      "UPDATE line SET payload = ''",
      "UPDATE line SET salt = '', payload = '' WHERE seq = 1",
      'UPDATE line SET seq = seq + 10',
      'DELETE FROM line',
      'DELETE FROM line WHERE seq = 2',
      "INSERT OR REPLACE INTO line SELECT stream, seq, 'x', salt, payload FROM line WHERE seq = 2",
      "INSERT INTO line SELECT stream, 9, 'x', salt, payload FROM line WHERE seq = 2",
      "UPDATE stream SET name = 'b'",
      'DELETE FROM stream',
      'UPDATE OR REPLACE line SET seq = 1 WHERE seq = 2',
    ];
    for (const sql of attempts) expect(() => db.exec(sql), sql).toThrow(/never|gaps/);
    expect(workOn(db).read({ op: 'read', stream: 'a', after: 0, limit: 10 })).toHaveLength(2);
  });

  it('[E4] every commit is synced before it is acknowledged, on macOS down to the drive', () => {
    const pragma = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect(['journal_mode', 'synchronous', 'fullfsync', 'checkpoint_fullfsync'].map(pragma)).toEqual(['wal', 2, 1, 1]);
  });

  it('[E4] an SQLite that can damage a database is refused', () => {
    expect(unsafeVersion('3.51.2')).toMatchObject({ code: 'not-writable' });
    expect(unsafeVersion('3.45.1')).toMatchObject({ code: 'not-writable' });
    expect([unsafeVersion('3.51.3'), unsafeVersion('3.53.0'), unsafeVersion('4.0.0')]).toEqual([undefined, undefined, undefined]);
    expect([isAtLeast('22.13.0', '22.13.0'), isAtLeast('22.9.9', '22.13.0'), isAtLeast('24.1', '22.13.0')]).toEqual([true, false, true]);
  });
});
