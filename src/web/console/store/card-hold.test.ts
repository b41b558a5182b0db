// The primary's card waits for the subject to stop, and not for ever.
import { describe, expect, it } from 'vitest';
import { LONGEST_HOLD_MS, makeCardHold } from './card-hold.ts';

describe("the primary's card", () => {
  it('[V52] is held back while the subject speaks, shown when he stops, newest first and one at a time', () => {
    const hold = makeCardHold();
    expect(hold.look(['a'], -20, 0)).toBeNull();
    expect(hold.look(['a'], -60, 500)).toBeNull();
    expect(hold.look(['a'], -60, 800)).toBe('a');
    expect(hold.look(['a'], -20, 1_000)).toBe('a');
    expect(hold.look(['b', 'a'], -20, 1_200)).toBe('a');
    expect(hold.look(['b', 'a'], -60, 2_000)).toBe('b');
    expect(hold.look(['a'], -60, 2_200)).toBe('a');
    expect(hold.look([], -60, 2_400)).toBeNull();
  });

  it('[V52] comes at once when no line is live, and after twenty seconds of steady noise', () => {
    const hold = makeCardHold();
    expect(hold.look(['a'], null, 0)).toBe('a');
    expect(hold.look([], -10, 100)).toBeNull();
    expect(hold.look(['b'], -10, 200)).toBeNull();
    expect(hold.look(['b'], -10, 200 + LONGEST_HOLD_MS - 1)).toBeNull();
    expect(hold.look(['b'], -10, 200 + LONGEST_HOLD_MS)).toBe('b');
  });
});
