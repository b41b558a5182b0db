// The list that only grows: what it holds, what older lists keep holding, what a long one costs.
import { expect, it } from 'vitest';
import { Grown } from './grown.ts';

const of = (...items: number[]) => items.reduce((list, item) => list.with(item), Grown.empty<number>());

it('[B11] holds what was added, in its order', () => {
  const list = of(1, 2, 3);
  expect([...list]).toEqual([1, 2, 3]);
  expect(list.length).toBe(3);
  expect(list.map((n) => n * 2)).toEqual([2, 4, 6]);
  expect(JSON.stringify({ list })).toBe('{"list":[1,2,3]}');
});

it('[B11] leaves every list that somebody holds as it was', () => {
  const held = of(1, 2);
  const [left, right] = [held.with(3), held.with(4)];
  expect([...left.with(5)]).toEqual([1, 2, 3, 5]);
  expect([...right.with(6)]).toEqual([1, 2, 4, 6]);
  expect([...held]).toEqual([1, 2]);
  expect(held.findLast((n) => n > 2)).toBeUndefined();
  expect([...Grown.empty<number>()]).toEqual([]);
});

it('[B11] finds the newest first', () => {
  const list = of(1, 2, 3).map((n) => ({ n, even: n % 2 === 0 }));
  const rows = list.reduce((grown, row) => grown.with(row), Grown.empty<(typeof list)[number]>());
  expect(rows.findLast((row) => !row.even)?.n).toBe(3);
});

it('[B11] is equal by what it holds, also when its store has grown on', () => {
  const held = of(1);
  held.with(2);
  expect(held).toEqual(of(1));
  expect(held).not.toEqual(of(1, 2));
});
