// The boards as the pages know them: nothing without a word, nothing hidden from whom it is for, alarms only for whom they concern.
import { describe, expect, it } from 'vitest';
import { Play, person } from '../../../../../test/incident-kit.ts';
import { marksOf } from '../../../../core/incident/board.ts';
import { TOPICS } from '../../../../core/incident/topics.ts';
import { type BoardView, dueOf, isAlarmed } from './kind.ts';
import { BOARDS, GROUPS, groupsFor } from './list.ts';

const anna = person('anna');
const view = (name: string) => BOARDS.find((one) => one.name === name) as BoardView;
const onBoard = (play: Play, name: string) => {
  const row = view(name).rows(play.state)['row-1'];
  if (row === undefined) throw new Error('no row');
  return row;
};

describe('boards on the page', () => {
  it('[V40] are all there, each in one group, with words for every field, choice, state and mark', () => {
    const names = TOPICS.flatMap((topic) => ('board' in topic ? [topic.name] : []));
    expect(BOARDS.map((one) => one.name).sort()).toEqual([...names].sort());
    for (const topic of TOPICS) {
      if (!('board' in topic)) continue;
      const { words, marks } = view(topic.name);
      for (const [field, schema] of Object.entries(topic.board.fields.shape)) {
        expect(words.fields[field], `${topic.name}.${field}`).toBeTruthy();
        const options = 'options' in schema ? (schema.options as readonly string[]) : [];
        expect(Object.keys(words.choices?.[field] ?? {}).sort(), `${topic.name}.${field}`).toEqual([...options].sort());
      }
      expect(Object.keys(words.states ?? {}).sort(), topic.name).toEqual(Object.keys(topic.board.life?.next ?? {}).sort());
      for (const mark of marks) {
        expect(mark.act, topic.name).not.toBe('');
        expect(words.marks?.[mark.mark]?.done, topic.name).toBeTruthy();
        expect(Object.keys(topic.commands), topic.name).toContain(mark.ask);
      }
      for (const done of view(topic.name).done) expect(Object.keys(words.states ?? {}), topic.name).toContain(done);
    }
  });

  it('[V43] are offered in an order that fits the role, and a restricted one only to whom it is for', () => {
    expect(groupsFor({ roles: ['primary'] })[0]).toBe('he');
    expect(groupsFor({ roles: ['primary', 'leader'] })[0]).toBe('team');
    expect(groupsFor({ roles: ['tactical'] })[0]).toBe('danger');
    expect([...groupsFor({ roles: ['scribe'] })].sort()).toEqual(Object.keys(GROUPS).sort());
    expect(view('liaison').isFor({ personId: 'x', roles: ['primary'] })).toBe(false);
    expect(view('liaison').isFor({ personId: 'x', roles: ['tactical-liaison'] })).toBe(true);
  });

  it('[V42] call for eyes when a time is over, and the primary is shown no clock of a deadline', () => {
    const play = new Play();
    play.add(anna, 'deadline', { words: 'Now', dueAt: 5_000, whose: 'subject', threat: '' });
    const row = onBoard(play, 'deadlines');
    const seen = (roles: readonly ('primary' | 'coach')[], now: number) => ({ viewer: { personId: 'x', roles }, now });
    expect(isAlarmed(view('deadlines'), row, seen(['coach'], 4_999))).toBe(false);
    expect(isAlarmed(view('deadlines'), row, seen(['coach'], 5_000))).toBe(true);
    expect(isAlarmed(view('deadlines'), row, seen(['primary'], 6_000))).toBe(false);
    expect(dueOf(view('deadlines'), row, { personId: 'x', roles: ['primary'] })).toBeNull();
    play.ask(anna, { type: 'move-deadline', rowId: 'row-1', to: 'passed', note: '' });
    expect(isAlarmed(view('deadlines'), onBoard(play, 'deadlines'), seen(['coach'], 6_000))).toBe(false);
  });

  it('[V42] call for eyes of whom a request is for, until he has read it, and not of its author', () => {
    const play = new Play({ tobi: 'tactical', carl: 'coach' });
    play.add(anna, 'request', { question: 'Door?', to: 'tactical', more: '' });
    const calls = (personId: string) =>
      isAlarmed(view('requests'), onBoard(play, 'requests'), {
        viewer: { personId, roles: play.state.people[personId]?.roles ?? [] },
        now: 1,
      });
    expect([calls('tobi'), calls('carl'), calls('anna')]).toEqual([true, false, false]);
    play.ask(person('tobi'), { type: 'read-request', rowId: 'row-1', note: '' });
    expect(calls('tobi')).toBe(false);
    expect(marksOf(onBoard(play, 'requests'), 'read')).toHaveLength(1);
  });

  it('[V42] call for eyes when a promise is overdue', () => {
    const play = new Play();
    play.add(anna, 'promise', { what: 'A doctor', to: '', madeBy: 'anna', approvedBy: '', dueAt: 5_000 });
    const seen = { viewer: { personId: 'x', roles: ['primary'] as const }, now: 6_000 };
    expect(isAlarmed(view('promises'), onBoard(play, 'promises'), seen)).toBe(true);
    play.ask(anna, { type: 'move-promise', rowId: 'row-1', to: 'kept', note: '' });
    expect(isAlarmed(view('promises'), onBoard(play, 'promises'), seen)).toBe(false);
  });
});
