// Pages that must not rot: what they say of the wire is compared with its schemas, and what they tell a reader to type is typed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { openSqliteStore } from '../src/adapters/store/sqlite/store.ts';
import { FIRST_PREV_HASH, lineHash, type SealedLine, sealLine } from '../src/core/evidence/chain.ts';
import { systemDisk } from '../src/media/recorder/disk.ts';
import { LegIndex } from '../src/media/recorder/leg-index.ts';
import { fromField, toField } from '../src/protocol/field.ts';
import { fromTeam } from '../src/protocol/team.ts';
import { fromWorker, toWorker } from '../src/protocol/worker.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/** Rows of the table that follows `heading`: first cell -> the rest. */
function rowsAfter(page: string, heading: string): ReadonlyMap<string, string> {
  const after = page.slice(page.indexOf(heading));
  const table = after.slice(after.indexOf('\n|')).split('\n\n')[0] ?? '';
  const cells = table.split('\n').map((row) => /^\| `([^`]+)` \|(.*)/.exec(row));
  return new Map(cells.flatMap((found) => (found === null ? [] : [[found[1] ?? '', found[2] ?? ''] as const])));
}

/** Message -> its fields, of a schema. */
function messagesOf(schema: { readonly options: readonly z.ZodObject[] }): ReadonlyMap<string, readonly string[]> {
  return new Map(
    schema.options.map(({ shape }) => {
      const { t, ...fields } = shape as Record<string, unknown> & { t: { value: string } };
      return [t.value, Object.keys(fields)];
    }),
  );
}

/** The same of a type, by its text. */
function messagesInText(text: string): ReadonlyMap<string, readonly string[]> {
  const union = text.slice(text.indexOf('export type ToTeam')).replace(/\/\*\*[\s\S]*?\*\//g, '');
  const found = union.split(/\n {2}\| \{/).slice(1);
  return new Map(
    found.map((one) => {
      const fields = one.replace(/\{[^{}]*\}/g, '').matchAll(/readonly (\w+):/g);
      return [/t: '([^']+)'/.exec(one)?.[1] ?? '', [...fields].map((match) => match[1] as string).filter((name) => name !== 't')];
    }),
  );
}

describe('docs/protocol.md', () => {
  const page = read('docs/protocol.md');
  const doors = [
    ['### From the console', messagesOf(fromTeam as never)],
    ['### To the console', messagesInText(read('src/protocol/team.ts'))],
    ['### From the page', messagesOf(fromField as never)],
    ['### To the page', messagesOf(toField as never)],
    ['| to the worker', messagesOf(toWorker as never)],
    ['| from the worker', messagesOf(fromWorker as never)],
  ] as const;

  it.each(doors)('[B14] names every message and field, and no other: %s', (heading, messages) => {
    expect(messages.size).toBeGreaterThan(5);
    const rows = rowsAfter(page, heading.startsWith('|') ? `\n${heading}` : heading);
    expect([...rows.keys()].sort()).toEqual([...messages.keys()].sort());
    for (const [name, fields] of messages) {
      const cell = rows.get(name)?.split('|')[0] ?? '';
      const told = [...cell.matchAll(/`(\w+)`/g)].map((match) => match[1]);
      expect({ name, fields: told.sort() }).toEqual({ name, fields: [...fields].sort() });
    }
  });
});

/** The fenced blocks of a page that are for the shell. */
const blocksOf = (page: string) => [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] as string);

describe('docs/evidence.md', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-docs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const [take = '', check = '', sound = '', index = ''] = blocksOf(read('docs/evidence.md'));
  const STREAM = 'incident/i-test';

  function chain(payloads: readonly string[]): SealedLine[] {
    let prev = FIRST_PREV_HASH;
    return payloads.map((payload, i) => {
      const facts = { stream: STREAM, seq: i + 1, at: i, monoNs: '1', boot: 'b', who: 'person:p-1:An\\"na', type: 'note-written' };
      const sealed = sealLine(prev, facts, { salt: String(i).padStart(32, '0'), payload }, hash);
      prev = lineHash(sealed.line, hash);
      return sealed;
    });
  }

  /** Takes the two files out of a real store by the statements of the page. */
  async function takeOut(lines: readonly SealedLine[]): Promise<void> {
    const path = join(folder, 'parley.db');
    const { store } = await openSqliteStore({ path });
    await store.append(STREAM, 0, lines);
    await store.close();
    const { DatabaseSync } = createRequire(import.meta.url)('@photostructure/sqlite') as {
      DatabaseSync: new (path: string) => { prepare(sql: string): { all(): Record<string, string>[] }; close(): void };
    };
    const db = new DatabaseSync(path);
    for (const [, sql = '', file = ''] of take.matchAll(/"(SELECT[^"]+)" > (\w+)/g)) {
      const rows = db.prepare(sql.replace('$incident', 'i-test')).all();
      writeFileSync(join(folder, file), rows.map((row) => `${Object.values(row)[0]}\n`).join(''));
    }
    db.close();
  }
  const sh = (script: string, cwd = folder) => {
    try {
      return execFileSync('sh', ['-c', script], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (cause) {
      return `failed: ${String((cause as { stdout: string }).stdout)}`;
    }
  };
  const change = (file: string, from: string, to: string) => {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(folder, file), text.replace(from, to));
  };

  it('[E25] its commands take a log out and accept it, and name the first line that was changed', async () => {
    const lines = chain(['{"text":"one"}', '{"text":"a \\\\ b %s  ü “x”"}', '{"text":"three"}']);
    await takeOut(lines);
    expect(sh(check)).toContain(`3 lines hold, 0 of them erased; hash of the last: ${lineHash(lines[2]!.line, hash)}`);
    change('payloads', 'one', 'two');
    expect(sh(check)).toBe('failed: line 1: its payload is not what was hashed\n');
    change('payloads', 'two', 'one');
    change('log', 'An', 'Un');
    expect(sh(check)).toBe('failed: line 2: not linked to the line before\n');
  });

  it('[E25] its commands count what was erased, and find a missing line', async () => {
    const lines = chain(['{"n":1}', '{"n":2}', '{"n":3}']);
    await takeOut(lines);
    change('payloads', `${lines[1]!.salt} ${lines[1]!.payload}`, ' ');
    expect(sh(check)).toContain('3 lines hold, 1 of them erased');
    change('log', `${readFileSync(join(folder, 'log'), 'utf8').split('\n')[1]}\n`, '');
    expect(sh(check)).toBe('failed: line 2: not linked to the line before\n');
  });

  it('[E25] its commands compare recordings with the log and with their index', async () => {
    const bytes = 'not really sound';
    mkdirSync(join(folder, 'line.l-1'));
    writeFileSync(join(folder, 'line.l-1', '00001.opus'), bytes);
    const closed = {
      leg: 'line.l-1',
      file: 'line.l-1/00001.opus',
      sha256: hash(bytes),
      bytes: bytes.length,
      startedAtMs: 1,
      durationMs: 1,
    };
    await takeOut(chain([JSON.stringify({ ...closed, packets: 1, lostPackets: 0, cause: 'ended' })]));
    expect(sh(sound)).toBe('line.l-1/00001.opus: OK\n');
    const idx = new LegIndex(join(folder, 'line.l-1'), systemDisk, () => undefined);
    idx.add({ at: 'closed', file: '00001.opus', sha256: hash(bytes), bytes: bytes.length, wallMs: 1 });
    await idx.flush();
    expect(sh(index, join(folder, 'line.l-1'))).toBe('00001.opus: OK\n');
    writeFileSync(join(folder, 'line.l-1', '00001.opus'), 'forged');
    expect(sh(sound)).toContain('FAILED');
    expect(sh(index, join(folder, 'line.l-1'))).toContain('FAILED');
  });
});
