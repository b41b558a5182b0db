// Topic: what each person of the team hears with, and with which echo cancellation. A loudspeaker shuts ear and table until confirmed.
import { z } from 'zod';
import { command, type Draft, entry, idOf, type Refusal, refuse, type Topic } from './topic.ts';

/** What sound comes out of. `unknown`: the names of the devices do not tell, and nobody said. */
export const output = z.enum(['headset', 'handset', 'loudspeaker', 'unknown']);
export type Output = z.infer<typeof output>;

/** What one person hears with. */
export interface Worn {
  readonly output: Output;
  /** Name of the device as the browser has it; '' where it does not tell. */
  readonly label: string;
  /** Guessed from the label, or said by the person. */
  readonly by: 'guess' | 'person';
  /** The microphone's echo cancellation is on. */
  readonly echo: boolean;
  /** The person answers for it that no open microphone hears this loudspeaker. */
  readonly confirmed: boolean;
}
/** By person; who is absent has told nothing. */
export type Gear = Readonly<Record<string, Worn>>;

type State = { gear: Gear; voice: Readonly<Record<string, string>> };

const initial: Gear = {};
const told = z.strictObject({ output, label: z.string().max(200), by: z.enum(['guess', 'person']), echo: z.boolean() });
const own = z.strictObject({ personId: idOf });

/** True for a loudspeaker that nobody has confirmed: the ear and the table must not sound there (A11). */
export function isBareLoudspeaker(gear: Gear, personId: string): boolean {
  const worn = gear[personId];
  return worn?.output === 'loudspeaker' && !worn.confirmed;
}

/** Why this person may not open the ear or the table now, or null. `listeners`: those for whom the channel is there. */
export function refusesLoudspeaker(
  gear: Gear,
  personId: string,
  listeners: readonly { readonly personId: string; readonly name: string }[],
): Refusal | null {
  if (isBareLoudspeaker(gear, personId))
    return refuse(
      'A11',
      'You hear by a loudspeaker: a microphone near you could carry this to the subject.',
      'Put on a headset and say so, or confirm the loudspeaker.',
    );
  const other = listeners.find((l) => l.personId !== personId && isBareLoudspeaker(gear, l.personId));
  if (other === undefined) return null;
  return refuse(
    'A11',
    `${other.name} hears by a loudspeaker: the subject could hear you.`,
    'Write a note. A headset, once told, opens it.',
  );
}

/** A guess does not change what the person said of the same device. */
function asTold(now: Worn | undefined, asks: z.output<typeof told>) {
  const isSaid = asks.by === 'guess' && now?.by === 'person' && now.label === asks.label;
  return isSaid ? { ...asks, output: now.output, by: now.by } : asks;
}

function tell(state: State, personId: string, asks: z.output<typeof told>): readonly Draft[] {
  const now = state.gear[personId];
  const next = asTold(now, asks);
  if (now !== undefined && now.output === next.output && now.label === next.label && now.by === next.by && now.echo === next.echo)
    return [];
  const draft = { type: 'gear-told', payload: { personId, ...next } };
  const channel = state.voice[personId];
  const becomesBare = isBareLoudspeaker({ [personId]: worn(now, next) }, personId);
  const closes = becomesBare && (channel === 'ear' || channel === 'table');
  return closes ? [{ type: 'mic-closed', payload: { personId, cause: 'hears by a loudspeaker now' } }, draft] : [draft];
}

/** A confirmation is for one device: another one needs its own. */
function worn(before: Worn | undefined, p: z.output<typeof told>): Worn {
  const isSame = before !== undefined && before.output === p.output && before.label === p.label;
  return { output: p.output, label: p.label, by: p.by, echo: p.echo, confirmed: isSame && before.confirmed };
}

export const gearTopic = {
  name: 'gear' as const,
  initial,
  commands: {
    'tell-gear': command({
      by: ['member'],
      schema: told,
      decide: (state: State, asks, { who }) =>
        who.kind === 'person' ? tell(state, who.personId, asks) : refuse('T1', 'Only people wear something.', ''),
    }),
    'confirm-loudspeaker': command({
      by: ['member'],
      schema: z.strictObject({}),
      decide: (state: State, _, { who }) => {
        const mine = who.kind === 'person' ? state.gear[who.personId] : undefined;
        if (who.kind !== 'person' || mine?.output !== 'loudspeaker')
          return refuse('A11', 'You hear by no loudspeaker.', 'Nothing needs to be done.');
        return mine.confirmed ? [] : [{ type: 'loudspeaker-confirmed', payload: { personId: who.personId } }];
      },
    }),
  },
  entries: {
    'gear-told': entry({
      schema: told.extend({ personId: idOf }),
      reduce: (gear: Gear, { personId, ...p }): Gear => ({ ...gear, [personId]: worn(gear[personId], p) }),
    }),
    'loudspeaker-confirmed': entry({
      schema: own,
      reduce: (gear: Gear, { personId }): Gear => {
        const mine = gear[personId];
        return mine === undefined ? gear : { ...gear, [personId]: { ...mine, confirmed: true } };
      },
    }),
  },
} satisfies Topic;
