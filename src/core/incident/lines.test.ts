// A line's calls, one after the other on the same link.
import { describe, expect, it } from 'vitest';
import { decide, EMPTY, reduce } from './log.ts';
import { type Actor, isRefusal } from './topic.ts';
import type { IncidentState } from './topics.ts';

const anna: Actor = { kind: 'person', personId: 'anna', name: 'Anna' };
const parley: Actor = { kind: 'parley' };
const device: Actor = { kind: 'device', lineId: 'line1', deviceId: 'device-one' };
const onDevice = { lineId: 'line1', deviceId: 'device-one' };
const leg = { type: 'report-leg', leg: 'line.line1', cause: '' };

/** The state after these commands; throws at the first that is refused. */
function stateAfter(asks: readonly (readonly [Actor, Record<string, unknown>])[], from: IncidentState = EMPTY): IncidentState {
  return asks.reduce((state, [who, command], at) => {
    const decision = decide(state, command, { at, who });
    if (isRefusal(decision)) throw new Error(`${String(command['type'])}: ${decision.why}`);
    return decision.reduce((s, draft) => reduce(s, { ...draft, seq: s.seq + 1, at, who }), state);
  }, from);
}

const ended = () =>
  stateAfter([
    [anna, { type: 'open-incident', incidentId: 'one1', title: 'x', exercise: false }],
    [anna, { type: 'issue-link', lineId: 'line1', kind: 'link', label: '', tokenHash: 'a'.repeat(64), reach: 'anywhere', expiresAt: 1e15 }],
    [device, { type: 'knock', ...onDevice, describes: '' }],
    [anna, { type: 'admit-device', ...onDevice }],
    [parley, { ...leg, state: 'up' }],
    [anna, { type: 'end-line', lineId: 'line1', reason: 'over' }],
    [device, { type: 'knock', ...onDevice, describes: '' }],
  ]);

describe('a second call on the same link', () => {
  it('[N8] is not let in before the end of the first one is confirmed, so that a late end cannot end it', () => {
    const state = ended();
    expect(state.lines.unsafe).toBe(1);
    expect(decide(state, { type: 'admit-device', ...onDevice }, { at: 9, who: anna })).toMatchObject({ rule: 'N8' });
    const confirmed = stateAfter([[parley, { ...leg, state: 'ended' }]], state);
    expect(confirmed.lines.unsafe).toBe(0);
    expect(confirmed.lines.byId['line1']?.state).toBe('waiting');
    expect(stateAfter([[anna, { type: 'admit-device', ...onDevice }]], confirmed).lines.byId['line1']?.state).toBe('asking');
  });
});
