// The tactical gate: nothing is clear before the negotiation side said so or the commander let it through, and a change shuts it again.
import { describe, expect, it } from 'vitest';
import { Play, person } from '../../../test/incident-kit.ts';
import { actionsAhead, isClear, type TacticalAction } from './tacticals.ts';

const TEAM = { carl: 'coach', toni: 'tactical', tina: 'tactical-liaison', ines: 'commander', sami: 'scribe' } as const;
const what = { what: 'Power off in the flat', sort: 'power', at: 60_000, where: 'flat 3', more: '' };

function announced(by = 'toni'): Play {
  const play = new Play(TEAM);
  play.add(person(by), 'tactical-action', what);
  return play;
}
const moves = (to: string, note = '') => ({ type: 'move-tactical-action', rowId: 'row-1', to, note });
const row = (play: Play) => play.state.tacticals['row-1'] as TacticalAction;

describe('the tactical gate', () => {
  it('[D50] opens by coach or leader only, or by the commander with a reason, and until then the action is not clear', () => {
    for (const sort of ['power', 'lights', 'vehicles', 'gas', 'approach', 'other']) {
      const play = new Play(TEAM);
      play.add(person('toni'), 'tactical-action', { ...what, sort });
      expect(isClear(row(play)), sort).toBe(false);
    }
    expect(announced().asked(person('toni'), moves('acknowledged'))).toMatchObject({ rule: 'D51' });
    for (const who of ['tina', 'ines']) expect(announced().asked(person(who), moves('acknowledged'))).toMatchObject({ rule: 'D8' });
    expect(announced().asked(person('sami'), moves('acknowledged'))).toMatchObject({ rule: 'T5' });
    expect(announced().asked(person('toni'), moves('under-way'))).toMatchObject({ rule: 'D4' });
    expect(announced().asked(person('carl'), moves('overridden', 'now'))).toMatchObject({ rule: 'D8' });
    expect(announced().asked(person('ines'), moves('overridden'))).toMatchObject({ rule: 'D7' });
    for (const who of ['carl', 'anna']) {
      const play = announced();
      play.ask(person(who), moves('acknowledged'), 5_000);
      expect(isClear(row(play))).toBe(true);
      expect(row(play)).toMatchObject({ state: 'acknowledged', since: 5_000 });
    }
    const play = announced();
    play.ask(person('ines'), moves('overridden', 'a shot was fired'), 7_000);
    expect(isClear(row(play))).toBe(true);
    expect(row(play).history.at(-1)).toMatchObject({ at: 7_000, by: { personId: 'ines' }, state: 'overridden', note: 'a shot was fired' });
  });

  it('[D50] is announced by the tactical side and the commander only', () => {
    const play = new Play(TEAM);
    for (const who of ['carl', 'anna', 'sami'])
      expect(
        play.asked(person(who), { type: 'add-tactical-action', rowId: 'row-1', fields: what, source: '', confidence: 'likely' }),
      ).toMatchObject({
        rule: 'T5',
      });
  });

  it('[D51] is opened by nobody for himself', () => {
    const play = new Play({ ...TEAM, lena: 'leader' });
    play.ask(person('anna'), { type: 'assign-role', personId: 'anna', name: 'anna', role: 'tactical-liaison' });
    play.add(person('anna'), 'tactical-action', what);
    expect(play.asked(person('anna'), moves('acknowledged'))).toMatchObject({ rule: 'D51' });
    play.ask(person('lena'), moves('acknowledged'));
    expect(isClear(row(play))).toBe(true);
  });

  it('[D52] shuts again when what, when or where is changed, and stays when only the source is', () => {
    const corrects = (fields: object) => ({ type: 'correct-tactical-action', rowId: 'row-1', fields, note: '' });
    for (const fields of [{ at: 90_000 }, { where: 'flat 4' }, { what: 'Power and water off' }]) {
      const play = announced();
      play.ask(person('carl'), moves('acknowledged'));
      play.ask(person('toni'), corrects(fields));
      expect(row(play).state).toBe('announced');
    }
    const play = announced();
    play.ask(person('ines'), moves('overridden', 'at once'));
    play.ask(person('toni'), { ...corrects({}), source: 'radio' });
    expect(row(play).state).toBe('overridden');
    play.ask(person('tina'), corrects({ at: null }));
    expect(isClear(row(play))).toBe(false);
  });

  it('[D53] keeps the time of every step, and an action that went ahead without the gate stays in sight, the first of all', () => {
    const play = announced();
    play.ask(person('carl'), moves('acknowledged'), 2_000);
    play.ask(person('toni'), moves('under-way'), 3_000);
    expect(play.asked(person('toni'), moves('done'))).toMatchObject({ rule: 'D7' });
    play.ask(person('toni'), moves('done', 'off since 14:30'), 4_000);
    expect(row(play).history.map(({ at, state }) => [at, state])).toEqual([
      [1_000, undefined],
      [2_000, 'acknowledged'],
      [3_000, 'under-way'],
      [4_000, 'done'],
    ]);
    expect(actionsAhead(play.state.tacticals)).toEqual([]);
    for (const [rowId, at] of [
      ['row-2', 5_000],
      ['row-3', null],
      ['row-4', 1],
    ] as const)
      play.ask(person('toni'), { type: 'add-tactical-action', rowId, fields: { ...what, at }, source: '', confidence: 'likely' });
    play.ask(person('carl'), { ...moves('acknowledged'), rowId: 'row-4' });
    play.ask(person('toni'), { ...moves('went-ahead', 'an officer saw a gun'), rowId: 'row-2' });
    expect(actionsAhead(play.state.tacticals).map(({ id }) => id)).toEqual(['row-2', 'row-3', 'row-4']);
    expect(isClear(play.state.tacticals['row-2'] as TacticalAction)).toBe(false);
  });
});
