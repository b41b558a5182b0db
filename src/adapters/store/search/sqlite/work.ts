// The work on an open index, synchronous: taking lines and finding words. No threads and no messages here.
import type { Hit, IndexedEntry, Wanted } from '../../../../ports/search.ts';
import type { Database, SqlValue } from '../../sqlite/driver.ts';
import { mayGoOn, PLACES_PER_MS, partsOf, wordsOf } from '../query.ts';
import type { Job } from './messages.ts';

type Take = Extract<Job, { op: 'take' }>;

/** More streams than this are compared row by row instead of by words. */
const MOST_STREAM_WORDS = 64;

/** Prepares the statements once; the answer works until the database is closed. */
export function indexOn(db: Database): (job: Job) => unknown {
  const take = taker(db);
  const forget = forgetter(db);
  const find = finder(db);
  const all = db.prepare('SELECT name, seq, hash FROM stream');
  return (job) => {
    if (job.op === 'take') return inCommit(db, () => take(job));
    if (job.op === 'forget') return inCommit(db, () => forget(job.stream));
    if (job.op === 'find') return find(job.wanted);
    return all.all().map((row) => ({ ...row }));
  };
}

function inCommit<T>(db: Database, inside: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = inside();
    db.exec('COMMIT');
    return result;
  } catch (cause) {
    try {
      db.exec('ROLLBACK');
    } catch {
      // Some faults have rolled back already; the first fault is the one to tell.
    }
    throw cause;
  }
}

/** First of 20,000 signs that each are a word by themselves. */
const FIRST_SIGN = 0x4e00;
const SIGNS = 20_000;

/** A number as a word of one sign, mostly: so short that it is not kept a second time as the beginning of longer words. */
function tagOf(id: number): string {
  const sign = String.fromCodePoint(FIRST_SIGN + (id % SIGNS));
  return id < SIGNS ? sign : `${sign}${tagOf(Math.floor(id / SIGNS))}`;
}

/** Small numbers in place of names: they are words of the index. */
function marker(db: Database): (name: string) => number {
  const add = db.prepare('INSERT INTO mark (name) VALUES (?) ON CONFLICT (name) DO NOTHING');
  const get = db.prepare('SELECT id FROM mark WHERE name = ?');
  return (name) => {
    add.run(name);
    return Number(get.get(name)?.['id']);
  };
}

/** The next free place of a time: its own millisecond, or a later one when that is full. */
function placer(db: Database): (at: number) => number {
  const last = db.prepare('SELECT max (place) AS place FROM said WHERE place >= ? AND place < ?');
  return (at) => {
    for (let ms = Math.max(0, Math.trunc(at)); ; ms += 1) {
      const [first, next] = [ms * PLACES_PER_MS, (ms + 1) * PLACES_PER_MS];
      const place = Number(last.get(first, next)?.['place'] ?? first - 1) + 1;
      if (place < next) return place;
    }
  };
}

function taker(db: Database): (job: Take) => boolean {
  const cursor = db.prepare('SELECT id, seq FROM stream WHERE name = ?');
  const begin = db.prepare("INSERT INTO stream (name, seq, hash) VALUES (?, 0, '') RETURNING id");
  const move = db.prepare('UPDATE stream SET seq = ?, hash = ? WHERE id = ?');
  const said = db.prepare('INSERT INTO said (place, stream, seq) VALUES (?, ?, ?)');
  const words = db.prepare('INSERT INTO words (rowid, text, tags) VALUES (?, ?, ?)');
  const mark = marker(db);
  const placeFor = placer(db);
  const add = ({ id, name }: { readonly id: number; readonly name: string }, { seq, at, by, topic, text }: IndexedEntry) => {
    const place = placeFor(at);
    said.run(place, id, seq);
    const tags = [`in ${name}`, `topic ${topic}`, `by ${by}`].map((one) => tagOf(mark(one)));
    words.run(place, wordsOf(text).join(' '), tags.join(' '));
  };
  return ({ stream, after, upTo, entries }) => {
    const now = cursor.get(stream);
    if (Number(now?.['seq'] ?? 0) !== after) return false;
    const id = Number(now?.['id'] ?? begin.get(stream)?.['id']);
    for (const one of entries) add({ id, name: stream }, one);
    move.run(upTo.seq, upTo.leafHash, id);
    return true;
  };
}

function forgetter(db: Database): (stream: string) => void {
  const find = db.prepare('SELECT id FROM stream WHERE name = ?');
  const words = db.prepare('DELETE FROM words WHERE rowid IN (SELECT place FROM said WHERE stream = ?)');
  const said = db.prepare('DELETE FROM said WHERE stream = ?');
  const stream = db.prepare('DELETE FROM stream WHERE id = ?');
  return (name) => {
    const id = find.get(name)?.['id'];
    if (id === undefined) return;
    for (const statement of [words, said, stream]) statement.run(Number(id));
  };
}

/** A query in the index's own language. Words hold letters and digits only, so nothing of them can be taken for a sign of it. */
function matchOf(words: string, tags: readonly string[]): string | null {
  const parts = partsOf(words).map((part) => `"${part.words.join(' ')}"${mayGoOn(part) ? '*' : ''}`);
  return parts.length === 0 ? null : [`text : (${parts.join(' AND ')})`, ...tags.map((tag) => `tags : (${tag})`)].join(' AND ');
}

function finder(db: Database): (wanted: Wanted) => readonly Hit[] {
  const streams = db.prepare('SELECT id, name FROM stream');
  const mark = db.prepare('SELECT id FROM mark WHERE name = ?');
  const tag = (name: string) => {
    const id = mark.get(name)?.['id'];
    return id === undefined ? [] : [tagOf(Number(id))];
  };
  const select = (among: string) =>
    db.prepare(`SELECT said.stream, said.seq, said.place FROM words JOIN said ON said.place = words.rowid
      WHERE words MATCH ? AND words.rowid >= ? AND words.rowid < ? ${among} ORDER BY words.rowid DESC LIMIT ?`);
  const [inAll, inSome] = [select(''), select('AND said.stream IN (SELECT value FROM json_each (?))')];
  return (wanted) => {
    const held = new Map(streams.all().map((row) => [String(row['name']), Number(row['id'])]));
    const among = wanted.streams.filter((name) => held.has(name));
    const isEvery = among.length === held.size;
    const isBySign = isEvery || among.length <= MOST_STREAM_WORDS;
    // Each of these must be there; a list with nothing in it is something that no line of the index has.
    const tags = [
      ...(isEvery || !isBySign ? [] : [among.flatMap((name) => tag(`in ${name}`))]),
      ...(wanted.topic === undefined ? [] : [tag(`topic ${wanted.topic}`)]),
      ...(wanted.by === undefined ? [] : [tag(`by ${wanted.by}`)]),
    ];
    const match = matchOf(wanted.words, tags.map((all) => all.join(' OR '))); // biome-ignore format: one thought
    if (among.length === 0 || match === null || tags.some((all) => all.length === 0)) return [];
    const low = Math.ceil((wanted.from ?? 0) * PLACES_PER_MS);
    const high = Math.min(wanted.after ?? Number.MAX_SAFE_INTEGER, (Math.floor(wanted.to ?? 8e12) + 1) * PLACES_PER_MS);
    const ids = among.map((name) => held.get(name) ?? 0);
    const more: SqlValue[] = isBySign ? [wanted.limit] : [JSON.stringify(ids), wanted.limit];
    const rows = (isBySign ? inAll : inSome).all(match, low, high, ...more);
    const names = new Map([...held].map(([name, id]) => [id, name]));
    return rows.map((row) => ({ stream: names.get(Number(row['stream'])) ?? '', seq: Number(row['seq']), place: Number(row['place']) }));
  };
}
