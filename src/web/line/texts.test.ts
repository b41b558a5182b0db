// Texts at the person's page: nothing is lost while the way is gone, nothing goes twice, and only what is in sight counts as shown.
import { describe, expect, it } from 'vitest';
import { type FromField, fromField } from '../../protocol/field.ts';
import { makeHandClock } from './hand-clock.ts';
import { MAX_CHARS, makeTexts, newTextId } from './texts.ts';

function page() {
  const timing = makeHandClock();
  const said: FromField[] = [];
  const way = { isThere: true, isSeen: true };
  let ids = 0;
  const texts = makeTexts({
    timing,
    send: (message) => {
      if (way.isThere) said.push(message);
      return way.isThere;
    },
    isSeen: () => way.isSeen,
    newId: () => {
      ids += 1;
      return `id${ids}`;
    },
    onChange: () => {},
  });
  return { timing, said, way, texts };
}
const written = (said: readonly FromField[]) => said.flatMap((m) => (m.t === 'text' ? [m.text] : []));

describe('texts at the page', () => {
  it('[N112] keep what is written while the line is lost, and send it on return, in order and once', () => {
    const { timing, said, texts } = page();
    texts.write('one');
    texts.write('two');
    expect(said).toEqual([]);
    texts.wayIsOpen();
    expect(written(said)).toEqual(['one']);
    texts.wayIsShut();
    texts.write('three');
    timing.pass(10_000);
    texts.wayIsOpen();
    expect(said.filter((m) => m.t === 'text').map((m) => m.t === 'text' && m.id)).toEqual(['id1', 'id1']);
    for (const id of ['id1', 'id2', 'id3']) texts.taken(id);
    expect(written(said)).toEqual(['one', 'one', 'two', 'three']);
    timing.pass(10_000);
    expect(written(said)).toHaveLength(4);
    expect(texts.lines().map((line) => [line.text, line.isSent])).toEqual([
      ['one', true],
      ['two', true],
      ['three', true],
    ]);
    texts.stop();
  });

  it('[N112] say again what was not taken, under the same id', () => {
    const { timing, said, texts } = page();
    texts.wayIsOpen();
    texts.write('one');
    expect(texts.lines()[0]).toMatchObject({ isMine: true, isSent: false });
    timing.pass(4_000);
    expect(said).toEqual([
      { t: 'text', id: 'id1', text: 'one' },
      { t: 'text', id: 'id1', text: 'one' },
    ]);
    texts.stop();
  });

  it('[N111] show each text once, and tell of it only when it is in sight', () => {
    const { timing, said, way, texts } = page();
    way.isSeen = false;
    texts.wayIsOpen();
    texts.came(1, 'I am here');
    texts.came(1, 'I am here');
    expect(texts.lines()).toHaveLength(1);
    timing.pass(5_000);
    expect(said).toEqual([]);
    way.isSeen = true;
    timing.pass(1_000);
    expect(said).toEqual([{ t: 'text-shown', n: 1 }]);
    timing.pass(5_000);
    expect(said).toHaveLength(1);
    texts.came(1, 'I am here');
    expect(said).toHaveLength(2);
    texts.stop();
  });

  it('[P46] are within the bounds of the wire, whatever is pasted', () => {
    const { said, texts } = page();
    texts.wayIsOpen();
    texts.write('  \n ');
    texts.write('x'.repeat(MAX_CHARS * 3));
    const [only] = said;
    expect(said).toHaveLength(1);
    expect(fromField.safeParse({ ...only, id: newTextId() }).success).toBe(true);
    texts.stop();
  });
});
