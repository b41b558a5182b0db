// Turns and third-party windows: who may speak in the holder's place, and how fast he is cut.
import { describe, expect, it } from 'vitest';
import { route } from '../audio/route.ts';
import { decide, dues, EMPTY, type IncidentState, reduce, sees } from './log.ts';
import { type Actor, type Decision, isRefusal } from './topic.ts';

const parley: Actor = { kind: 'parley' };
const person = (personId: string): Actor => ({ kind: 'person', personId, name: personId });
type Ask = readonly [Actor, Record<string, unknown>];

function asked(state: IncidentState, [who, raw]: Ask, at: number): Decision {
  return decide(state, raw, { at, who });
}

function upon(state: IncidentState, ask: Ask, at = 1_000): IncidentState {
  const decision = asked(state, ask, at);
  if (isRefusal(decision)) throw new Error(`${JSON.stringify(ask[1])}: ${decision.why}`);
  return decision.reduce((s, draft) => reduce(s, { seq: s.seq + 1, at, who: ask[0], ...draft }), state);
}

const anna = person('anna');
const up = (leg: string): Ask => [parley, { type: 'report-leg', leg, state: 'up', cause: '' }];
const hasRole = (personId: string, role: string): Ask => [anna, { type: 'assign-role', personId, name: personId, role }];

/** Anna leads and has the floor on a live line; an interpreter, a coach and a sister are in the call. */
function inCall(): IncidentState {
  const steps: readonly Ask[] = [
    [anna, { type: 'open-incident', incidentId: 'incident1', title: 'x', exercise: false }],
    hasRole('ines', 'interpreter'),
    hasRole('carl', 'coach'),
    hasRole('sister', 'third-party'),
    [anna, { type: 'issue-link', lineId: 'line1', kind: 'link', label: '', tokenHash: 'a'.repeat(64), reach: 'anywhere', expiresAt: 1e15 }],
    [
      { kind: 'device', lineId: 'line1', deviceId: 'device-one' },
      { type: 'knock', lineId: 'line1', deviceId: 'device-one', describes: '' },
    ],
    [anna, { type: 'admit-device', lineId: 'line1', deviceId: 'device-one' }],
    up('line.line1'),
    up('person.anna'),
    up('person.ines'),
    up('person.carl'),
    up('person.sister'),
    [anna, { type: 'take-floor' }],
  ];
  return steps.reduce((s, ask) => upon(s, ask), EMPTY);
}

const present = new Set(['line.line1', 'person.anna', 'person.ines', 'person.carl', 'person.sister']);
const heardBySubject = (s: IncidentState) =>
  route(s, present)
    .filter((e) => e.to === 'line.line1')
    .map((e) => e.from);
const window: Ask = [anna, { type: 'open-window', personId: 'sister', purpose: 'says that she is safe', script: 'No blame.', minutes: 3 }];
const giveSister: Ask = [anna, { type: 'give-turn', personId: 'sister' }];

describe('a turn', () => {
  it('[A50] passes the floor to the interpreter by one key, and back by one key at either end', () => {
    const given = upon(inCall(), [anna, { type: 'give-turn', personId: 'ines' }]);
    expect(heardBySubject(given)).toEqual(['person.ines']);
    for (const who of [person('ines'), anna, person('carl')]) {
      const back = upon(given, [who, { type: 'return-turn' }]);
      expect(heardBySubject(back)).toEqual(['person.anna']);
      expect(back.floor).toMatchObject({ holder: 'anna', turnOf: null });
    }
  });

  it('[A50] ends with an empty floor when who gave it is gone meanwhile', () => {
    const gone = upon(upon(inCall(), [anna, { type: 'give-turn', personId: 'ines' }]), [
      parley,
      { type: 'report-leg', leg: 'person.anna', state: 'lost', cause: '' },
    ]);
    const back = upon(gone, [person('ines'), { type: 'return-turn' }]);
    expect(back.floor.holder).toBeNull();
    expect(heardBySubject(back)).toEqual(['comfort']);
  });

  it('[A50] is given by the holder in his own right, and to nobody but interpreters and third parties', () => {
    expect(asked(inCall(), [anna, { type: 'give-turn', personId: 'carl' }], 1)).toMatchObject({ rule: 'A2' });
    expect(asked(inCall(), [person('carl'), { type: 'give-turn', personId: 'ines' }], 1)).toMatchObject({ rule: 'A2' });
    const given = upon(inCall(), [anna, { type: 'give-turn', personId: 'ines' }]);
    expect(asked(given, [person('ines'), { type: 'give-turn', personId: 'sister' }], 1)).toMatchObject({ rule: 'A2' });
    expect(asked(given, [person('ines'), { type: 'offer-floor', personId: 'carl' }], 1)).toMatchObject({ rule: 'A2' });
  });

  it('[A50] closes the whisper of an interpreter before he is heard by the subject', () => {
    const whispers = upon(inCall(), [person('ines'), { type: 'open-mic', channel: 'ear' }]);
    const decision = asked(whispers, [anna, { type: 'give-turn', personId: 'ines' }], 1);
    expect(isRefusal(decision) ? [] : decision.map((d) => d.type)).toEqual(['mic-closed', 'turn-given']);
  });
});

describe('a third party', () => {
  it('[A7] gets no turn outside a window that the leader opened', () => {
    expect(asked(inCall(), giveSister, 1)).toMatchObject({ rule: 'A7' });
    expect(asked(inCall(), [person('carl'), { ...window[1] }], 1)).toMatchObject({ rule: 'T5' });
    expect(heardBySubject(upon(upon(inCall(), window), giveSister))).toEqual(['person.sister']);
  });

  it('[A7] is cut at once by primary, coach or leader, and the negotiator has the floor again', () => {
    const speaks = upon(upon(inCall(), window), giveSister);
    for (const who of [anna, person('carl')]) {
      const cut = upon(speaks, [who, { type: 'close-window', cause: 'cut' }]);
      expect(heardBySubject(cut)).toEqual(['person.anna']);
      expect(cut.windows).toMatchObject({ open: null, past: [{ personId: 'sister', cause: 'cut' }] });
      expect(asked(cut, giveSister, 1)).toMatchObject({ rule: 'A7' });
    }
  });

  it('[A7] is cut by the box when the time of the window is over, and not before', () => {
    const speaks = upon(upon(inCall(), window, 1_000), giveSister, 2_000);
    const [due] = dues(speaks);
    expect(due).toEqual({ at: 181_000, command: { type: 'end-overdue-window' } });
    expect(asked(speaks, [parley, due?.command as Record<string, unknown>], 180_999)).toEqual([]);
    expect(heardBySubject(upon(speaks, [parley, due?.command as Record<string, unknown>], 181_000))).toEqual(['person.anna']);
  });

  it('[A7] is not given a turn while he is not recorded', () => {
    const unrecorded = upon(upon(inCall(), window), [
      parley,
      { type: 'report-alarm', leg: 'person.sister', alarm: 'silent', detail: '', atMs: 1 },
    ]);
    expect(asked(unrecorded, giveSister, 1)).toMatchObject({ rule: 'A7' });
  });

  it('[A7] hears nothing of line, table or ear except in his turn', () => {
    const hears = (s: IncidentState) =>
      route(s, present)
        .filter((e) => e.to === 'person.sister')
        .map((e) => e.from);
    expect(hears(upon(inCall(), window))).toEqual([]);
    expect(hears(upon(upon(inCall(), window), giveSister))).toEqual(['line.line1']);
  });

  it('[V30] is told of nothing but his own part', () => {
    const viewer = { personId: 'sister', roles: ['third-party'] as const };
    const at = 1;
    const told = (type: string, payload: unknown) => sees(viewer, { seq: 1, at, who: anna, type, payload });
    expect(told('note-written', { text: 'x' })).toBe(false);
    expect(told('line-changed', {})).toBe(false);
    expect(told('role-assigned', { personId: 'carl', name: 'carl', role: 'coach' })).toBe(false);
    expect(told('role-assigned', { personId: 'sister', name: 'sister', role: 'third-party' })).toBe(true);
    expect(told('window-opened', { personId: 'sister', purpose: 'x', script: '', minutes: 1 })).toBe(true);
    expect(told('window-opened', { personId: 'brother', purpose: 'x', script: '', minutes: 1 })).toBe(false);
    expect(sees({ ...viewer, roles: ['third-party', 'scribe'] }, { seq: 1, at, who: anna, type: 'note-written', payload: {} })).toBe(true);
  });
});

describe('a trainer', () => {
  it('[A3] reaches the ear in an exercise only, whatever stands in the state', () => {
    const real = { ...inCall(), voice: { tom: 'ear' as const }, people: { ...inCall().people, tom: member('tom') } };
    const legs = new Set([...present, 'person.tom']);
    expect(route(real, legs).filter((e) => e.why === 'ear')).toEqual([]);
    const exercise = { ...real, incident: { ...real.incident, exercise: true } };
    expect(
      route(exercise, legs)
        .filter((e) => e.why === 'ear')
        .map((e) => e.to),
    ).toEqual(['person.anna']);
  });
});

function member(personId: string) {
  return { personId, name: personId, roles: ['trainer'] as const, noTalk: false };
}
