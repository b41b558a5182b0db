// Field phones: paired once, rung with proof, answered by a touch or by leave, heard only through an open microphone.
import { describe, expect, it } from 'vitest';
import { COMFORT, route } from '../audio/route.ts';
import { decide, EMPTY, reduce } from './log.ts';
import { type PhoneAlarm, phoneOf } from './phones.ts';
import { type Actor, isRefusal } from './topic.ts';
import type { IncidentState } from './topics.ts';

const anna: Actor = { kind: 'person', personId: 'anna', name: 'Anna' };
const boris: Actor = { kind: 'person', personId: 'boris', name: 'Boris' };
const scribe: Actor = { kind: 'person', personId: 'clara', name: 'Clara' };
const parley: Actor = { kind: 'parley' };
const device: Actor = { kind: 'device', lineId: 'line1', deviceId: 'device-one' };
const stranger: Actor = { kind: 'device', lineId: 'line1', deviceId: 'device-two' };
const on = { lineId: 'line1' };
const onDevice = { ...on, deviceId: 'device-one' };
const LEG = 'line.line1';

type Ask = readonly [Actor, Record<string, unknown>];

/** The state after these commands; throws at the first that is refused. */
function stateAfter(asks: readonly Ask[], from: IncidentState): IncidentState {
  return asks.reduce((state, [who, command], at) => {
    const decision = decide(state, command, { at, who });
    if (isRefusal(decision)) throw new Error(`${String(command['type'])}: ${decision.rule} ${decision.why}`);
    return decision.reduce((s, draft) => reduce(s, { ...draft, seq: s.seq + 1, at, who }), state);
  }, from);
}
const asked = (state: IncidentState, [who, command]: Ask) => decide(state, command, { at: 9, who });

const link = { kind: 'field', label: '', tokenHash: 'a'.repeat(64), reach: 'anywhere', expiresAt: 1e15 };
const up = (leg: string): Ask => [parley, { type: 'report-leg', leg, state: 'up', cause: '' }];
const ring: Ask = [anna, { type: 'ring-phone', ...on }];
const rang: Ask = [device, { type: 'tell-rang', ...on }];
const touch: Ask = [device, { type: 'answer-ring', ...on, by: 'touch' }];
const opened: Ask = [device, { type: 'open-phone-mic', ...on, by: 'touch' }];
const hail: Ask = [anna, { type: 'open-loudhailer', ...on }];
const endCall: readonly Ask[] = [
  [anna, { type: 'end-line', ...on, reason: 'over' }],
  [parley, { type: 'report-leg', leg: LEG, state: 'ended', cause: '' }],
];

const paired = stateAfter(
  [
    [anna, { type: 'open-incident', incidentId: 'one1', title: 'x', exercise: false }],
    [anna, { type: 'assign-role', personId: 'boris', name: 'Boris', role: 'coach' }],
    [anna, { type: 'assign-role', personId: 'clara', name: 'Clara', role: 'scribe' }],
    [anna, { type: 'issue-link', lineId: 'line1', ...link }],
    [device, { type: 'knock', ...onDevice, describes: 'a phone' }],
    [anna, { type: 'admit-device', ...onDevice }],
    up('person.anna'),
    up('person.boris'),
    [anna, { type: 'take-floor' }],
  ],
  EMPTY,
);
const present = new Set([LEG, 'person.anna', 'person.boris', 'person.clara']);
const toPhone = (state: IncidentState) => route(state, present).filter((e) => e.to === LEG);
const ofPhone = (state: IncidentState) => route(state, present).filter((e) => e.from === LEG);
const line = (state: IncidentState) => state.lines.byId['line1'];

describe('a field phone', () => {
  it('[N80] is paired without a call, stays the own phone of its line, and comes back by its key alone', () => {
    expect(line(paired)?.state).toBe('idle');
    expect(paired.lines.unsafe).toBe(0);
    expect(line(paired)?.admitted?.deviceId).toBe('device-one');
    const ended = stateAfter([ring, rang, touch, up(LEG), ...endCall], paired);
    expect(asked(ended, [device, { type: 'knock', ...onDevice, describes: 'a phone' }])).toEqual([]);
    expect(line(stateAfter([ring], ended))?.state).toBe('asking');
  });

  it('[N80] leaves no one waiting when a device is refused', () => {
    const knocked = stateAfter([[stranger, { type: 'knock', ...on, deviceId: 'device-two', describes: '' }]], paired);
    expect(line(knocked)?.state).toBe('waiting');
    expect(line(stateAfter([[anna, { type: 'refuse-device', ...on, deviceId: 'device-two' }]], knocked))?.state).toBe('idle');
  });

  it('[N81] is asked to ring, is not safe from then on, and rings on its own word only', () => {
    const rung = stateAfter([ring], paired);
    expect(line(rung)?.state).toBe('asking');
    expect(rung.lines.unsafe).toBe(1);
    expect(asked(rung, [stranger, { type: 'tell-rang', ...on }])).toMatchObject({ rule: 'N80' });
    expect(line(stateAfter([rang], rung))?.state).toBe('ringing');
    expect(asked(rung, ring)).toMatchObject({ rule: 'N81' });
    expect(asked(paired, rang)).toEqual([]);
  });

  it('[N81] is neither rung before it is paired nor by everybody', () => {
    const fresh = stateAfter([[anna, { type: 'issue-link', lineId: 'line2', ...link }]], paired);
    expect(asked(fresh, [anna, { type: 'ring-phone', lineId: 'line2' }])).toMatchObject({ rule: 'N80' });
    expect(asked(paired, [scribe, { type: 'ring-phone', ...on }])).toMatchObject({ rule: 'T5' });
  });

  it.each(['no-answer', 'away', 'hidden', 'silent', 'no-word'])('[N82] is safe again after a ring that came to nothing: %s', (outcome) => {
    const over = stateAfter([ring, [parley, { type: 'end-ring', ...on, outcome }], ...endCall.slice(1)], paired);
    expect(line(over)?.state).toBe('ended');
    expect(over.lines.unsafe).toBe(0);
    expect(phoneOf(over.phones, 'line1').lastRing).toBe(outcome);
  });

  it('[N82] tells a ring that was declined from one that nobody answered; a late end ends no call', () => {
    const declined = stateAfter([ring, rang, [device, { type: 'decline-ring', ...on }]], paired);
    expect(phoneOf(declined.phones, 'line1').lastRing).toBe('declined');
    const answered = stateAfter([ring, rang, touch], paired);
    expect(asked(answered, [parley, { type: 'end-ring', ...on, outcome: 'no-answer' }])).toEqual([]);
  });

  it('[N83] answers by itself only by leave of the coach or the leader', () => {
    const rung = stateAfter([ring, rang], paired);
    const itself: Ask = [device, { type: 'answer-ring', ...on, by: 'itself' }];
    expect(asked(rung, itself)).toMatchObject({ rule: 'N83' });
    expect(asked(paired, [scribe, { type: 'set-answers-itself', ...on, on: true }])).toMatchObject({ rule: 'T5' });
    const set = stateAfter([[boris, { type: 'set-answers-itself', ...on, on: true }], ring, rang, itself], paired);
    expect(phoneOf(set.phones, 'line1')).toMatchObject({ answeredBy: 'itself', mode: 'call', microphone: null });
  });

  it('[A38] is heard by nobody before its microphone was opened, and hears the floor', () => {
    const silent = stateAfter([ring, rang, touch, up(LEG)], paired);
    expect(line(silent)?.state).toBe('live');
    expect(ofPhone(silent)).toEqual([]);
    expect(toPhone(silent)).toEqual([{ from: 'person.anna', to: LEG, why: 'floor', leased: false }]);
    const open = stateAfter([opened], silent);
    expect(ofPhone(open).map((e) => e.to)).toEqual(expect.arrayContaining(['person.anna', 'person.boris', 'person.clara']));
  });

  it('[A38] opens no microphone without a record of an authority, before an answer, or for another device', () => {
    const silent = stateAfter([ring, rang, touch, up(LEG)], paired);
    expect(asked(silent, [device, { type: 'open-phone-mic', ...on, by: 'authority' }])).toMatchObject({ rule: 'A38' });
    expect(asked(silent, [stranger, { type: 'open-phone-mic', ...on, by: 'touch' }])).toMatchObject({ rule: 'N80' });
    expect(asked(stateAfter([ring, rang], paired), opened)).toMatchObject({ rule: 'N84' });
    expect(asked(paired, opened)).toMatchObject({ rule: 'N84' });
  });

  it('[A38] shuts its microphone for the next call', () => {
    const next = stateAfter([ring, rang, touch, up(LEG), opened, ...endCall, ring, rang, touch, up(LEG)], paired);
    expect(ofPhone(next)).toEqual([]);
    const hailed = stateAfter([ring, rang, touch, up(LEG), opened, ...endCall, hail, up(LEG)], paired);
    expect(ofPhone(hailed)).toEqual([]);
  });

  it('[N86] that calls the team waits to be let in, and then needs no ring', () => {
    const calls = stateAfter([[device, { type: 'call-in', ...on }]], paired);
    expect(line(calls)).toMatchObject({ state: 'waiting', waiting: [{ deviceId: 'device-one' }] });
    expect(asked(calls, [device, { type: 'call-in', ...on }])).toEqual([]);
    expect(asked(calls, ring)).toMatchObject({ rule: 'N81' });
    const live = stateAfter([[anna, { type: 'admit-device', ...onDevice }], up(LEG), opened], calls);
    expect(line(live)?.state).toBe('live');
    expect(ofPhone(live)).not.toEqual([]);
  });

  it('[N87] has what troubles it on record once, until it is over', () => {
    const report = (alarms: readonly PhoneAlarm[]): Ask => [parley, { type: 'report-phone', ...on, alarms }];
    const troubled = stateAfter([report(['battery', 'hidden'])], paired);
    expect(phoneOf(troubled.phones, 'line1').alarms).toEqual(['battery', 'hidden']);
    expect(asked(troubled, report(['hidden', 'battery']))).toEqual([]);
    expect(phoneOf(stateAfter([report([])], troubled).phones, 'line1').alarms).toEqual([]);
  });
});

describe('the loudhailer', () => {
  const close: Ask = [anna, { type: 'close-loudhailer', ...on }];

  it('[A39] brings the voice of the floor only while its key is held, as a lease, and nothing between', () => {
    const open = stateAfter([hail, up(LEG)], paired);
    expect(open.lines.unsafe).toBe(1);
    expect(toPhone(open)).toEqual([{ from: 'person.anna', to: LEG, why: 'floor', leased: true }]);
    expect(ofPhone(open)).toEqual([]);
    const shut = stateAfter([close], open);
    expect(toPhone(shut)).toEqual([]);
    expect(toPhone(stateAfter([hail], shut))).toHaveLength(1);
  });

  it('[A39] is not taken over by whoever gets the floor meanwhile', () => {
    const open = stateAfter([hail, up(LEG), [anna, { type: 'offer-floor', personId: 'boris' }], [boris, { type: 'accept-floor' }]], paired);
    expect(open.floor.holder).toBe('boris');
    expect(toPhone(open)).toEqual([]);
  });

  it('[A39] is for the holder of the floor, the coach and the leader, and one key at a time', () => {
    expect(asked(paired, [scribe, hail[1]])).toMatchObject({ rule: 'A39' });
    const open = stateAfter([[boris, hail[1]], up(LEG)], paired);
    expect(toPhone(open).map((e) => e.from)).toEqual(['person.anna']);
    expect(asked(open, hail)).toMatchObject({ rule: 'A39' });
    expect(asked(open, close)).toEqual([]);
    expect(asked(stateAfter([[anna, { type: 'give-up-floor' }]], paired), hail)).toMatchObject({ rule: 'A39' });
  });

  it('[A39] needs no key in a call, and opens nothing beside another live line', () => {
    const inCall = stateAfter([ring, rang, touch, up(LEG)], paired);
    expect(asked(inCall, hail)).toMatchObject({ rule: 'A39' });
    const second = { lineId: 'line2', deviceId: 'device-two' };
    const other = stateAfter(
      [
        [anna, { type: 'issue-link', ...link, lineId: 'line2', kind: 'link' }],
        [{ ...stranger, lineId: 'line2' } as Actor, { type: 'knock', ...second, describes: '' }],
        [anna, { type: 'admit-device', ...second }],
        up('line.line2'),
      ],
      paired,
    );
    expect(asked(other, hail)).toMatchObject({ rule: 'A39' });
    expect(route(other, present).some((e) => e.from === COMFORT && e.to === LEG)).toBe(false);
  });

  it('[A39] is closed by the box when its console is lost', () => {
    const shut = stateAfter([hail, up(LEG), [parley, { type: 'close-loudhailer-of', ...on, cause: 'lost' }]], paired);
    expect(toPhone(shut)).toEqual([]);
    expect(phoneOf(shut.phones, 'line1').loudhailer).toBeNull();
  });
});
