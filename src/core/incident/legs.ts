// Topic: legs, one party's sound each, as the media worker tells of them; and what that does to lines and to the floor.
import { z } from 'zod';
import { isUnsafe, step } from '../line/machine.ts';
import type { Floor } from './floor.ts';
import { type Lines, legOfLine, liveLine, moveLine } from './lines.ts';
import type { Monitors } from './monitor.ts';
import { command, type Draft, entry, type Topic } from './topic.ts';
import type { Voice } from './voice.ts';

export interface Leg {
  readonly state: 'up' | 'lost' | 'ended';
  readonly since: number;
  readonly cause: string;
}

export type Legs = Readonly<Record<string, Leg>>;

type State = { legs: Legs; lines: Lines; monitor: Monitors; floor: Floor; voice: Voice };

const initial: Legs = {};
const reported = z.strictObject({
  leg: z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,63}$/),
  state: z.enum(['up', 'lost', 'ended']),
  cause: z.string().max(200),
});
const PERSON = 'person.';

/** The leg that carries a person's sound. */
export function legOfPerson(personId: string): string {
  return `${PERSON}${personId}`;
}

/** The person behind a leg, or null for a line's leg. */
export function personOfLeg(leg: string): string | null {
  return leg.startsWith(PERSON) ? leg.slice(PERSON.length) : null;
}

/** What a leg's change does to its line. */
function lineFollows(state: State, asks: z.output<typeof reported>): readonly Draft[] {
  const line = Object.values(state.lines.byId).find((l) => legOfLine(l.id) === asks.leg);
  if (line === undefined) return [];
  const event = { up: 'sound-came', lost: 'sound-went', ended: 'ended' } as const;
  // One far end at most hears the floor: a line whose sound comes while another is live comes on hold.
  const live = liveLine(state.lines);
  const mustWait = live !== undefined && live.id !== line.id;
  const comes = { ...line, onHold: line.onHold || mustWait };
  const moved = moveLine(state, { line: comes, event: event[asks.state], cause: asks.cause });
  // The end of a call that is over already only confirms it: who knocked again meanwhile goes on waiting.
  const isOver = asks.state === 'ended' && !isUnsafe(line.state);
  const drafts = isOver || 'rule' in moved || step(comes.state, event[asks.state], comes.onHold) === line.state ? [] : moved;
  const silent = asks.state === 'ended' && (line.unconfirmed || drafts.length > 0);
  return silent ? [...drafts, { type: 'line-confirmed-silent', payload: { lineId: line.id } }] : drafts;
}

/** Who is lost loses what he could say: floor emptied, microphone closed. A failure never leaves a voice open (A9). */
function personFollows(state: State, asks: z.output<typeof reported>): readonly Draft[] {
  const personId = personOfLeg(asks.leg);
  if (personId === null || asks.state === 'up') return [];
  return [
    ...(state.floor.holder === personId ? [{ type: 'floor-emptied', payload: { cause: `its holder's sound is ${asks.state}` } }] : []),
    ...(state.floor.offeredTo === personId ? [{ type: 'floor-offer-ended', payload: {} }] : []),
    ...(state.voice[personId] === undefined ? [] : [{ type: 'mic-closed', payload: { personId, cause: `sound ${asks.state}` } }]),
  ];
}

export const legsTopic = {
  name: 'legs' as const,
  initial,
  commands: {
    'report-leg': command({
      by: ['parley'],
      schema: reported,
      unlogged: true,
      decide: (state: State, asks) => {
        const now = state.legs[asks.leg];
        if (now?.state === asks.state) return asks.state === 'ended' ? lineFollows(state, asks) : [];
        if (now === undefined && asks.state === 'lost') return [];
        return [{ type: 'leg-changed', payload: asks }, ...lineFollows(state, asks), ...personFollows(state, asks)];
      },
    }),
  },
  entries: {
    'leg-changed': entry({
      schema: reported,
      reduce: (legs: Legs, p, { at }): Legs => ({ ...legs, [p.leg]: { state: p.state, since: at, cause: p.cause } }),
    }),
  },
} satisfies Topic;
