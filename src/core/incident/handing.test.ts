// A first officer hands his line to the team.
import { describe, expect, it } from 'vitest';
import { box, Play, person } from '../../../test/incident-kit.ts';
import { LISTENS_AS } from './handing.ts';
import { isRefusal } from './topic.ts';

const anna = person('anna');
const boris = person('boris');
const up = (play: Play, id: string) => play.ask(box, { type: 'report-leg', leg: `person.${id}`, state: 'up', cause: '' });
const roles = (play: Play, id: string) => [...(play.state.people[id]?.roles ?? [])].sort();
const hand = (stays: boolean) => ({ type: 'hand-to-team', leaderId: 'lena', primaryId: 'boris', stays });

function talking(): Play {
  const play = new Play({ boris: 'coach', lena: 'commander', rita: 'third-party' });
  up(play, 'anna');
  play.ask(anna, { type: 'take-floor' });
  return play;
}

describe('handing the line to the team', () => {
  it('[N127] gives lead and primary at once, and the floor in two steps: he talks until the other accepts', () => {
    const play = talking();
    up(play, 'boris');
    play.ask(anna, hand(true));
    expect([roles(play, 'anna'), roles(play, 'boris'), roles(play, 'lena')]).toEqual([
      ['primary'],
      ['coach', 'primary'],
      ['commander', 'leader'],
    ]);
    expect(play.state.floor).toMatchObject({ holder: 'anna', offeredTo: 'boris' });
    play.ask(boris, { type: 'accept-floor' });
    expect(play.state.floor.holder).toBe('boris');
    expect(roles(play, 'anna')).toEqual([LISTENS_AS]);
    expect(play.state.people['anna']?.noTalk).toBe(true);
    expect(play.state.handing.pending).toBeNull();
    expect(play.drafts.map(({ type }) => type)).toContain('line-handed');
  });

  it('[N128] leaves him without any role when he does not stay', () => {
    const play = talking();
    up(play, 'boris');
    play.ask(anna, hand(false));
    play.ask(boris, { type: 'accept-floor' });
    expect(roles(play, 'anna')).toEqual([]);
    expect(play.state.people['boris']?.roles).toContain('primary');
  });

  it('[N128] lets him go at once when he does not talk, and when his sound is lost meanwhile', () => {
    const silent = new Play({ boris: 'coach', lena: 'commander' });
    silent.ask(anna, hand(false));
    expect(roles(silent, 'anna')).toEqual([]);
    const play = talking();
    up(play, 'boris');
    play.ask(anna, hand(true));
    play.ask(box, { type: 'report-leg', leg: 'person.anna', state: 'lost', cause: '' });
    play.ask(boris, { type: 'take-floor' });
    expect(roles(play, 'anna')).toEqual([LISTENS_AS]);
  });

  it('[N127] is refused for who is not in the call to take the floor, for relatives, strangers and oneself', () => {
    const play = talking();
    const ruleOf = (raw: Record<string, unknown>, who = anna) => {
      const decision = play.asked(who, raw);
      return isRefusal(decision) ? decision.rule : null;
    };
    expect(ruleOf(hand(true))).toBe('A9');
    up(play, 'boris');
    expect(ruleOf({ ...hand(true), primaryId: 'rita' })).toBe('N127');
    expect(ruleOf({ ...hand(true), leaderId: 'stranger' })).toBe('N127');
    expect(ruleOf({ ...hand(true), leaderId: 'anna' })).toBe('N127');
    expect(ruleOf(hand(true), boris)).toBe('T5');
    expect(ruleOf(hand(true))).toBeNull();
  });
});
