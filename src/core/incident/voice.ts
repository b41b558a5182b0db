// Topic: open microphones beside the floor: the ear, the table, the tactical and the command channel. Closed unless opened.
import { z } from 'zod';
import type { Floor } from './floor.ts';
import { type Gear, refusesLoudspeaker } from './gear.ts';
import { isAside, type Lines } from './lines.ts';
import { hasRole, holders, type Member, type People } from './people.ts';
import { type Actor, command, entry, idOf, type Role, refuse, type Topic } from './topic.ts';

export const channel = z.enum(['ear', 'table', 'tactical', 'command']);
/** Where a microphone beside the floor can be open to. */
export type Channel = z.infer<typeof channel>;

/** Person -> the channel his microphone is open to. Who is absent is closed. */
export type Voice = Readonly<Record<string, Channel>>;

type State = { voice: Voice; people: People; floor: Floor; lines: Lines; gear: Gear; incident: { readonly exercise: boolean } };

const initial: Voice = {};

/** Who may speak where (products 3.2, design 5). The primary's place at the table depends on the line and is decided below. */
export const MAY_SPEAK: Readonly<Record<Channel, readonly Role[]>> = {
  ear: ['coach', 'leader', 'interpreter', 'trainer'],
  table: ['primary', 'coach', 'leader', 'intelligence', 'technical', 'consultant', 'tactical-liaison'],
  tactical: ['leader', 'tactical-liaison', 'tactical', 'commander'],
  command: ['leader', 'commander'],
};

/** Those for whom the channel is there: when one of them hears by a loudspeaker it is refused. All others only lose their own edge. */
function keyListeners({ people, lines }: State, to: 'ear' | 'table'): readonly Member[] {
  return to === 'ear' || isAside(lines) ? holders(people, 'primary') : [];
}

function open(state: State, who: Actor, to: Channel) {
  if (who.kind !== 'person') return refuse('A5', 'Only people have microphones.', '');
  const me = who.personId;
  const { people, voice } = state;
  if (people[me]?.noTalk) return refuse('A5', 'You are marked as a listener.', 'Ask the leader.');
  if (!hasRole(people, me, ...MAY_SPEAK[to]))
    return refuse('A5', `Your role does not speak on the ${to} channel.`, 'Write a note, or ask the leader.');
  if (to === 'ear' && hasRole(people, me, 'trainer') && !state.incident.exercise && !hasRole(people, me, 'coach', 'leader', 'interpreter'))
    return refuse('A3', 'A trainer uses the ear in an exercise only.', 'Write a note.');
  if (state.floor.holder === me && !isAside(state.lines))
    return refuse('A2', 'You have the floor: the subject may hear you.', 'Put the line on hold, or hand the floor over first.');
  const other = Object.entries(voice).find(([id, c]) => c === 'ear' && id !== me);
  if (to === 'ear' && other !== undefined)
    return refuse('A3', `${people[other[0]]?.name ?? 'Someone'} speaks in the ear now.`, 'Wait until the ear is free.');
  const shut = to === 'ear' || to === 'table' ? refusesLoudspeaker(state.gear, me, keyListeners(state, to)) : null;
  if (shut !== null) return shut;
  return voice[me] === to ? [] : [{ type: 'mic-opened', payload: { personId: me, channel: to } }];
}

function without(voice: Voice, personId: string): Voice {
  const { [personId]: _gone, ...rest } = voice;
  return rest;
}

export const voiceTopic = {
  name: 'voice' as const,
  initial,
  commands: {
    'open-mic': command({
      by: ['member'],
      schema: z.strictObject({ channel }),
      decide: (state: State, asks, { who }) => open(state, who, asks.channel),
    }),
    'close-mic': command({
      by: ['member'],
      schema: z.strictObject({}),
      unlogged: true,
      decide: (state: State, _, { who }) =>
        who.kind === 'person' && state.voice[who.personId] !== undefined
          ? [{ type: 'mic-closed', payload: { personId: who.personId, cause: 'released' } }]
          : [],
    }),
    /** A console that went away cannot release its key: the box does. */
    'close-mic-of': command({
      by: ['parley'],
      schema: z.strictObject({ personId: idOf, cause: z.string().max(200) }),
      unlogged: true,
      decide: (state: State, asks) => (state.voice[asks.personId] === undefined ? [] : [{ type: 'mic-closed', payload: asks }]),
    }),
  },
  entries: {
    'mic-opened': entry({
      schema: z.strictObject({ personId: idOf, channel }),
      reduce: (voice: Voice, p): Voice => ({ ...voice, [p.personId]: p.channel }),
    }),
    'mic-closed': entry({
      schema: z.strictObject({ personId: idOf, cause: z.string() }),
      reduce: (voice: Voice, p): Voice => without(voice, p.personId),
    }),
  },
} satisfies Topic;
