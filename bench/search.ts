// Figure: finding words in 1,000,000 lines through the real index and its thread; beside LIKE over the same lines in the same kind of file.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteSearch } from '../src/adapters/store/search/sqlite/search.ts';
import { openDatabase } from '../src/adapters/store/sqlite/driver.ts';
import type { IndexedEntry, Wanted } from '../src/ports/search.ts';
import { type Figure, type Row, runFigure } from './kit/figure.ts';
import { p50p99 } from './kit/numbers.ts';
import { newFolder } from './kit/system.ts';

const LINES = 1_000_000;
const STREAMS = 50;
const AT_ONCE = 5_000;
const VOCABULARY = 8_000;
const WORDS = 10;
const RUNS = 200;
/** A scan of everything is slow: fewer of them tell enough. */
const SCANS = 7;
const FIRST_MS = Date.parse('2026-01-01');
/** Filling ends early on a slow machine; the facts tell how many lines there were. */
const FILL_LIMIT_MS = 90_000;

/** The same luck in each run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const SYLLABLES = [
  'ka',
  'lo',
  'mi',
  'ter',
  'sun',
  'ba',
  'rin',
  'do',
  'vel',
  'pa',
  'ster',
  'wo',
  'gen',
  'li',
  'cha',
  'no',
  'fre',
  'tu',
  'sal',
  'hem',
];

/** Word number n: each another one, two to four syllables. */
function wordAt(n: number): string {
  let rest = n + SYLLABLES.length;
  let word = '';
  while (rest > 0) {
    word += SYLLABLES[rest % SYLLABLES.length];
    rest = Math.floor(rest / SYLLABLES.length);
  }
  return word;
}

/** Some words are said all the time, most hardly ever. */
const common = (luck: () => number) => Math.floor(VOCABULARY * luck() ** 3);

function lineAt(seq: number, luck: () => number): IndexedEntry {
  const text = Array.from({ length: WORDS }, () => wordAt(common(luck))).join(' ');
  return { seq, at: FIRST_MS + seq * 1_000, by: `p-${seq % 9}`, topic: seq % 3 === 0 ? 'notes' : 'captions', text };
}

async function fill(folder: string) {
  const index = await openSqliteSearch({ path: join(folder, 'search.db') });
  const plain = openDatabase(join(folder, 'plain.db'));
  plain.exec('PRAGMA journal_mode = WAL; CREATE TABLE line (place INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  const insert = plain.prepare('INSERT INTO line (text) VALUES (?)');
  const luck = dice(7);
  const after = new Map<string, number>();
  const startMs = performance.now();
  let lines = 0;
  let takenMs = 0;
  for (; lines < LINES && performance.now() - startMs < FILL_LIMIT_MS; lines += AT_ONCE) {
    const stream = `incident/i-${Math.floor(lines / (LINES / STREAMS))}`;
    const from = after.get(stream) ?? 0;
    const entries = Array.from({ length: AT_ONCE }, (_, i) => ({ ...lineAt(lines + i, luck), seq: from + i + 1 }));
    const at = performance.now();
    await index.take(stream, { after: from, upTo: { seq: from + AT_ONCE, leafHash: 'x' }, entries });
    takenMs += performance.now() - at;
    after.set(stream, from + AT_ONCE);
    plain.exec('BEGIN');
    for (const { text } of entries) insert.run(text);
    plain.exec('COMMIT');
  }
  return { index, plain, streams: [...after.keys()], lines, takenMs };
}

type Built = Awaited<ReturnType<typeof fill>>;

/** What people ask for, and the same for LIKE. */
function questions({ streams }: Built): Readonly<Record<string, (luck: () => number) => { wanted: Wanted; like: readonly string[] }>> {
  const word = (luck: () => number) => wordAt(common(luck));
  const ask = (words: string, more: Partial<Wanted> = {}): Wanted => ({ words, streams, limit: 64, ...more });
  const one = (luck: () => number) => streams[Math.floor(luck() * streams.length)] ?? '';
  return {
    'one word': (luck) => {
      const text = word(luck);
      return { wanted: ask(text), like: [text] };
    },
    'two words': (luck) => {
      const [a, b] = [word(luck), word(luck)];
      return { wanted: ask(`${a} ${b}`), like: [a, b] };
    },
    'beginning of a word, 3 letters': (luck) => {
      const text = word(luck).slice(0, 3);
      return { wanted: ask(text), like: [text] };
    },
    'one word in one incident, by one person': (luck) => {
      const text = word(luck);
      return { wanted: ask(text, { streams: [one(luck)], by: 'p-3' }), like: [text] };
    },
  };
}

async function rowsOf(built: Built): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [what, question] of Object.entries(questions(built))) {
    const luck = dice(11);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let run = 0; run < RUNS; run += 1) {
      const { wanted, like } = question(luck);
      const start = performance.now();
      await built.index.find(wanted);
      ours.push(performance.now() - start);
      if (run >= SCANS) continue;
      const scan = built.plain.prepare(
        `SELECT place FROM line WHERE ${like.map(() => 'text LIKE ?').join(' AND ')} ORDER BY place DESC LIMIT -1`,
      );
      const at = performance.now();
      scan.all(...like.map((text) => `%${text}%`));
      theirs.push(performance.now() - at);
    }
    rows.push({
      what: `search: ${what}, newest 64`,
      unit: 'ms',
      ours: p50p99(ours),
      baseline: { what: 'LIKE over the same lines', values: p50p99(theirs) },
      target: 'p50 <= 2 ms',
    });
  }
  return rows;
}

async function addOne({ index, streams, lines }: Built): Promise<number[]> {
  const samples: number[] = [];
  const stream = streams.at(-1) ?? '';
  const cursor = (await index.cursors()).get(stream)?.seq ?? 0;
  for (let i = 0; i < RUNS; i += 1) {
    const seq = cursor + i + 1;
    const start = performance.now();
    await index.take(stream, {
      after: seq - 1,
      upTo: { seq, leafHash: 'x' },
      entries: [{ ...lineAt(lines + i, dice(i)), seq }],
    });
    samples.push(performance.now() - start);
  }
  return samples;
}

async function measure(): Promise<Figure> {
  const folder = newFolder();
  try {
    const built = await fill(folder);
    const rows = await rowsOf(built);
    const added = p50p99(await addOne(built));
    await built.index.close();
    built.plain.close();
    const facts = {
      lines: built.lines,
      incidents: built.streams.length,
      fillMs: Math.round(built.takenMs),
      addOneP50Ms: added.p50,
      addOneP99Ms: added.p99,
    };
    return { figure: 'search', rows, facts, leftOut: ['the way over HTTP and the look at what the viewer may see, some tenths of a ms'] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await runFigure(measure);
