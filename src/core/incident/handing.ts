// Topic: the first officer hands his line to the team: others lead and talk from then on, he listens or leaves. Who has the floor is the
// floor's topic; it still passes by offer and acceptance.
import { z } from 'zod';
import type { Floor } from './floor.ts';
import { type Legs, legOfPerson } from './legs.ts';
import { hasRole, isMachine, losesVoice, type People, rolesOf } from './people.ts';
import { type Actor, command, type Draft, entry, idOf, type Role, refuse, type Topic } from './topic.ts';
import type { Voice } from './voice.ts';

/** What he becomes who stays: hears the line and the table, and opens no microphone. */
export const LISTENS_AS: Role = 'intelligence';

/** A hand-over whose floor is offered and not accepted yet: he who talks goes on talking until then. */
export interface Handing {
  readonly pending: { readonly from: string; readonly stays: boolean } | null;
}

type State = { readonly handing: Handing; readonly people: People; readonly floor: Floor; readonly legs: Legs; readonly voice: Voice };

const initial: Handing = { pending: null };
const handed = z.strictObject({ leaderId: idOf, primaryId: idOf, stays: z.boolean() });

/** Why this person cannot be given a part of it, or null. */
function noPartFor({ people }: State, personId: string, me: string) {
  const member = people[personId];
  if (personId === me) return refuse('N127', 'That is you.', 'Name somebody of the team.');
  if (member === undefined || isMachine(personId) || !hasRole(people, personId, ...TEAM))
    return refuse('N127', 'That person is not of the team here.', 'Invite him with a role first.');
  return null;
}

/** Who may be named: a relative is none of the team. */
const TEAM: readonly Role[] = [
  'primary',
  'coach',
  'leader',
  'scribe',
  'intelligence',
  'technical',
  'consultant',
  'tactical-liaison',
  'tactical',
  'commander',
];

function gives(people: People, personId: string, role: Role): readonly Draft[] {
  const name = people[personId]?.name ?? '';
  return hasRole(people, personId, role) ? [] : [{ type: 'role-assigned', payload: { personId, name, role } }];
}

/** The drafts that take from the first officer what he had, at the moment in which somebody else is heard. */
function lets(state: State, { from, stays }: NonNullable<Handing['pending']>): readonly Draft[] {
  const member = state.people[from];
  if (member === undefined) return [];
  const kept = stays ? [{ type: 'no-talk-set', payload: { personId: from, noTalk: true } }, ...gives(state.people, from, LISTENS_AS)] : [];
  const dropped = rolesOf(state.people, from).filter((role) => !stays || role !== LISTENS_AS);
  return [
    ...kept,
    ...dropped.map((role) => ({ type: 'role-dropped', payload: { personId: from, role } })),
    ...(state.voice[from] === undefined ? [] : [{ type: 'mic-closed', payload: { personId: from, cause: 'handed the line over' } }]),
    { type: 'line-taken-over', payload: { from } },
  ];
}

/** What follows in a hand-over when `to` gets the floor: its end. None when nothing is handed over. */
export function endsHanding(state: State, to: string): readonly Draft[] {
  const { pending } = state.handing;
  return pending === null || pending.from === to ? [] : lets(state, pending);
}

function hand(state: State, asks: z.output<typeof handed>, who: Actor) {
  if (who.kind !== 'person') return refuse('T1', 'Only a person hands a line over.', '');
  const me = who.personId;
  const { people, floor, legs } = state;
  const refused = noPartFor(state, asks.leaderId, me) ?? noPartFor(state, asks.primaryId, me);
  if (refused !== null) return refused;
  if (people[asks.primaryId]?.noTalk) return refuse('A5', 'Who is to talk is marked as a listener.', 'Name somebody else.');
  const holds = floor.holder === me;
  if (holds && floor.turnOf !== null) return refuse('A2', 'You have the floor for one turn.', 'Give the turn back first.');
  if (floor.turnOf === me) return refuse('A2', 'Your turn is with somebody else.', 'Take it back first.');
  if (holds && legs[legOfPerson(asks.primaryId)]?.state !== 'up')
    return refuse(
      'A9',
      `${people[asks.primaryId]?.name ?? ''} is not in the call.`,
      'He joins the call first: somebody has to go on talking.',
    );
  const told = { type: 'line-handed', payload: { ...asks, from: me } };
  const given = [...gives(people, asks.leaderId, 'leader'), ...gives(people, asks.primaryId, 'primary')];
  const pending = { from: me, stays: asks.stays };
  if (!holds) {
    const silent = losesVoice(state, me, { left: [], cause: 'handed the line over' }).filter(({ type }) => type === 'floor-offer-ended');
    return [told, ...given, ...silent, ...lets(state, pending)];
  }
  // He goes on talking, and so stays primary, until the other one has the floor.
  return [
    told,
    ...given,
    { type: 'role-dropped', payload: { personId: me, role: 'leader' } },
    ...gives(people, me, 'primary'),
    { type: 'floor-offered', payload: { personId: asks.primaryId } },
  ];
}

export const handingTopic = {
  name: 'handing' as const,
  initial,
  commands: {
    /** One act: others lead and are primary; when he talks, the floor is offered to the new primary. */
    'hand-to-team': command({ by: ['leader'], schema: handed, decide: (state: State, asks, { who }) => hand(state, asks, who) }),
  },
  entries: {
    'line-handed': entry({
      schema: handed.extend({ from: idOf }),
      reduce: (_: Handing, p): Handing => ({ pending: { from: p.from, stays: p.stays } }),
    }),
    'line-taken-over': entry({ schema: z.strictObject({ from: idOf }), reduce: (): Handing => initial }),
  },
} satisfies Topic;
