// Topic: who read which recording. Reading is a fact of the incident like any other.
import { z } from 'zod';
import { type Gear, isBareLoudspeaker } from './gear.ts';
import { personOfLeg } from './legs.ts';
import { type Lines, legOfLine } from './lines.ts';
import { hasRole, type People } from './people.ts';
import { command, entry, idOf, type Role, refuse, type Topic } from './topic.ts';

type State = { lines: Lines; people: People; gear: Gear; incident: { readonly exercise: boolean } };

/** How much of a line can be heard again, in seconds. */
export const AGAIN_S = [15, 30, 60] as const;
/** One of those. */
export type AgainS = (typeof AGAIN_S)[number];

/** Who hears the line live may hear it again. A third party never does. */
const MAY_HEAR_AGAIN: readonly Role[] = [
  'primary',
  'coach',
  'leader',
  'interpreter',
  'scribe',
  'intelligence',
  'technical',
  'consultant',
  'tactical-liaison',
  'tactical',
  'commander',
];

/** Who may read what a person of the team said, on whatever channel: who hears them all, as the ear (A3). */
const MAY_READ_TEAM: readonly Role[] = ['leader', 'scribe'];

/** Whether this person may read the recordings of a leg: of the outside, who hears the line; of the team, its leader and scribe, and the
 *  speaker himself. In an exercise the trainer reads all. */
export function mayReadLeg(state: Pick<State, 'people' | 'incident'>, personId: string, of: string): boolean {
  if (state.incident.exercise && hasRole(state.people, personId, 'trainer')) return true;
  const team = personOfLeg(of);
  if (team !== null)
    return hasRole(state.people, personId, ...MAY_READ_TEAM) || (team === personId && hasRole(state.people, personId, ...MAY_HEAR_AGAIN));
  return hasRole(state.people, personId, ...MAY_HEAR_AGAIN);
}

const leg = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,63}$/);
const file = z.string().max(300);
const span = z.strictObject({ lineId: idOf, seconds: z.literal([...AGAIN_S]), fromMs: z.number(), toMs: z.number() });

export const readingTopic = {
  name: 'reading' as const,
  /** Nothing is decided by it: the log alone remembers. */
  initial: null,
  commands: {
    /** The last seconds of a line, to oneself, while the incident goes on. `fromMs`, `toMs`: wall clock of what was found. */
    'read-again': command({
      by: ['member'],
      schema: span,
      decide: (state: State, asks, { who }) => {
        if (who.kind !== 'person') return refuse('T1', 'Only people listen.', '');
        const isTrainer = state.incident.exercise && hasRole(state.people, who.personId, 'trainer');
        if (!isTrainer && !hasRole(state.people, who.personId, ...MAY_HEAR_AGAIN))
          return refuse('R40', 'Your role does not hear this line.', 'Ask the leader.');
        if (state.lines.byId[asks.lineId] === undefined) return refuse('N1', 'There is no such line.', 'Look at the list of lines again.');
        if (isBareLoudspeaker(state.gear, who.personId))
          return refuse('A11', 'You hear by a loudspeaker: microphones near you would hear it too.', 'Put on a headset and say so.');
        return [{ type: 'recording-read', payload: { leg: legOfLine(asks.lineId), how: 'again', fromMs: asks.fromMs, toMs: asks.toMs } }];
      },
    }),
    /** A whole file. */
    'read-recording': command({
      by: ['member'],
      schema: z.strictObject({ leg, file }),
      decide: (state: State, asks, { who }) => {
        if (who.kind !== 'person' || !mayReadLeg(state, who.personId, asks.leg))
          return refuse('T58', 'Your role does not read this recording.', 'Ask the leader.');
        if (isBareLoudspeaker(state.gear, who.personId) && state.lines.unsafe > 0)
          return refuse('A11', 'You hear by a loudspeaker: microphones near you would hear it too.', 'Put on a headset and say so.');
        return [{ type: 'recording-read', payload: { leg: asks.leg, how: 'file', file: asks.file } }];
      },
    }),
  },
  entries: {
    'recording-read': entry({
      schema: z.discriminatedUnion('how', [
        z.strictObject({ leg, how: z.literal('again'), fromMs: z.number(), toMs: z.number() }),
        z.strictObject({ leg, how: z.literal('file'), file }),
      ]),
      reduce: (none: null): null => none,
    }),
  },
} satisfies Topic;
