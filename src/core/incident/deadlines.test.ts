// Deadlines: the box warns once each, of the time that holds now, and not the primary.
import { describe, expect, it } from 'vitest';
import { box, Play, person } from '../../../test/incident-kit.ts';
import { deadlinesTopic, WARNINGS_MIN } from './deadlines.ts';
import { dues, sees } from './log.ts';
import type { Role } from './topic.ts';

const MIN = 60_000;
const anna = person('anna');
const NOON = 1_000_000_000_000;
const fields = { words: 'By noon or I jump', dueAt: NOON, whose: 'subject', threat: 'jumps' };

/** Lets the box do all that is due up to a time, as its clock would. Gives the warnings of that time in minutes. */
function until(play: Play, at: number): readonly unknown[] {
  const before = play.drafts.length;
  for (let turn = 0; turn < 20; turn += 1)
    for (const due of dues(play.state).filter((one) => one.at <= at)) play.ask(box, { ...due.command }, Math.max(due.at, at));
  return play.drafts
    .slice(before)
    .filter((d) => d.type === 'deadline-warned')
    .map((d) => (d.payload as { minutes: number }).minutes);
}

function withDeadline(at: number): Play {
  const play = new Play();
  play.add(anna, 'deadline', fields, at);
  return play;
}

describe('a deadline', () => {
  it('[D11] is warned of 30, 15 and 5 minutes before and at its time, each once', () => {
    const play = withDeadline(NOON - 60 * MIN);
    const told = Array.from({ length: 70 }, (_, minute) => until(play, NOON - (60 - minute) * MIN));
    expect(told.flat()).toEqual([...WARNINGS_MIN]);
    expect(WARNINGS_MIN.map((minutes) => told[60 - minutes])).toEqual(WARNINGS_MIN.map((minutes) => [minutes]));
    expect(dues(play.state)).toEqual([]);
  });

  it('[D12] that is near or over when it is written down gets only the warning that holds now', () => {
    expect(until(withDeadline(NOON - 2 * MIN), NOON - 2 * MIN)).toEqual([5]);
    expect(until(withDeadline(NOON + MIN), NOON + MIN)).toEqual([0]);
    const play = withDeadline(NOON - 20 * MIN);
    expect(until(play, NOON - 20 * MIN)).toEqual([30]);
    expect(until(play, NOON + 90 * MIN)).toEqual([0]);
  });

  it('[D13] is warned of anew when its time is corrected, and no more when it has an outcome or is withdrawn', () => {
    const play = withDeadline(NOON - 2 * MIN);
    until(play, NOON - 2 * MIN);
    play.ask(anna, { type: 'correct-deadline', rowId: 'row-1', fields: { dueAt: NOON + 40 * MIN }, note: 'he said one o’clock' });
    expect(until(play, NOON - MIN)).toEqual([]);
    expect(until(play, NOON + 10 * MIN)).toEqual([30]);
    for (const end of [
      { type: 'move-deadline', rowId: 'row-1', to: 'passed', note: '' },
      { type: 'withdraw-deadline', rowId: 'row-1', note: 'misheard' },
    ]) {
      const ended = withDeadline(NOON - 60 * MIN);
      ended.ask(anna, end);
      expect(until(ended, NOON + MIN)).toEqual([]);
    }
    const open = withDeadline(NOON - 60 * MIN);
    open.ask(anna, { type: 'correct-deadline', rowId: 'row-1', fields: { dueAt: null }, note: 'no hour was named' });
    expect(dues(open.state)).toEqual([]);
  });

  it('[D14] shows its warnings to the team and not to the primary, unless he leads or coaches', () => {
    const warned = { seq: 1, at: 1, who: box, type: 'deadline-warned', payload: { rowId: 'row-1', note: '', minutes: 5, dueAt: 1 } };
    const may = (...roles: Role[]) => sees({ personId: 'x', roles }, warned);
    expect([may('coach'), may('leader'), may('commander'), may('scribe'), may('primary', 'leader')]).toEqual(Array(5).fill(true));
    expect([may('primary'), may('primary', 'scribe'), may('third-party')]).toEqual([false, false, false]);
  });

  it('[D15] cannot be one of the police: only his and those of people with him can be written down', () => {
    const play = new Play();
    const add = { type: 'add-deadline', rowId: 'row-1', source: '', confidence: 'likely' };
    for (const whose of ['police', 'team', ''])
      expect(play.asked(anna, { ...add, fields: { ...fields, whose } }), whose).toMatchObject({ rule: 'P2' });
    expect(Object.keys(deadlinesTopic.board.fields.shape)).toEqual(['words', 'dueAt', 'whose', 'threat']);
  });

  it('[D10] counts how often he came back to it', () => {
    const play = withDeadline(NOON - 60 * MIN);
    play.ask(anna, { type: 'repeat-deadline', rowId: 'row-1', note: 'again' }, 2_000);
    expect(play.state.deadlines['row-1']?.history.filter((c) => c.mark === 'repeated').map((c) => c.at)).toEqual([2_000]);
  });
});
