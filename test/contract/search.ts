// What every index must do, run on each of them. Nothing here knows which one it is.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IndexedEntry, SearchIndex, Wanted } from '../../src/ports/search.ts';

const cursor = (seq: number) => ({ seq, leafHash: `hash-${seq}` });

/** Entries with these texts, one each second, by Anna, on the notes. */
export const said = (texts: readonly string[], from = 1): IndexedEntry[] =>
  texts.map((text, i) => ({ seq: from + i, at: (from + i) * 1_000, by: 'p-anna', topic: 'notes', text }));

/** Runs the contract on the indexes that `openEmpty` gives. */
export function searchContract(name: string, openEmpty: () => Promise<SearchIndex>): void {
  describe(`${name} keeps the index's contract`, () => {
    let index: SearchIndex;
    beforeEach(async () => {
      index = await openEmpty();
    });
    afterEach(() => index.close());

    const fill = async (stream: string, entries: readonly IndexedEntry[]) =>
      expect(await index.take(stream, { after: 0, upTo: cursor(entries.at(-1)?.seq ?? 0), entries })).toBe(true);
    const seqs = async (words: string, more: Partial<Wanted> = {}) =>
      (await index.find({ words, streams: ['a'], limit: 100, ...more })).map((hit) => hit.seq);

    it('[D90] finds beginnings of words in any order, without case and accents, newest first', async () => {
      await fill('a', said(['Käthe took the dog', 'the DOGS bark', 'dog, and Kathe again', 'a hot dog-house', 'nothing', 'Ωμέγα naïve']));
      expect(await seqs('dog')).toEqual([4, 3, 2, 1]);
      expect(await seqs('kathe DOG')).toEqual([3, 1]);
      expect(await seqs('Dog käthe')).toEqual([3, 1]);
      expect(await seqs('ωμεγα')).toEqual([6]);
      expect(await seqs('NAIVE')).toEqual([6]);
      expect(await seqs('og')).toEqual([]);
      expect(await seqs('t')).toEqual([]);
    });

    it('[D90] finds text in quotes as it stands, and takes signs for nothing', async () => {
      await fill('a', said(['the brown dog sleeps', 'the dog is brown', "it's five o'clock", '50 % of NEAR OR (all)']));
      expect(await seqs('"brown dog"')).toEqual([1]);
      expect(await seqs('"brown do"')).toEqual([]);
      expect(await seqs('"dog')).toEqual([2, 1]);
      expect(await seqs("o'clo")).toEqual([3]);
      expect(await seqs('NEAR or (all) 50% * ^ - + :')).toEqual([4]);
      for (const none of ['', ' ', '"', '""', '*', 'AND', '-', 'text:dog', '"; DROP TABLE words'])
        expect(await seqs(none), none).toEqual([]);
    });

    it('[D91] keeps to streams, board, author and time, and goes on after a place', async () => {
      const rows: IndexedEntry[] = [
        { seq: 1, at: 1_000, by: 'p-anna', topic: 'notes', text: 'gun' },
        { seq: 2, at: 2_000, by: 'device', topic: 'demands', text: 'gun' },
        { seq: 3, at: 2_000, by: 'p-anna', topic: 'demands', text: 'gun' },
        { seq: 5, at: 9_000, by: 'p-bo', topic: 'weapons', text: 'gun' },
      ];
      await fill('a', rows);
      await fill('b', said(['gun'], 4));
      await fill('c', said(['gun'], 7));
      expect(await seqs('gun')).toEqual([5, 3, 2, 1]);
      expect(await seqs('gun', { topic: 'demands' })).toEqual([3, 2]);
      expect(await seqs('gun', { topic: 'demands', by: 'p-anna' })).toEqual([3]);
      expect(await seqs('gun', { by: 'nobody' })).toEqual([]);
      expect(await seqs('gun', { from: 2_000, to: 9_000 })).toEqual([5, 3, 2]);
      expect(await seqs('gun', { from: 2_001, to: 8_999 })).toEqual([]);
      expect(await seqs('gun', { streams: [] })).toEqual([]);
      expect(await seqs('gun', { streams: ['a', 'b', 'none'] })).toEqual([5, 4, 3, 2, 1]);
      expect(await seqs('gun', { streams: ['a', 'b', 'c'] })).toEqual([5, 7, 4, 3, 2, 1]);
      const many = Array.from({ length: 200 }, (_, i) => `none-${i}`);
      expect(await seqs('gun', { streams: [...many, 'a', 'b'], limit: 2 })).toEqual([5, 4]);
      const [first, second] = await index.find({ words: 'gun', streams: ['a'], limit: 2 });
      expect(first?.stream).toBe('a');
      expect(await seqs('gun', { after: second?.place ?? 0 })).toEqual([2, 1]);
    });

    it('[D92] takes what follows its cursor and nothing else, and forgets a stream as a whole', async () => {
      await fill('a', said(['one', 'two']));
      expect(await index.take('a', { after: 0, upTo: cursor(3), entries: said(['three'], 3) })).toBe(false);
      expect(await index.take('a', { after: 1, upTo: cursor(3), entries: said(['three'], 3) })).toBe(false);
      expect(await index.take('b', { after: 1, upTo: cursor(2), entries: [] })).toBe(false);
      expect(await seqs('three')).toEqual([]);
      expect(await index.take('a', { after: 2, upTo: cursor(9), entries: [] })).toBe(true);
      await fill('b', said(['two']));
      expect(await index.cursors()).toEqual(new Map([['a', cursor(9)], ['b', cursor(1)]])); // biome-ignore format: one line a stream
      await index.forget('a');
      await index.forget('never-there');
      expect(await index.cursors()).toEqual(new Map([['b', cursor(1)]]));
      expect(await seqs('two')).toEqual([]);
      expect(await seqs('two', { streams: ['a', 'b'] })).toEqual([1]);
      await fill('a', said(['two again']));
      expect(await seqs('two')).toEqual([1]);
    });

    it('[D90] tells apart thousands of entries of one moment, in their order', async () => {
      const entries = Array.from({ length: 2_500 }, (_, i) => ({ seq: i + 1, at: 5_000, by: 'parley', topic: 'notes', text: `same ${i}` }));
      await fill('a', entries);
      const all = await index.find({ words: 'same', streams: ['a'], limit: 1_000 });
      expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 1_000 }, (_, i) => 2_500 - i));
      expect(new Set(all.map(({ place }) => place)).size).toBe(1_000);
    });

    it('[D92] a closed index answers closed', async () => {
      await index.close();
      await index.close();
      await expect(index.cursors()).rejects.toMatchObject({ code: 'closed' });
      await expect(index.find({ words: 'x', streams: ['a'], limit: 1 })).rejects.toMatchObject({ code: 'closed' });
    });
  });
}
