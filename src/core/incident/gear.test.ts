// What people hear with, and what that shuts: ear and table, by decision and by route; and which pairs are watched for leaks.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardsOf } from '../audio/guard.ts';
import { route } from '../audio/route.ts';
import { decide, EMPTY, reduce } from './log.ts';
import { type Actor, isRefusal } from './topic.ts';
import type { IncidentState } from './topics.ts';

const person = (id: string): Actor => ({ kind: 'person', personId: id, name: id });
const [anna, boris, clara] = ['anna', 'boris', 'clara'].map(person) as [Actor, Actor, Actor];
const parley: Actor = { kind: 'parley' };
const device: Actor = { kind: 'device', lineId: 'line1', deviceId: 'device-one' };
const legs = ['person.anna', 'person.boris', 'person.clara', 'line.line1'];
const present = new Set(legs);

type Ask = readonly [Actor, Record<string, unknown>];

function stateAfter(state: IncidentState, ...asks: readonly Ask[]): IncidentState {
  return asks.reduce((now, [who, command]) => {
    const decision = decide(now, command, { at: now.seq, who });
    if (isRefusal(decision)) throw new Error(`${String(command['type'])}: ${decision.why}`);
    return decision.reduce((s, draft) => reduce(s, { ...draft, seq: s.seq + 1, at: s.seq, who }), now);
  }, state);
}

/** A live call: Anna leads and is primary with the floor, Boris coaches, Clara writes. */
const call = stateAfter(
  EMPTY,
  [anna, { type: 'open-incident', incidentId: 'one1', title: 'x', exercise: false }],
  [anna, { type: 'assign-role', personId: 'boris', name: 'boris', role: 'coach' }],
  [anna, { type: 'assign-role', personId: 'clara', name: 'clara', role: 'scribe' }],
  [anna, { type: 'issue-link', lineId: 'line1', kind: 'link', label: '', tokenHash: 'a'.repeat(64), reach: 'anywhere', expiresAt: 1e15 }],
  [device, { type: 'knock', lineId: 'line1', deviceId: 'device-one', describes: '' }],
  [anna, { type: 'admit-device', lineId: 'line1', deviceId: 'device-one' }],
  ...legs.map((leg): Ask => [parley, { type: 'report-leg', leg, state: 'up', cause: '' }]),
  [anna, { type: 'take-floor' }],
);
const tells = (output: string, by = 'person', label = 'Box', echo = false) => ({ type: 'tell-gear', output, label, by, echo });
const whisper = { type: 'open-mic', channel: 'ear' };
const earTo = (state: IncidentState) => route(state, present).flatMap((e) => (e.why === 'ear' || e.why === 'table' ? [e.to] : []));
const typesOf = (state: IncidentState, [who, command]: Ask) => {
  const decision = decide(state, command, { at: 0, who });
  return isRefusal(decision) ? decision.rule : decision.map((d) => d.type);
};

describe('what people hear with', () => {
  it('[A11] a loudspeaker shuts ear and table for who speaks there, until he confirms it', () => {
    const bare = stateAfter(call, [boris, tells('loudspeaker')]);
    expect(typesOf(bare, [boris, whisper])).toBe('A11');
    expect(typesOf(bare, [boris, { type: 'open-mic', channel: 'table' }])).toBe('A11');
    expect(typesOf(stateAfter(bare, [boris, { type: 'confirm-loudspeaker' }]), [boris, whisper])).toEqual(['mic-opened']);
    expect(typesOf(stateAfter(bare, [boris, tells('headset')]), [boris, whisper])).toEqual(['mic-opened']);
  });

  it('[A11] a primary with a loudspeaker is whispered to by nobody; another listener only loses his own way', () => {
    expect(typesOf(stateAfter(call, [anna, tells('loudspeaker', 'guess')]), [boris, whisper])).toBe('A11');
    const state = stateAfter(call, [clara, tells('loudspeaker')], [boris, whisper]);
    expect(earTo(state)).toEqual(['person.anna']);
    expect(earTo(stateAfter(state, [clara, { type: 'confirm-loudspeaker' }]))).toEqual(['person.anna', 'person.clara']);
  });

  it('[A11] a headset that is taken off in the middle closes ear and table at once, and the own microphone there', () => {
    const whispering = stateAfter(call, [boris, whisper]);
    expect(earTo(whispering)).toContain('person.anna');
    expect(earTo(stateAfter(whispering, [anna, tells('loudspeaker', 'guess', 'Speakers')]))).not.toContain('person.anna');
    expect(typesOf(whispering, [boris, tells('loudspeaker')])).toEqual(['mic-closed', 'gear-told']);
  });

  it('[A11] no edge of ear or table begins or ends at a loudspeaker that is not confirmed, over random gear', () => {
    const ids = ['anna', 'boris', 'clara'] as const;
    const worn = fc.record({ output: fc.constantFrom('headset', 'loudspeaker', 'unknown'), confirm: fc.boolean() });
    const scene = fc.record({
      gear: fc.tuple(worn, worn, worn),
      voice: fc.dictionary(fc.constantFrom(...ids), fc.constantFrom('ear', 'table', 'tactical', 'command'), { maxKeys: 3 }),
      held: fc.boolean(),
    });
    let met = 0;
    fc.assert(
      fc.property(scene, ({ gear, voice, held }) => {
        let state = call;
        for (const [i, id] of ids.entries()) {
          const { output, confirm } = gear[i] as { output: string; confirm: boolean };
          state = stateAfter(state, [person(id), tells(output)]);
          if (confirm && output === 'loudspeaker') state = stateAfter(state, [person(id), { type: 'confirm-loudspeaker' }]);
        }
        if (held) state = stateAfter(state, [anna, { type: 'hold-line', lineId: 'line1' }]);
        const edges = route({ ...state, voice } as IncidentState, present).filter((e) => e.why === 'ear' || e.why === 'table');
        met += edges.length;
        for (const edge of edges) {
          for (const end of [edge.from, edge.to]) {
            const mine = gear[ids.findIndex((id) => end === `person.${id}`)];
            expect(mine?.output === 'loudspeaker' && !mine.confirm, `${edge.from} > ${edge.to}`).toBe(false);
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(met).toBeGreaterThan(50);
  });

  it('[A40] a guess never changes what the person said of the same device, and another device needs its own confirmation', () => {
    const said = stateAfter(call, [boris, tells('headset', 'person', 'Speakers')]);
    expect(typesOf(said, [boris, tells('loudspeaker', 'guess', 'Speakers')])).toEqual([]);
    const confirmed = stateAfter(call, [boris, tells('loudspeaker')], [boris, { type: 'confirm-loudspeaker' }]);
    expect(confirmed.gear['boris']?.confirmed).toBe(true);
    expect(typesOf(confirmed, [boris, tells('loudspeaker')])).toEqual([]);
    expect(stateAfter(confirmed, [boris, tells('loudspeaker', 'guess', 'Other')]).gear['boris']?.confirmed).toBe(false);
    expect(typesOf(call, [boris, { type: 'confirm-loudspeaker' }])).toBe('A11');
  });

  it('[A43] each change of the own echo cancellation is an entry, and only a change', () => {
    const first = stateAfter(call, [boris, tells('headset')]);
    expect(typesOf(first, [boris, tells('headset')])).toEqual([]);
    expect(typesOf(first, [boris, tells('headset', 'person', 'Box', true)])).toEqual(['gear-told']);
  });

  it('[A44] each change of a line’s echo cancellation is an entry; who may not act on lines may not change it', () => {
    const off = { type: 'set-line-echo', lineId: 'line1', on: false };
    expect(typesOf(call, [boris, off])).toEqual(['line-echo-set']);
    expect(typesOf(stateAfter(call, [boris, off]), [anna, off])).toEqual([]);
    expect(typesOf(call, [clara, off])).toBe('T5');
    expect(typesOf(call, [anna, { ...off, lineId: 'other' }])).toBe('N1');
  });

  it('[R41] hearing a line again is an entry; who does not hear the line does not hear it again', () => {
    const again = { type: 'read-again', lineId: 'line1', seconds: 15, fromMs: 1, toMs: 2 };
    expect(typesOf(call, [clara, again])).toEqual(['recording-read']);
    expect(typesOf(call, [person('dmitri'), again])).toBe('T5');
    const third = stateAfter(call, [anna, { type: 'assign-role', personId: 'dmitri', name: 'd', role: 'third-party' }]);
    expect(typesOf(third, [person('dmitri'), again])).toBe('R40');
    const trainer = stateAfter(call, [anna, { type: 'assign-role', personId: 'dmitri', name: 'd', role: 'trainer' }]);
    expect(typesOf(trainer, [person('dmitri'), again])).toBe('R40');
    expect(typesOf(call, [anna, { ...again, seconds: 90 }])).toBe('P2');
    expect(typesOf(stateAfter(call, [clara, tells('loudspeaker')]), [clara, again])).toBe('A11');
  });
});

describe('what is watched for leaks', () => {
  it('[A42] every open voice of the team against the microphones that the subject may hear, and only while he may', () => {
    expect(guardsOf(call, present)).toEqual([]);
    const whispering = stateAfter(call, [boris, whisper]);
    expect(guardsOf(whispering, present)).toEqual([{ secret: 'person.boris', microphone: 'person.anna' }]);
    // Who has the floor is watched as well as the primary, and nobody against himself.
    const passed = stateAfter(call, [anna, { type: 'offer-floor', personId: 'boris' }], [boris, { type: 'accept-floor' }]);
    expect(guardsOf(stateAfter(passed, [anna, whisper]), present)).toEqual([{ secret: 'person.anna', microphone: 'person.boris' }]);
    const held = stateAfter(whispering, [anna, { type: 'hold-line', lineId: 'line1' }]);
    expect(guardsOf(held, present)).toEqual([]);
    expect(guardsOf(whispering, new Set(['person.boris']))).toEqual([]);
  });

  it('[A42] a leak is one entry however often it is told, and [A45] is cleared by one', () => {
    const pair = { secret: 'person.boris', microphone: 'person.anna' };
    const report = { type: 'report-leak', ...pair, likeness: 0.8, delayMs: 120, gainDb: -20 };
    const leaking = stateAfter(call, [parley, report]);
    expect(leaking.leak.suspected).toHaveLength(1);
    expect(typesOf(leaking, [parley, report])).toEqual([]);
    expect(typesOf(call, [anna, report])).toBe('T5');
    const over = stateAfter(leaking, [parley, { type: 'report-leak-cleared', ...pair, cause: 'x' }]);
    expect(over.leak.suspected).toEqual([]);
    expect(typesOf(over, [parley, { type: 'report-leak-cleared', ...pair, cause: 'x' }])).toEqual([]);
  });
});
