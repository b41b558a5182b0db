// People in and out: hours count from arrival and from the last break, over breaks, leaving and coming back.
import { describe, expect, it } from 'vitest';
import { Play, person } from '../../../test/incident-kit.ts';
import { ESTIMATED_LIMITS, hoursOf, type Presence, presenceOf } from './roster.ts';

const MIN = 60_000;
const limits = { shiftMin: 480, breakMin: 120 };
const fields = { who: 'Carl', member: 'carl', place: 'cell', part: 'coach', arrivedAt: null, phone: '' };
const moves = (to: string) => ({ type: 'move-presence', rowId: 'row-1', to, note: '' });
const row = (play: Play) => play.state.roster['row-1'] as Presence;
const hours = (play: Play, min: number) => hoursOf(row(play), min * MIN, limits);

function arrived(arrivedAt: number | null = null): Play {
  const play = new Play({ carl: 'coach' });
  play.add(person('carl'), 'presence', { ...fields, arrivedAt }, 10 * MIN);
  return play;
}

describe('people in and out', () => {
  it('[D54] arrive, take breaks, leave and come back, each step with its time, and are found by their membership', () => {
    const play = arrived();
    play.ask(person('anna'), moves('break'), 20 * MIN);
    play.ask(person('anna'), moves('left'), 30 * MIN);
    expect(hours(play, 40)).toBeNull();
    expect(presenceOf(play.state.roster, 'carl')?.state).toBe('left');
    play.ask(person('anna'), moves('here'), 50 * MIN);
    expect(presenceOf(play.state.roster, 'carl')?.id).toBe('row-1');
    expect(presenceOf(play.state.roster, 'anna')).toBeUndefined();
    expect(row(play).history.map(({ at, state }) => [at / MIN, state])).toEqual([
      [10, undefined],
      [20, 'break'],
      [30, 'left'],
      [50, 'here'],
    ]);
    expect(hours(play, 60)).toMatchObject({ sinceArrivalMs: 10 * MIN, sinceBreakMs: 10 * MIN });
  });

  it('[D55] count since arrival, also one that was written down late, and since the last break', () => {
    const play = arrived(2 * MIN);
    expect(hours(play, 102)).toEqual({
      sinceArrivalMs: 100 * MIN,
      sinceBreakMs: 100 * MIN,
      isOnBreak: false,
      isOverShift: false,
      isOverBreak: false,
    });
    expect(hours(play, 122)).toMatchObject({ isOverBreak: true, isOverShift: false });
    play.ask(person('carl'), moves('break'), 130 * MIN);
    expect(hours(play, 140)).toMatchObject({ isOnBreak: true, sinceBreakMs: 0, isOverBreak: false });
    play.ask(person('carl'), moves('here'), 150 * MIN);
    expect(hours(play, 160)).toMatchObject({ sinceArrivalMs: 158 * MIN, sinceBreakMs: 10 * MIN });
    expect(hours(play, 482)).toMatchObject({ isOverShift: true, isOverBreak: true });
  });

  it('[D55] have limits that stand as an estimate until leader or commander sets those of the agency', () => {
    const play = new Play({ carl: 'coach', ines: 'commander' });
    expect(play.state.hours).toEqual(ESTIMATED_LIMITS);
    expect(play.state.hours.isSet).toBe(false);
    expect(play.asked(person('carl'), { type: 'set-hours', shiftMin: 600, breakMin: 90 })).toMatchObject({ rule: 'T5' });
    expect(play.asked(person('ines'), { type: 'set-hours', shiftMin: 1, breakMin: 90 })).toMatchObject({ rule: 'P2' });
    play.ask(person('ines'), { type: 'set-hours', shiftMin: 600, breakMin: 90 });
    expect(play.state.hours).toEqual({ shiftMin: 600, breakMin: 90, isSet: true });
  });
});
