// The authority record: what it opens, what its clock says, what its end does and does not end.
import { describe, expect, it } from 'vitest';
import { withheld } from '../audio/kept.ts';
import { clocks, isRecorded, mayOpenMicrophone, ORDER_DUE_MS, WARN_MS } from './authorities.ts';
import type { Gates } from './gates.ts';
import { decide, EMPTY, reduce } from './log.ts';
import { isListenedTo } from './monitor.ts';
import { type Actor, isRefusal } from './topic.ts';
import type { IncidentState } from './topics.ts';

const anna: Actor = { kind: 'person', personId: 'anna', name: 'Anna' };
const boris: Actor = { kind: 'person', personId: 'boris', name: 'Boris' };
const parley: Actor = { kind: 'parley' };
const device: Actor = { kind: 'device', lineId: 'line1', deviceId: 'device-one' };
const onDevice = { lineId: 'line1', deviceId: 'device-one' };
const leg = { type: 'report-leg', leg: 'line.line1', cause: 'x' };
const START = 1_000_000_000;

type Ask = readonly [Actor, Record<string, unknown>];

/** The state after these commands, all at one time; throws at the first that is refused. */
function stateAfter(from: IncidentState, asks: readonly Ask[], at = START): IncidentState {
  return asks.reduce((state, [who, command]) => {
    const decision = decide(state, command, { at, who });
    if (isRefusal(decision)) throw new Error(`${String(command['type'])}: ${decision.why}`);
    return decision.reduce((s, draft) => reduce(s, { ...draft, seq: s.seq + 1, at, who }), state);
  }, from);
}

function onHold({ gates, kind = 'link' }: { readonly gates?: Gates; readonly kind?: 'link' | 'field' } = {}): IncidentState {
  return stateAfter(EMPTY, [
    [anna, { type: 'open-incident', incidentId: 'one1', title: 'x', exercise: false, ...(gates === undefined ? {} : { gates }) }],
    [anna, { type: 'assign-role', personId: 'boris', name: 'Boris', role: 'coach' }],
    [anna, { type: 'issue-link', lineId: 'line1', kind, label: '', tokenHash: 'a'.repeat(64), reach: 'anywhere', expiresAt: 1e15 }],
    [device, { type: 'knock', ...onDevice, describes: '' }],
    [anna, { type: 'admit-device', ...onDevice }],
    // A field phone is only paired by that: nobody is called.
    ...(kind === 'field'
      ? []
      : ([
          [parley, { ...leg, state: 'up' }],
          [anna, { type: 'hold-line', lineId: 'line1' }],
        ] satisfies readonly Ask[])),
  ]);
}

const emergency = (...scope: readonly string[]): Ask => [
  anna,
  { type: 'record-authority', basis: 'emergency', words: '', officer: 'Inspector Frey', scope },
];
const monitor: Ask = [anna, { type: 'start-room-monitor', lineId: 'line1' }];
const order = { number: 'C-12/26', text: 'Granted.', until: null };
const needs: Gates = { recording: 'needs-authority', roomMonitor: 'needs-authority', openMicrophone: 'needs-authority' };
const lineOf = (state: IncidentState) => state.lines.byId['line1'] ?? expect.fail('no line');

describe('the authority record', () => {
  it('[N70] wants a named basis, an officer and a start that is not to come, and an order with a court order', () => {
    const state = onHold();
    const ask = { type: 'record-authority', basis: 'emergency', words: '', officer: 'Frey', scope: ['room-monitor'] };
    const refused = (changed: object, at = START) => 'rule' in decide(state, { ...ask, ...changed }, { at, who: anna });
    expect(refused({})).toBe(false);
    expect(refused({ officer: ' ' })).toBe(true);
    expect(refused({ scope: [] })).toBe(true);
    expect(refused({ basis: 'other' })).toBe(true);
    expect(refused({ basis: 'other', words: 'Section 12' })).toBe(false);
    expect(refused({ basis: 'court-order' })).toBe(true);
    expect(refused({ basis: 'court-order', order })).toBe(false);
    expect(refused({ startedAt: START + 3_600_000 })).toBe(true);
    expect(refused({ startedAt: START - ORDER_DUE_MS })).toBe(true);
    expect(decide(state, ask, { at: START, who: boris })).toMatchObject({ rule: 'T5' });
  });

  it('[N70] shows when the order is due: 48 hours after the start, stopped or not, until the order is there', () => {
    const state = stateAfter(onHold(), [emergency('room-monitor')]);
    const at = (ms: number, of = state) => clocks(of.authority, START + ms)[0];
    expect(at(0)).toMatchObject({ what: 'order-due', leftMs: 48 * 3_600_000, level: 'calm' });
    expect(at(ORDER_DUE_MS - WARN_MS)).toMatchObject({ level: 'warn' });
    expect(at(ORDER_DUE_MS)).toMatchObject({ level: 'over', leftMs: 0 });
    const stopped = stateAfter(state, [[anna, { type: 'stop-authority', authorityId: 'auth-1', reason: 'not needed' }]]);
    expect(at(0, stopped)).toMatchObject({ what: 'order-due' });
    const ordered = stateAfter(state, [[anna, { type: 'record-order', authorityId: 'auth-1', order }]]);
    expect(at(2 * ORDER_DUE_MS, ordered)).toMatchObject({ what: 'running', level: 'calm' });
    const ends = stateAfter(state, [[anna, { type: 'record-order', authorityId: 'auth-1', order: { ...order, until: START + 5_000 } }]]);
    expect(at(0, ends)).toMatchObject({ what: 'ends', leftMs: 5_000, level: 'warn' });
  });

  it('[N70] lets consent to a recording run without an order, and to nothing else', () => {
    const consent = (scope: string): Ask => [
      anna,
      { type: 'record-authority', basis: 'party-consent', words: '', officer: 'Anna', scope: [scope] },
    ];
    expect(clocks(stateAfter(onHold(), [consent('recording')]).authority, START)[0]).toMatchObject({ what: 'running' });
    expect(clocks(stateAfter(onHold(), [consent('room-monitor')]).authority, START)[0]).toMatchObject({ what: 'order-due' });
  });

  it('[N71] opens nothing once it ran out, told by the box or not yet', () => {
    const state = stateAfter(onHold(), [emergency('room-monitor')]);
    const late = START + ORDER_DUE_MS;
    expect(decide(state, monitor[1], { at: late - 1, who: anna })).toHaveLength(1);
    expect(decide(state, monitor[1], { at: late, who: anna })).toMatchObject({ rule: 'N70' });
    expect(decide(state, { type: 'lapse-authority', authorityId: 'auth-1' }, { at: late - 1, who: parley })).toMatchObject({ rule: 'N71' });
    const lapsed = stateAfter(state, [[parley, { type: 'lapse-authority', authorityId: 'auth-1' }]], late);
    expect(decide(lapsed, monitor[1], { at: late, who: anna })).toMatchObject({ rule: 'N70' });
  });

  it('[N71] ends its room monitor and cuts no call when it runs out: what was being recorded goes on, the next call does not', () => {
    const begun = stateAfter(onHold({ gates: needs }), [emergency('room-monitor', 'recording'), monitor]);
    expect(isRecorded(begun, lineOf(begun))).toBe(true);
    const lapsed = stateAfter(begun, [[parley, { type: 'lapse-authority', authorityId: 'auth-1' }]], START + ORDER_DUE_MS);
    expect(lapsed.monitor).toEqual({});
    expect(lineOf(lapsed).state).toBe('held');
    expect(isRecorded(lapsed, lineOf(lapsed))).toBe(true);
    const again = stateAfter(
      lapsed,
      [
        [anna, { type: 'end-line', lineId: 'line1', reason: 'x' }],
        [parley, { ...leg, state: 'ended' }],
        [device, { type: 'knock', ...onDevice, describes: '' }],
        [anna, { type: 'admit-device', ...onDevice }],
      ],
      START + ORDER_DUE_MS + 1,
    );
    expect(isRecorded(again, lineOf(again))).toBe(false);
  });

  it('[R35] records a far end where recording is free, and else only under an authority for it', () => {
    const free = onHold();
    expect(isRecorded(free, lineOf(free))).toBe(true);
    const bound = onHold({ gates: needs });
    expect(withheld(bound).unrecorded).toEqual(['line.line1', 'cam.line1']);
    expect(withheld(free).unrecorded).toEqual([]);
    expect(isRecorded(bound, lineOf(bound))).toBe(false);
    const other = stateAfter(bound, [emergency('room-monitor')]);
    expect(isRecorded(other, lineOf(other))).toBe(false);
    const allowed = stateAfter(bound, [emergency('recording')]);
    expect(isRecorded(allowed, lineOf(allowed))).toBe(true);
    const stopped = stateAfter(allowed, [[anna, { type: 'stop-authority', authorityId: 'auth-1', reason: 'x' }]]);
    expect(isRecorded(stopped, lineOf(stopped))).toBe(false);
  });
});

describe('room monitor', () => {
  it('[N72] is off with every hold, and opens by the leader, on a held line, under an authority in force', () => {
    const state = onHold();
    expect(isListenedTo(state, lineOf(state))).toBe(false);
    expect(decide(state, monitor[1], { at: START, who: anna })).toMatchObject({ rule: 'N70', next: expect.stringContaining('Authority') });
    const allowed = stateAfter(state, [emergency('room-monitor')]);
    expect(decide(allowed, monitor[1], { at: START, who: boris })).toMatchObject({ rule: 'T5' });
    const live = stateAfter(allowed, [[anna, { type: 'resume-line', lineId: 'line1' }]]);
    expect(decide(live, monitor[1], { at: START, who: anna })).toMatchObject({ rule: 'N72' });
    const on = stateAfter(allowed, [monitor]);
    expect(on.monitor['line1']).toEqual({ authorityId: 'auth-1', since: START });
    expect(isListenedTo(on, lineOf(on))).toBe(true);
  });

  it('[N73] ends with the hold, with the line, and with its authority, each time with an entry', () => {
    const on = stateAfter(onHold(), [emergency('room-monitor'), monitor]);
    const ends: readonly Ask[] = [
      [anna, { type: 'resume-line', lineId: 'line1' }],
      [anna, { type: 'end-line', lineId: 'line1', reason: 'x' }],
      [anna, { type: 'revoke-line', lineId: 'line1', reason: 'x' }],
      [device, { type: 'leave-line', lineId: 'line1' }],
      [parley, { ...leg, state: 'ended' }],
      [anna, { type: 'stop-authority', authorityId: 'auth-1', reason: 'x' }],
      [boris, { type: 'stop-room-monitor', lineId: 'line1' }],
    ];
    for (const [who, command] of ends) {
      const decision = decide(on, command, { at: START, who });
      expect(isRefusal(decision) ? decision : decision.map((d) => d.type), String(command['type'])).toContain('room-monitor-stopped');
    }
    const lost = stateAfter(on, [[parley, { ...leg, state: 'lost' }]]);
    expect(lost.monitor['line1']).toBeDefined();
    const again = stateAfter(on, [ends[0] as Ask, [anna, { type: 'hold-line', lineId: 'line1' }]]);
    expect(isListenedTo(again, lineOf(again))).toBe(false);
  });
});

describe('open microphone', () => {
  it('[N74] of a field phone opens without a touch under an authority in force or where the agency set it free, and never of a link', () => {
    const field = onHold({ kind: 'field' });
    expect(mayOpenMicrophone(field, 'line1', START)).toBe(false);
    const allowed = stateAfter(field, [emergency('open-microphone')]);
    expect(mayOpenMicrophone(allowed, 'line1', START)).toBe(true);
    expect(mayOpenMicrophone(allowed, 'line1', START + ORDER_DUE_MS)).toBe(false);
    expect(mayOpenMicrophone(allowed, 'line2', START)).toBe(false);
    const stopped = stateAfter(allowed, [[anna, { type: 'stop-authority', authorityId: 'auth-1', reason: 'x' }]]);
    expect(mayOpenMicrophone(stopped, 'line1', START)).toBe(false);
    const gates: Gates = { ...needs, openMicrophone: 'free' };
    expect(mayOpenMicrophone(onHold({ kind: 'field', gates }), 'line1', START)).toBe(true);
    expect(mayOpenMicrophone(onHold({ kind: 'link', gates }), 'line1', START)).toBe(false);
  });
});
