// Topic: the floor, the right to be heard by the subject. One holder at most; it passes by offer and acceptance, or for one turn
// to the interpreter or to a third party in his window, and back by one key.
import { z } from 'zod';
import { endsHanding, type Handing } from './handing.ts';
import type { Legs } from './legs.ts';
import { legOfPerson } from './legs.ts';
import { hasRole, holders, type People, swapRoles } from './people.ts';
import { type Actor, command, type Draft, entry, idOf, type Role, refuse, type Topic } from './topic.ts';
import type { Voice } from './voice.ts';
import type { Windows } from './windows.ts';

export interface Floor {
  readonly holder: string | null;
  /** Who may accept now; null when nothing is offered. */
  readonly offeredTo: string | null;
  /** Who asked its holder for it; null when nobody waits for an answer. */
  readonly askedBy: string | null;
  /** Who gave the holder this turn and has the floor again after it; null when the holder has it in his own right. */
  readonly turnOf: string | null;
  /** Why and when it became empty. */
  readonly emptiedAt: number | null;
  /** Counts grants, so that a late message can be told from a new one. */
  readonly grants: number;
}

type State = {
  floor: Floor;
  people: People;
  legs: Legs;
  voice: Voice;
  windows: Windows;
  handing: Handing;
  recording: { readonly alarms: readonly { readonly leg: string }[] };
};

/** The coach has this long to take an emptied floor before the leader may, in ms. */
export const COACH_FIRST_MS = 5_000;

const initial: Floor = { holder: null, offeredTo: null, askedBy: null, turnOf: null, emptiedAt: null, grants: 0 };
/** Who may be offered the floor in his own right; interpreter and third party get it by the turn. */
const MAY_BE_OFFERED: readonly Role[] = ['primary', 'coach', 'leader'];
const toPerson = z.strictObject({ personId: idOf });
const NOT_HOLDER = refuse('A2', 'You do not have the floor.', 'Only its holder can do that.');

function nameOf(people: People, personId: string): string {
  return people[personId]?.name ?? personId;
}

/** An open microphone of the new holder closes first: one microphone has one way. */
function closesMic(voice: Voice, personId: string): readonly Draft[] {
  return voice[personId] === undefined ? [] : [{ type: 'mic-closed', payload: { personId, cause: 'has the floor now' } }];
}

function take(state: State, who: Actor, at: number) {
  if (who.kind !== 'person') return NOT_HOLDER;
  const { floor, people } = state;
  const me = who.personId;
  if (floor.holder === me) return [];
  if (people[me]?.noTalk) return refuse('A5', 'You are marked as a listener.', 'Ask the leader.');
  if (floor.holder !== null) return refuse('A2', `${nameOf(people, floor.holder)} has the floor.`, 'Ask for it to be offered to you.');
  if (state.legs[legOfPerson(me)]?.state !== 'up') return refuse('A9', 'Your sound is not in the call.', 'Join the call first.');
  const waits =
    floor.emptiedAt !== null &&
    at - floor.emptiedAt < COACH_FIRST_MS &&
    holders(people, 'coach').some((c) => state.legs[legOfPerson(c.personId)]?.state === 'up');
  if (waits && !hasRole(people, me, 'primary', 'coach'))
    return refuse('A9', 'The coach takes an emptied floor first.', 'Wait five seconds, then press again.');
  return [...closesMic(state.voice, me), { type: 'floor-taken', payload: { personId: me } }, ...endsHanding(state, me)];
}

function offer(state: State, who: Actor, to: string) {
  if (who.kind !== 'person' || state.floor.holder !== who.personId) return NOT_HOLDER;
  const member = state.people[to];
  if (member === undefined || member.roles.length === 0)
    return refuse('A4', 'That person has no role here.', 'Ask the leader to give one.');
  if (to === who.personId) return refuse('A2', 'You have the floor already.', 'Offer it to someone else.');
  if (member.noTalk || !hasRole(state.people, to, ...MAY_BE_OFFERED))
    return refuse(
      'A5',
      `${member.name} may not be offered the floor.`,
      'Offer it to a negotiator. Interpreters and third parties get turns.',
    );
  if (state.floor.turnOf !== null) return refuse('A2', 'You have the floor for one turn.', 'Give the turn back.');
  if (state.legs[legOfPerson(to)]?.state !== 'up') return refuse('A9', `${member.name} is not in the call.`, 'He joins the call first.');
  return [{ type: 'floor-offered', payload: { personId: to } }];
}

function ask({ floor, people, legs }: State, who: Actor) {
  if (who.kind !== 'person') return NOT_HOLDER;
  const me = who.personId;
  if (people[me]?.noTalk) return refuse('A5', 'You are marked as a listener.', 'Ask the leader.');
  if (floor.holder === null) return refuse('A2', 'Nobody has the floor.', 'Take it.');
  if (floor.holder === me) return refuse('A2', 'You have the floor already.', 'Nothing needs to be done.');
  if (floor.offeredTo === me) return refuse('A2', 'The floor is offered to you.', 'Accept it.');
  if (legs[legOfPerson(me)]?.state !== 'up') return refuse('A9', 'Your sound is not in the call.', 'Join the call first.');
  return floor.askedBy === me ? [] : [{ type: 'floor-asked', payload: { personId: me } }];
}

/** The old holder is cut before the new one opens; a new primary's predecessor becomes his coach (products 3.2). */
function accept(state: State, who: Actor) {
  const { floor, people } = state;
  if (who.kind !== 'person' || floor.offeredTo !== who.personId || floor.holder === null)
    return refuse('A2', 'The floor is not offered to you.', 'Ask its holder to offer it.');
  const old: Actor = { kind: 'person', personId: floor.holder, name: nameOf(people, floor.holder) };
  const passed = { type: 'floor-passed', payload: { from: floor.holder, to: who.personId } };
  const ends = endsHanding(state, who.personId);
  if (ends.length > 0) return [...closesMic(state.voice, who.personId), passed, ...ends];
  const passes = hasRole(people, floor.holder, 'primary') && hasRole(people, who.personId, 'coach', 'leader');
  const roles = passes ? [...swapRoles(people, old, 'coach', 'primary'), ...swapRoles(people, who, 'primary', 'coach')] : [];
  return [...closesMic(state.voice, who.personId), passed, ...roles];
}

/** Why this person cannot be given a turn, or null when he can. */
function noTurnFor(state: State, to: string) {
  const { people, windows, recording } = state;
  const member = people[to];
  if (member === undefined || member.roles.length === 0)
    return refuse('A4', 'That person has no role here.', 'Ask the leader to give one.');
  if (member.noTalk) return refuse('A5', `${member.name} is marked as a listener.`, 'Ask the leader.');
  if (!hasRole(people, to, 'interpreter')) {
    if (!hasRole(people, to, 'third-party'))
      return refuse('A2', `${member.name} gets no turns.`, 'Offer the floor: turns are for interpreters and third parties.');
    if (windows.open?.personId !== to)
      return refuse('A7', `No window is open for ${member.name}.`, 'The leader opens one, with its purpose, first.');
    if (recording.alarms.some((a) => a.leg === legOfPerson(to)))
      return refuse('A7', `${member.name} is not being recorded.`, 'See to the recording first: a third party never speaks unrecorded.');
  }
  if (state.legs[legOfPerson(to)]?.state !== 'up') return refuse('A9', `${member.name} is not in the call.`, 'He joins the call first.');
  return null;
}

function giveTurn(state: State, who: Actor, to: string) {
  if (who.kind !== 'person' || state.floor.holder !== who.personId) return NOT_HOLDER;
  if (to === who.personId) return refuse('A2', 'You have the floor already.', 'Give the turn to someone else.');
  if (state.floor.turnOf !== null) return refuse('A2', 'You have the floor for one turn yourself.', 'Give the turn back.');
  return noTurnFor(state, to) ?? [...closesMic(state.voice, to), { type: 'turn-given', payload: { from: who.personId, to } }];
}

/** Drafts that end a turn: the floor goes back to who gave it when he can be heard, and is empty else. None when there is no turn. */
export function handBack(state: Pick<State, 'floor' | 'people' | 'legs'>, cause: string): readonly Draft[] {
  const { holder, turnOf } = state.floor;
  if (holder === null || turnOf === null) return [];
  const giver = state.people[turnOf];
  const isThere =
    giver !== undefined &&
    !giver.noTalk &&
    hasRole(state.people, turnOf, ...MAY_BE_OFFERED) &&
    state.legs[legOfPerson(turnOf)]?.state === 'up';
  return [
    isThere ? { type: 'turn-returned', payload: { from: holder, to: turnOf, cause } } : { type: 'floor-emptied', payload: { cause } },
  ];
}

function returnTurn(state: State, who: Actor) {
  const { holder, turnOf } = state.floor;
  if (turnOf === null) return refuse('A2', 'No turn is given.', 'Nothing needs to be done.');
  if (
    who.kind !== 'person' ||
    !(who.personId === holder || who.personId === turnOf || hasRole(state.people, who.personId, 'leader', 'coach'))
  )
    return NOT_HOLDER;
  const takesBack = who.personId === holder ? 'the turn was given back' : 'the turn was taken back';
  // An open microphone of the giver closes first: one microphone has one way.
  return [...closesMic(state.voice, turnOf), ...handBack(state, takesBack)];
}

export const floorTopic = {
  name: 'floor' as const,
  initial,
  commands: {
    'take-floor': command({
      by: ['primary', 'coach', 'leader'],
      schema: z.strictObject({}),
      unlogged: true,
      decide: (state: State, _, { who, at }) => take(state, who, at),
    }),
    'give-up-floor': command({
      by: ['member'],
      schema: z.strictObject({}),
      unlogged: true,
      decide: (state: State, _, { who }) =>
        who.kind === 'person' && state.floor.holder === who.personId
          ? [{ type: 'floor-emptied', payload: { cause: 'given up' } }]
          : NOT_HOLDER,
    }),
    /** Asks the holder to offer it; changes nobody's sound. */
    'ask-for-floor': command({
      by: ['primary', 'coach', 'leader'],
      schema: z.strictObject({}),
      decide: (state: State, _, { who }) => ask(state, who),
    }),
    'offer-floor': command({ by: ['member'], schema: toPerson, decide: (state: State, asks, { who }) => offer(state, who, asks.personId) }),
    'withdraw-floor-offer': command({
      by: ['member'],
      schema: z.strictObject({}),
      decide: (state: State, _, { who }) =>
        who.kind === 'person' &&
        state.floor.offeredTo !== null &&
        (state.floor.holder === who.personId || state.floor.offeredTo === who.personId)
          ? [{ type: 'floor-offer-ended', payload: {} }]
          : refuse('A2', 'There is no offer of yours.', 'Nothing needs to be done.'),
    }),
    'accept-floor': command({ by: ['member'], schema: z.strictObject({}), decide: (state: State, _, { who }) => accept(state, who) }),
    /** One key: the interpreter, or the third party in his window, is heard in place of the holder. */
    'give-turn': command({
      by: ['member'],
      schema: toPerson,
      decide: (state: State, asks, { who }) => giveTurn(state, who, asks.personId),
    }),
    /** One key, at either end or by coach and leader. */
    'return-turn': command({ by: ['member'], schema: z.strictObject({}), decide: (state: State, _, { who }) => returnTurn(state, who) }),
  },
  entries: {
    'floor-taken': entry({
      schema: toPerson,
      reduce: (floor: Floor, p): Floor => ({
        holder: p.personId,
        offeredTo: null,
        askedBy: null,
        turnOf: null,
        emptiedAt: null,
        grants: floor.grants + 1,
      }),
    }),
    'floor-asked': entry({ schema: toPerson, reduce: (floor: Floor, p): Floor => ({ ...floor, askedBy: p.personId }) }),
    'floor-offered': entry({ schema: toPerson, reduce: (floor: Floor, p): Floor => ({ ...floor, offeredTo: p.personId, askedBy: null }) }),
    'floor-offer-ended': entry({ schema: z.strictObject({}), reduce: (floor: Floor): Floor => ({ ...floor, offeredTo: null }) }),
    'floor-passed': entry({
      schema: z.strictObject({ from: idOf, to: idOf }),
      reduce: (floor: Floor, p): Floor => ({
        holder: p.to,
        offeredTo: null,
        askedBy: null,
        turnOf: null,
        emptiedAt: null,
        grants: floor.grants + 1,
      }),
    }),
    'turn-given': entry({
      schema: z.strictObject({ from: idOf, to: idOf }),
      outsiders: (viewer, p) => p.to === viewer.personId,
      reduce: (floor: Floor, p): Floor => ({ ...floor, holder: p.to, offeredTo: null, turnOf: p.from, grants: floor.grants + 1 }),
    }),
    'turn-returned': entry({
      schema: z.strictObject({ from: idOf, to: idOf, cause: z.string().max(500) }),
      outsiders: (viewer, p) => p.from === viewer.personId,
      reduce: (floor: Floor, p): Floor => ({ ...floor, holder: p.to, offeredTo: null, turnOf: null, grants: floor.grants + 1 }),
    }),
    'floor-emptied': entry({
      schema: z.strictObject({ cause: z.string().max(500) }),
      // It names nobody, and whoever had a turn must know that it is over.
      outsiders: () => true,
      reduce: (floor: Floor, _, { at }): Floor => ({ ...floor, holder: null, offeredTo: null, askedBy: null, turnOf: null, emptiedAt: at }),
    }),
  },
} satisfies Topic;
