// Machines at the table, and who may be asked for the floor.
import { describe, expect, it } from 'vitest';
import { decide, EMPTY, type IncidentState, reduce } from './log.ts';
import { type Actor, type Decision, isRefusal } from './topic.ts';

const parley: Actor = { kind: 'parley' };
const person = (personId: string): Actor => ({ kind: 'person', personId, name: personId });
type Ask = readonly [Actor, Record<string, unknown>];
const MACHINE = 'machine-0001';
const anna = person('anna');

const asked = (state: IncidentState, [who, raw]: Ask): Decision => decide(state, raw, { at: 1_000, who });

function upon(state: IncidentState, ask: Ask): IncidentState {
  const decision = asked(state, ask);
  if (isRefusal(decision)) throw new Error(`${JSON.stringify(ask[1])}: ${decision.why}`);
  return decision.reduce((s, draft) => reduce(s, { seq: s.seq + 1, at: 1_000, who: ask[0], ...draft }), state);
}

const opened = (exercise: boolean) => upon(EMPTY, [anna, { type: 'open-incident', incidentId: 'incident1', title: 'x', exercise }]);
const up = (personId: string): Ask => [parley, { type: 'report-leg', leg: `person.${personId}`, state: 'up', cause: '' }];
const coach = (personId: string, by: Actor = anna): Ask => [by, { type: 'assign-role', personId, name: personId, role: 'coach' }];
const ask = (who: Actor): Ask => [who, { type: 'ask-for-floor' }];

describe('a machine', () => {
  it('[T31] gets a role in an exercise, and in a real incident none, whoever gives it', () => {
    for (const by of [anna, parley]) {
      expect(upon(opened(true), coach(MACHINE, by)).people[MACHINE]?.roles).toEqual(['coach']);
      expect(asked(opened(false), coach(MACHINE, by))).toMatchObject({ rule: 'T31' });
      expect(asked(opened(false), coach('carl', by))).not.toHaveProperty('rule');
    }
  });

  it('[T31] opens no real incident', () => {
    const opens = (exercise: boolean): Ask => [person(MACHINE), { type: 'open-incident', incidentId: 'incident1', title: 'x', exercise }];
    expect(asked(EMPTY, opens(false))).toMatchObject({ rule: 'T31' });
  });
});

describe('asking for the floor', () => {
  const inCall = () =>
    [coach('carl'), up('anna'), up('carl'), [anna, { type: 'take-floor' }] as const].reduce((s, a) => upon(s, a), opened(true));

  it('[S11] is remembered until the floor is offered, passes or is empty, and changes nobody’s floor', () => {
    const wants = upon(inCall(), ask(person('carl')));
    expect(wants.floor).toMatchObject({ holder: 'anna', askedBy: 'carl', offeredTo: null });
    expect(asked(wants, ask(person('carl')))).toEqual([]);
    const offered = upon(wants, [anna, { type: 'offer-floor', personId: 'carl' }]);
    expect(offered.floor).toMatchObject({ holder: 'anna', askedBy: null, offeredTo: 'carl' });
    expect(upon(wants, [anna, { type: 'give-up-floor' }]).floor.askedBy).toBeNull();
  });

  it('[S11] is refused to its holder, to listeners, without sound, and when nobody has it', () => {
    const rule = (state: IncidentState, who: Actor) => asked(state, ask(who));
    expect(rule(inCall(), anna)).toMatchObject({ rule: 'A2' });
    expect(rule(upon(inCall(), [anna, { type: 'give-up-floor' }]), person('carl'))).toMatchObject({ rule: 'A2' });
    expect(rule(upon(inCall(), coach('dora')), person('dora'))).toMatchObject({ rule: 'A9' });
    const marked = upon(inCall(), [anna, { type: 'set-no-talk', personId: 'carl', noTalk: true }]);
    expect(rule(marked, person('carl'))).toMatchObject({ rule: 'A5' });
  });
});

describe('reading a whole recording', () => {
  it('[S13] is refused by a bare loudspeaker while a line is not safe, and taken otherwise', () => {
    const read: Ask = [anna, { type: 'read-recording', leg: 'line.line1', file: '00001.opus' }];
    const loud = upon(opened(false), [anna, { type: 'tell-gear', output: 'loudspeaker', label: '', by: 'person', echo: true }]);
    expect(asked(loud, read)).not.toHaveProperty('rule');
    const steps: readonly Ask[] = [
      [
        anna,
        { type: 'issue-link', lineId: 'line1', kind: 'link', label: '', tokenHash: 'a'.repeat(64), reach: 'anywhere', expiresAt: 1e15 },
      ],
      [
        { kind: 'device', lineId: 'line1', deviceId: 'device-one' },
        { type: 'knock', lineId: 'line1', deviceId: 'device-one', describes: '' },
      ],
      [anna, { type: 'admit-device', lineId: 'line1', deviceId: 'device-one' }],
    ];
    const unsafe = steps.reduce((s, a) => upon(s, a), loud);
    expect(asked(unsafe, read)).toMatchObject({ rule: 'A11' });
    const confirmed = upon(unsafe, [anna, { type: 'confirm-loudspeaker' }]);
    expect(asked(confirmed, read)).not.toHaveProperty('rule');
  });
});
