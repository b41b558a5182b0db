// An index in memory: looks at every line. For tests, demonstrations and drills that leave nothing behind.
import type { Cursor, Hit, IndexedEntry, SearchIndex, Wanted } from '../../../../ports/search.ts';
import { StoreFault, type StreamId } from '../../../../ports/store.ts';
import { mayGoOn, type Part, PLACES_PER_MS, partsOf, wordsOf } from '../query.ts';

interface Kept extends IndexedEntry, Hit {
  readonly words: readonly string[];
}

function standsAt(words: readonly string[], part: Part, from: number): boolean {
  const last = part.words.length - 1;
  return part.words.every((word, i) => {
    const there = words[from + i];
    return there !== undefined && (i === last && mayGoOn(part) ? there.startsWith(word) : there === word);
  });
}

const hasPart = (words: readonly string[], part: Part) => words.some((_, from) => standsAt(words, part, from));

function passes(kept: Kept, { streams, topic, by, from, to, after }: Wanted): boolean {
  return (
    streams.includes(kept.stream) &&
    (topic === undefined || kept.topic === topic) &&
    (by === undefined || kept.by === by) &&
    (from === undefined || kept.at >= from) &&
    (to === undefined || kept.at <= to) &&
    (after === undefined || kept.place < after)
  );
}

/** Opens an empty index that lives as long as this process. */
export function openMemorySearch(): SearchIndex {
  const cursors = new Map<StreamId, Cursor>();
  let all: Kept[] = [];
  let isOpen = true;
  const mustBeOpen = () => {
    if (!isOpen) throw new StoreFault('closed', 'the index is closed');
  };
  const used = new Map<number, number>();
  const placeFor = (at: number): number => {
    let ms = at;
    while ((used.get(ms) ?? 0) === PLACES_PER_MS) ms += 1;
    const before = used.get(ms) ?? 0;
    used.set(ms, before + 1);
    return ms * PLACES_PER_MS + before;
  };
  return {
    async cursors() {
      mustBeOpen();
      return new Map(cursors);
    },
    async take(stream, { after, upTo, entries }) {
      mustBeOpen();
      if ((cursors.get(stream)?.seq ?? 0) !== after) return false;
      for (const one of entries) all.push({ ...one, stream, place: placeFor(one.at), words: wordsOf(one.text) });
      cursors.set(stream, upTo);
      return true;
    },
    async forget(stream) {
      mustBeOpen();
      cursors.delete(stream);
      all = all.filter((kept) => kept.stream !== stream);
    },
    async find(wanted) {
      mustBeOpen();
      const parts = partsOf(wanted.words);
      if (parts.length === 0) return [];
      return all
        .filter((kept) => passes(kept, wanted) && parts.every((part) => hasPart(kept.words, part)))
        .sort((a, b) => b.place - a.place)
        .slice(0, wanted.limit)
        .map(({ stream, seq, place }) => ({ stream, seq, place }));
    },
    async close() {
      isOpen = false;
    },
  };
}
