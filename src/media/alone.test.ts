// When a worker that nobody needs ends.
import { expect, it } from 'vitest';
import { ALONE_LIMIT_MS, AloneWatch } from './alone.ts';

it('[A9] a worker ends by itself only after ten minutes without a server and without a leg', () => {
  const watch = new AloneWatch(0);
  expect(watch.isOver(true, 3 * ALONE_LIMIT_MS)).toBe(false);
  expect(watch.isOver(false, 4 * ALONE_LIMIT_MS)).toBe(false);
  expect(watch.isOver(true, 4 * ALONE_LIMIT_MS)).toBe(false);
  expect(watch.isOver(false, 5 * ALONE_LIMIT_MS)).toBe(false);
  expect(watch.isOver(false, 5 * ALONE_LIMIT_MS + 1)).toBe(true);
});
