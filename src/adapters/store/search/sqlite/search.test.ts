// The index in a file: the contract, the same answers as the index in memory, and what a kill or a damaged file leaves.
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { said, searchContract } from '../../../../../test/contract/search.ts';
import { openMemorySearch } from '../memory/search.ts';
import { openSqliteSearch } from './search.ts';

const newPath = () => join(mkdtempSync(join(tmpdir(), 'parley-search-')), 'search.db');

searchContract('sqlite', () => openSqliteSearch({ path: newPath() }));

it('[D90] both indexes find the same, whatever the words', async () => {
  const word = fc.constantFrom(
    'dog',
    'Dogs',
    'do',
    'dög',
    'the',
    'a',
    'ab',
    'ba',
    "o'clock",
    '7',
    '70',
    'ß',
    'İ',
    'kathe',
    'Käthe',
    '"',
    '한글',
    'é',
    'ﬁ',
    '١',
  );
  const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
  const indexes = [openMemorySearch(), await openSqliteSearch({ path: newPath() })] as const;
  let round = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { minLength: 1, maxLength: 8 }),
      fc.array(text, { minLength: 1, maxLength: 6 }),
      async (texts, queries) => {
        round += 1;
        const stream = `s${round}`;
        for (const index of indexes)
          await index.take(stream, { after: 0, upTo: { seq: texts.length, leafHash: '' }, entries: said(texts) });
        for (const words of queries) {
          const [ours, theirs] = await Promise.all(indexes.map((index) => index.find({ words, streams: [stream], limit: 50 })));
          expect(
            theirs?.map((hit) => hit.seq),
            `${words} in ${texts.join(' | ')}`,
          ).toEqual(ours?.map((hit) => hit.seq));
        }
      },
    ),
    { numRuns: 60 },
  );
  for (const index of indexes) await index.close();
});

it('[D92] an index is there again after it was closed, readable by its owner only, and holds no text', async () => {
  const path = newPath();
  const first = await openSqliteSearch({ path });
  await first.take('a', { after: 0, upTo: { seq: 1, leafHash: 'h' }, entries: said(['Zebrastreifen am Haus']) });
  await first.close();
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(readFileSync(path).includes('Zebrastreifen am')).toBe(false);
  const second = await openSqliteSearch({ path });
  expect(await second.cursors()).toEqual(new Map([['a', { seq: 1, leafHash: 'h' }]]));
  expect(await second.find({ words: 'zebra', streams: ['a'], limit: 5 })).toHaveLength(1);
  await second.close();
});

it('[D92] a file that is no index any more is thrown away and made anew', async () => {
  const path = newPath();
  writeFileSync(path, 'not a database at all, and longer than a header would be '.repeat(50));
  const index = await openSqliteSearch({ path });
  expect(await index.cursors()).toEqual(new Map());
  await index.take('a', { after: 0, upTo: { seq: 1, leafHash: 'h' }, entries: said(['there']) });
  expect(await index.find({ words: 'there', streams: ['a'], limit: 5 })).toHaveLength(1);
  await index.close();
});
