// Notes and the time at which something was seen.
import { describe, expect, it } from 'vitest';
import { Play, person } from '../../../test/incident-kit.ts';

const anna = person('anna');
const DAY_MS = 24 * 3_600_000;
const NOW = 3 * DAY_MS;
const note = (seenAt?: number) => ({ type: 'write-note', text: 'He nods.', ...(seenAt === undefined ? {} : { seenAt }) });

describe('a note', () => {
  it('[D95] keeps the time at which it was seen, when that says more than the time of the log', () => {
    const play = new Play();
    for (const seenAt of [NOW - 5_000, NOW - 400, NOW + 900, undefined]) play.ask(anna, note(seenAt), NOW);
    expect([...play.state.notes].map((one) => [one.at, one.seenAt])).toEqual([
      [NOW, NOW - 5_000],
      [NOW, undefined],
      [NOW, undefined],
      [NOW, undefined],
    ]);
  });

  it('[D95] is refused with a time that is to come or more than a day old', () => {
    const play = new Play();
    for (const seenAt of [NOW + 2_001, NOW - DAY_MS - 1]) expect(play.asked(anna, note(seenAt), NOW)).toMatchObject({ rule: 'D95' });
  });
});
