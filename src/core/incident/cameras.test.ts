// Cameras: only the person himself agrees, for one call; who is shown what; and nothing of it reaches a far end.
import { describe, expect, it } from 'vitest';
import { type Edge, MAX_VIEWS, route } from '../audio/route.ts';
import { camOfLine, camOfPerson, maySendPictures, seeOfPerson } from './cameras.ts';
import { legOfPerson } from './legs.ts';
import { legOfLine } from './lines.ts';
import { decide, EMPTY, reduce } from './log.ts';
import { type Actor, isRefusal } from './topic.ts';
import type { IncidentState } from './topics.ts';

const HASH = 'a'.repeat(64);
const anna: Actor = { kind: 'person', personId: 'anna', name: 'Anna' };
const boris: Actor = { kind: 'person', personId: 'boris', name: 'Boris' };
const device: Actor = { kind: 'device', lineId: 'line1', deviceId: 'device-one' };
const other: Actor = { kind: 'device', lineId: 'line1', deviceId: 'device-two' };
type Step = readonly [Actor, Record<string, unknown>];

/** The state after these steps; a refusal changes nothing. */
const played = (from: IncidentState, ...steps: readonly Step[]): IncidentState =>
  steps.reduce((state, [who, command], i) => {
    const decision = decide(state, command, { at: i, who });
    if (isRefusal(decision)) return state;
    return decision.reduce((now, draft) => reduce(now, { seq: now.seq + 1, at: i, who, ...draft }), state);
  }, from);
const ruleOf = (state: IncidentState, [who, command]: Step): string | null => {
  const decision = decide(state, command, { at: 0, who });
  return isRefusal(decision) ? decision.rule : null;
};

const lineId = 'line1';
const ask: Step = [anna, { type: 'ask-camera', lineId }];
const yes: Step = [device, { type: 'answer-camera', lineId, yes: true }];
const call = played(
  EMPTY,
  [anna, { type: 'open-incident', incidentId: 'incident1', title: 'x', exercise: false }],
  [anna, { type: 'assign-role', personId: 'boris', name: 'Boris', role: 'scribe' }],
  [anna, { type: 'issue-link', lineId, kind: 'link', label: '', tokenHash: HASH, reach: 'anywhere', expiresAt: 1e15 }],
  [device, { type: 'knock', lineId, deviceId: 'device-one', describes: '' }],
  [anna, { type: 'admit-device', lineId, deviceId: 'device-one' }],
  [{ kind: 'parley' }, { type: 'report-leg', leg: legOfLine(lineId), state: 'up', cause: '' }],
);
const present = new Set(
  ['anna', 'boris', 'clara', 'dora']
    .flatMap((id) => [legOfPerson(id), seeOfPerson(id), camOfPerson(id)])
    .concat(legOfLine(lineId), camOfLine(lineId)),
);
const pictures = (state: IncidentState): readonly Edge[] => route(state, present).filter(({ why }) => why === 'picture' || why === 'scene');
const ways = (state: IncidentState): string[] => pictures(state).map(({ from, to }) => `${from}>${to}`);

describe('cameras', () => {
  it('[A23] the far end is seen after the question and his own yes, and by nothing less', () => {
    expect(ruleOf(call, yes)).toBe('A23');
    const asked = played(call, ask);
    expect(ways(asked)).toEqual([]);
    expect(ruleOf(asked, [other, { type: 'answer-camera', lineId, yes: true }])).toBe('A23');
    expect(ruleOf(asked, [anna, { type: 'answer-camera', lineId, yes: true }])).toBe('T5');
    expect(ways(played(asked, [device, { type: 'answer-camera', lineId, yes: false }]))).toEqual([]);
    expect(ways(played(asked, yes))).toEqual(['cam.line1>see.anna', 'cam.line1>see.boris']);
    expect(pictures(played(asked, yes)).every((edge) => edge.leased)).toBe(true);
  });

  it('[A23] nobody is asked outside a call, and the question can be taken back', () => {
    expect(ruleOf(played(call, [anna, { type: 'end-line', lineId, reason: 'x' }]), ask)).toBe('A23');
    expect(ruleOf(played(call, ask, [anna, { type: 'stop-camera', lineId }]), yes)).toBe('A23');
  });

  it('[A24] either side stops it; the end of the call ends it; a yes is for one call', () => {
    const seen = played(call, ask, yes);
    for (const who of [anna, device]) expect(ways(played(seen, [who, { type: 'stop-camera', lineId }]))).toEqual([]);
    expect(ruleOf(seen, [other, { type: 'stop-camera', lineId }])).toBe('A23');
    const ended = played(seen, [device, { type: 'leave-line', lineId }]);
    expect(ways(ended)).toEqual([]);
    expect(maySendPictures(ended, camOfLine(lineId))).toBe(false);
    const again = played(
      ended,
      [{ kind: 'parley' }, { type: 'report-leg', leg: legOfLine(lineId), state: 'ended', cause: '' }],
      [device, { type: 'knock', lineId, deviceId: 'device-one', describes: '' }],
      [anna, { type: 'admit-device', lineId, deviceId: 'device-one' }],
      [{ kind: 'parley' }, { type: 'report-leg', leg: legOfLine(lineId), state: 'up', cause: '' }],
    );
    expect(again.lines.byId[lineId]?.state).toBe('live');
    expect(ways(again)).toEqual([]);
  });

  it('[A25] a scene camera is shown to the team and to no far end; its owner and the leader stop it', () => {
    const scene = played(call, [boris, { type: 'start-scene-camera' }]);
    expect(ways(scene)).toEqual(['cam.boris>see.anna']);
    expect(ways(played(scene, [boris, { type: 'stop-scene-camera', personId: 'boris' }]))).toEqual([]);
    expect(ways(played(scene, [anna, { type: 'stop-scene-camera', personId: 'boris' }]))).toEqual([]);
    const annas = played(call, [anna, { type: 'start-scene-camera' }]);
    expect(ruleOf(annas, [boris, { type: 'stop-scene-camera', personId: 'anna' }])).toBe('A25');
  });

  it('[A25] who loses his role is neither seen nor shown anything', () => {
    const scene = played(call, ask, yes, [boris, { type: 'start-scene-camera' }]);
    const gone = played(scene, [anna, { type: 'drop-role', personId: 'boris', role: 'scribe' }]);
    expect(ways(gone)).toEqual(['cam.line1>see.anna']);
    expect(maySendPictures(gone, camOfPerson('boris'))).toBe(false);
  });

  it('[A26] nobody is shown more cameras than he has views, and the far end comes first', () => {
    const people = ['clara', 'dora', 'emil', 'fritz'];
    const many = played(
      call,
      ask,
      yes,
      ...people.map((id): Step => [anna, { type: 'assign-role', personId: id, name: id, role: 'technical' }]),
      ...['boris', ...people].map((id): Step => [{ kind: 'person', personId: id, name: id }, { type: 'start-scene-camera' }]),
    );
    const all = new Set([...present, ...people.map(camOfPerson)]);
    const toAnna = route(many, all).filter((edge) => edge.to === seeOfPerson('anna'));
    expect(toAnna).toHaveLength(MAX_VIEWS);
    expect(toAnna[0]?.from).toBe(camOfLine(lineId));
  });
});
