// The light never says safe when it cannot know.
import { describe, expect, it } from 'vitest';
import { lightOf, STALE_MS } from './light.ts';

describe('the light', () => {
  it('[N8] says safe only on a whole and fresh log', () => {
    expect(lightOf({ isLoaded: true, ageMs: 100, unsafe: 0 })).toBe('safe');
    expect(lightOf({ isLoaded: false, ageMs: 100, unsafe: 0 })).toBe('unknown');
    expect(lightOf({ isLoaded: true, ageMs: STALE_MS + 1, unsafe: 0 })).toBe('unknown');
    expect(lightOf({ isLoaded: true, ageMs: Number.POSITIVE_INFINITY, unsafe: 0 })).toBe('unknown');
  });

  it('[N8] stays not safe however old the news is', () => {
    expect(lightOf({ isLoaded: true, ageMs: 100, unsafe: 1 })).toBe('not-safe');
    expect(lightOf({ isLoaded: false, ageMs: 600_000, unsafe: 2 })).toBe('not-safe');
  });
});
