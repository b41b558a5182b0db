// What is found by a few letters, and what comes first.
import { describe, expect, it } from 'vitest';
import { fitting } from './fuzzy.ts';
import { marked } from './marked.ts';

const names = (query: string) =>
  fitting(
    [
      { name: 'Take the floor', where: 'Floor' },
      { name: 'Offer the floor', where: 'Floor' },
      { name: 'Hold', where: 'Lines Brother' },
      { name: 'Add a hook', where: 'Boards' },
      { name: 'Talk at the table', where: 'Dock' },
    ],
    query,
  ).map(({ name }) => name);

describe('the palette', () => {
  it('[V67] finds by beginnings of words in any order, by the place, and by scattered letters', () => {
    expect(names('floor take')).toEqual(['Take the floor']);
    expect(names('FL')).toEqual(['Take the floor', 'Offer the floor']);
    expect(names('broth')).toEqual(['Hold']);
    expect(names('ho')).toEqual(['Hold', 'Add a hook']);
    expect(names('tktbl')).toEqual(['Talk at the table']);
    expect(names('xyz')).toEqual([]);
    expect(names('take xyz')).toEqual([]);
    expect(names(' ')).toHaveLength(5);
  });
});

describe('found words', () => {
  it('[D90] are shown where they stand, without changing the text', () => {
    const pieces = marked('Käthe’s dogs, hotdog', 'kathe dog');
    expect(pieces.map(({ text }) => text).join('')).toBe('Käthe’s dogs, hotdog');
    expect(pieces.filter(({ isHit }) => isHit).map(({ text }) => text)).toEqual(['Käthe', 'dogs']);
  });
});
