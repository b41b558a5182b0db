// Relief: two in the role for a while, one floor holder, "read and accepted" by who comes in, and only then the other one is free.
import { describe, expect, it } from 'vitest';
import { box, Play, person } from '../../../test/incident-kit.ts';
import { hasRole } from './people.ts';
import { knowsTo, openReliefs } from './relief.ts';

const TEAM = { boris: 'primary', carl: 'coach', rita: 'intelligence', sister: 'third-party' } as const;
const on = { reliefId: 'relief1' };
const starts = (more: object = {}) => ({ type: 'start-relief', ...on, role: 'primary', outId: 'boris', inId: 'rita', ...more });
const withLegs = (play: Play, ...people: readonly string[]) => {
  for (const id of people) play.ask(box, { type: 'report-leg', leg: `person.${id}`, state: 'up', cause: 'test' });
};

function started(more: object = {}): Play {
  const play = new Play(TEAM);
  play.ask(person('anna'), starts(more), 10_000);
  return play;
}

describe('relief', () => {
  it('[D61] puts both into the role, and the floor stays with its one holder', () => {
    const play = new Play(TEAM);
    withLegs(play, 'boris', 'rita');
    play.ask(person('boris'), { type: 'take-floor' });
    play.ask(person('anna'), starts());
    expect([hasRole(play.state.people, 'boris', 'primary'), hasRole(play.state.people, 'rita', 'primary')]).toEqual([true, true]);
    expect(play.state.floor.holder).toBe('boris');
    expect(play.asked(person('rita'), { type: 'take-floor' })).toMatchObject({ rule: 'A2' });
    expect(openReliefs(play.state.relief)).toHaveLength(1);
  });

  it('[D62] is started by the leader, for a role that somebody has, and for somebody of the team', () => {
    const play = new Play(TEAM);
    expect(play.asked(person('carl'), starts())).toMatchObject({ rule: 'T5' });
    for (const wrong of [{ role: 'coach' }, { inId: 'boris' }, { inId: 'nobody' }, { inId: 'sister' }, { role: 'third-party' }])
      expect(play.asked(person('anna'), starts(wrong)), JSON.stringify(wrong)).toMatchObject({ rule: 'D62' });
    play.ask(person('anna'), { type: 'set-no-talk', personId: 'rita', noTalk: true });
    expect(play.asked(person('anna'), starts())).toMatchObject({ rule: 'A5' });
    play.ask(person('anna'), starts({ inId: 'carl' }));
    expect(play.asked(person('anna'), starts({ reliefId: 'relief2', inId: 'carl' }))).toMatchObject({ rule: 'D62' });
  });

  it('[D63] is read and accepted by who comes in and nobody else, as an entry, before the other one is free', () => {
    const play = started();
    expect(play.asked(person('boris'), { type: 'complete-relief', ...on })).toMatchObject({ rule: 'D63' });
    for (const who of ['anna', 'boris', 'carl'])
      expect(play.asked(person(who), { type: 'accept-relief', ...on })).toMatchObject({ rule: 'D63' });
    const seq = play.state.seq;
    play.ask(person('rita'), { type: 'accept-relief', ...on }, 20_000);
    expect(play.state.relief['relief1']).toMatchObject({ acceptedAt: 20_000, readTo: seq });
    expect(play.asked(person('rita'), { type: 'accept-relief', ...on })).toEqual([]);
    expect(play.asked(person('carl'), { type: 'complete-relief', ...on })).toMatchObject({ rule: 'T5' });
    play.ask(person('rita'), { type: 'complete-relief', ...on }, 30_000);
    expect([hasRole(play.state.people, 'boris', 'primary'), hasRole(play.state.people, 'rita', 'primary')]).toEqual([false, true]);
    expect(play.state.relief['relief1']).toMatchObject({ end: 'done', endedAt: 30_000 });
    expect(play.state.people['rita']?.since?.primary).toBe(10_000);
    expect(play.asked(person('anna'), { type: 'complete-relief', ...on })).toMatchObject({ rule: 'D62' });
    // Who was relieved knows the incident up to here; who never was knows nothing.
    expect(knowsTo(play.state.relief, 'boris')).toBeGreaterThan(seq);
    expect(knowsTo(play.state.relief, 'rita')).toBe(0);
  });

  it('[D64] frees nobody who has the floor: it passes by offer and acceptance first', () => {
    const play = started();
    withLegs(play, 'boris', 'rita');
    play.ask(person('boris'), { type: 'take-floor' });
    play.ask(person('rita'), { type: 'accept-relief', ...on });
    expect(play.asked(person('rita'), { type: 'complete-relief', ...on })).toMatchObject({ rule: 'D64' });
    play.ask(person('boris'), { type: 'offer-floor', personId: 'rita' });
    play.ask(person('rita'), { type: 'accept-floor' });
    expect(play.asked(person('anna'), { type: 'cancel-relief', ...on, why: 'no' })).toMatchObject({ rule: 'D64' });
    play.ask(person('rita'), { type: 'complete-relief', ...on });
    expect(play.state.floor.holder).toBe('rita');
    expect(play.state.people['boris']?.roles).toEqual([]);
  });

  it('[D65] that is called off takes back the role that it gave, and no other', () => {
    const play = started();
    expect(play.asked(person('anna'), { type: 'cancel-relief', ...on, why: ' ' })).toMatchObject({ rule: 'P2' });
    play.ask(person('anna'), { type: 'cancel-relief', ...on, why: 'he has a fever' });
    expect(play.state.people['rita']?.roles).toEqual(['intelligence']);
    expect(play.state.relief['relief1']).toMatchObject({ end: 'cancelled', why: 'he has a fever' });
    const other = new Play(TEAM);
    other.ask(person('anna'), { type: 'assign-role', personId: 'rita', name: 'rita', role: 'primary' });
    other.ask(person('anna'), starts());
    other.ask(person('anna'), { type: 'cancel-relief', ...on, why: 'a mistake' });
    expect(hasRole(other.state.people, 'rita', 'primary')).toBe(true);
  });

  it('[D61] relieves the leader, and there is one all the time', () => {
    const play = started({ role: 'leader', outId: 'anna' });
    play.ask(person('rita'), { type: 'accept-relief', ...on });
    play.ask(person('anna'), { type: 'complete-relief', ...on });
    expect([hasRole(play.state.people, 'anna', 'leader'), hasRole(play.state.people, 'rita', 'leader')]).toEqual([false, true]);
  });
});
