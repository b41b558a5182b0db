// Topic: relief of a role: both are in it for a while, the incoming one reads the handover sheet and says so, then the other one is free.
// The floor is the floor's topic: it passes by its own offer and acceptance, and nobody is relieved while he has it.
import { z } from 'zod';
import { hasRole, holders, isMachine, losesVoice, MAY_HOLD_FLOOR, rolesOf, type VoiceState } from './people.ts';
import { type Actor, command, type Draft, entry, idOf, isOutsider, type Role, refuse, role, type Topic } from './topic.ts';

/** One relief. Wall clock in ms. */
export interface Relief {
  readonly id: string;
  readonly role: Role;
  readonly outId: string;
  readonly inId: string;
  /** The relief gave the incoming one the role; he had it not before. */
  readonly given: boolean;
  readonly startedAt: number;
  /** When the incoming one said that he has read the sheet, and up to which entry of the log it went. */
  readonly acceptedAt: number | null;
  readonly readTo: number | null;
  readonly endedAt: number | null;
  readonly end: 'open' | 'done' | 'cancelled';
  readonly why: string;
  /** The log's last entry when the outgoing one was freed: what came later he does not know. */
  readonly doneSeq: number | null;
}

/** All reliefs by id, in the order they began. */
export type Reliefs = Readonly<Record<string, Relief>>;

type State = VoiceState & {
  readonly relief: Reliefs;
  readonly incident: { readonly exercise: boolean };
  readonly floor: { readonly turnOf: string | null };
  readonly seq: number;
};

const initial: Reliefs = {};
const onRelief = z.strictObject({ reliefId: idOf });
const started = onRelief.extend({ role, outId: idOf, inId: idOf });
const NO_RELIEF = refuse('D62', 'There is no such relief under way.', 'Look at the list of reliefs again.');

/** Reliefs under way. */
export function openReliefs(reliefs: Reliefs): readonly Relief[] {
  return Object.values(reliefs).filter(({ end }) => end === 'open');
}

/** Up to which entry this person was here: the last time he was relieved; 0 when never. */
export function knowsTo(reliefs: Reliefs, personId: string): number {
  return Math.max(0, ...Object.values(reliefs).map(({ outId, doneSeq }) => (outId === personId ? (doneSeq ?? 0) : 0)));
}

function isOne(who: Actor, ...ids: readonly string[]): boolean {
  return who.kind === 'person' && ids.includes(who.personId);
}

function start(state: State, asks: z.output<typeof started>) {
  const { people } = state;
  const incoming = people[asks.inId];
  if (state.relief[asks.reliefId] !== undefined) return refuse('D62', 'That relief is there already.', 'Look at the list of reliefs.');
  if (asks.role === 'third-party') return refuse('D62', 'A third party is not relieved.', 'Close the window of the one and open another.');
  if (asks.inId === asks.outId || !hasRole(people, asks.outId, asks.role))
    return refuse('D62', 'Who is to be relieved does not have that role.', 'Choose who has it now.');
  if (incoming === undefined || incoming.roles.length === 0 || isOutsider(incoming.roles))
    return refuse('D62', 'Who comes in has no part in this incident yet.', 'Invite him first, then start the relief.');
  if (isMachine(asks.inId) && !state.incident.exercise)
    return refuse('T31', 'A machine takes part in exercises only.', 'Give the role to a person.');
  if (incoming.noTalk && MAY_HOLD_FLOOR.includes(asks.role))
    return refuse('A5', `${incoming.name} is marked as a listener.`, 'Take the mark away first.');
  if (openReliefs(state.relief).some((one) => one.role === asks.role && one.outId === asks.outId))
    return refuse('D62', 'He is being relieved of that role already.', 'End that relief first.');
  const given = !hasRole(people, asks.inId, asks.role);
  const gets = { type: 'role-assigned', payload: { personId: asks.inId, name: incoming.name, role: asks.role } };
  return [{ type: 'relief-started', payload: { ...asks, given } }, ...(given ? [gets] : [])];
}

/** Drafts that take a role from somebody who has it, with his open microphone. */
function frees(
  state: State,
  { personId, of, cause }: { readonly personId: string; readonly of: Role; readonly cause: string },
): readonly Draft[] {
  if (!hasRole(state.people, personId, of)) return [];
  const left = rolesOf(state.people, personId).filter((one) => one !== of);
  return [{ type: 'role-dropped', payload: { personId, role: of } }, ...losesVoice(state, personId, { left, cause })];
}

/** True when taking this role away would take the floor away, too. */
function losesFloor({ floor, people }: State, personId: string, of: Role): boolean {
  const left = rolesOf(people, personId).filter((one) => one !== of);
  return (floor.holder === personId || floor.turnOf === personId) && !left.some((one) => MAY_HOLD_FLOOR.includes(one));
}

function complete(state: State, relief: Relief) {
  const { people } = state;
  if (relief.acceptedAt === null)
    return refuse('D63', 'The handover sheet is not read and accepted yet.', 'Who comes in reads it and presses “Read and accepted”.');
  if (!hasRole(people, relief.inId, relief.role))
    return refuse('D63', 'Who comes in does not have the role any more.', 'Call this relief off and start anew.');
  if (relief.role === 'primary' ? state.floor.holder === relief.outId : losesFloor(state, relief.outId, relief.role))
    return refuse('D64', 'Who goes still has the floor.', 'He offers it and the other one accepts; then he is free.');
  const cause = `relieved as ${relief.role}`;
  return [
    ...frees(state, { personId: relief.outId, of: relief.role, cause }),
    { type: 'relief-completed', payload: { reliefId: relief.id, atSeq: state.seq } },
  ];
}

function cancel(state: State, relief: Relief, why: string) {
  const takes = relief.given && hasRole(state.people, relief.inId, relief.role);
  if (takes && losesFloor(state, relief.inId, relief.role))
    return refuse('D64', 'Who comes in has the floor already.', 'Complete the relief, or let him offer the floor back.');
  if (takes && relief.role === 'leader' && holders(state.people, 'leader').length === 1)
    return refuse('V6', 'An incident always has a leader.', 'Complete the relief.');
  const drops = takes ? frees(state, { personId: relief.inId, of: relief.role, cause: 'the relief was called off' }) : [];
  return [{ type: 'relief-cancelled', payload: { reliefId: relief.id, why } }, ...drops];
}

function change(reliefs: Reliefs, id: string, to: Partial<Relief>): Reliefs {
  const relief = reliefs[id];
  return relief === undefined ? reliefs : { ...reliefs, [id]: { ...relief, ...to } };
}

/** Reliefs (D61 to D65). */
export const reliefTopic = {
  name: 'relief' as const,
  initial,
  commands: {
    'start-relief': command({ by: ['leader'], schema: started, decide: (state: State, asks) => start(state, asks) }),
    /** "Read and accepted": by nobody but who comes in. */
    'accept-relief': command({
      by: ['member'],
      schema: onRelief,
      decide: (state: State, { reliefId }, { who }) => {
        const relief = state.relief[reliefId];
        if (relief === undefined || relief.end !== 'open') return NO_RELIEF;
        if (!isOne(who, relief.inId)) return refuse('D63', 'Only who comes in says that he has read it.', 'He does it at his own console.');
        return relief.acceptedAt === null ? [{ type: 'relief-accepted', payload: { reliefId, readTo: state.seq } }] : [];
      },
    }),
    'complete-relief': command({
      by: ['member'],
      schema: onRelief,
      decide: (state: State, { reliefId }, { who }) => {
        const relief = state.relief[reliefId];
        if (relief === undefined || relief.end !== 'open') return NO_RELIEF;
        const may = isOne(who, relief.inId, relief.outId, ...holders(state.people, 'leader').map(({ personId }) => personId));
        return may ? complete(state, relief) : refuse('T5', 'Your role does not allow this.', 'Ask the leader.');
      },
    }),
    'cancel-relief': command({
      by: ['leader'],
      schema: onRelief.extend({ why: z.string().trim().min(1).max(500) }),
      decide: (state: State, { reliefId, why }) => {
        const relief = state.relief[reliefId];
        return relief === undefined || relief.end !== 'open' ? NO_RELIEF : cancel(state, relief, why);
      },
    }),
  },
  entries: {
    'relief-started': entry({
      schema: started.extend({ given: z.boolean() }),
      reduce: (reliefs: Reliefs, { reliefId, ...p }, { at }): Reliefs => ({
        ...reliefs,
        [reliefId]: {
          ...p,
          id: reliefId,
          startedAt: at,
          acceptedAt: null,
          readTo: null,
          endedAt: null,
          end: 'open',
          why: '',
          doneSeq: null,
        },
      }),
    }),
    'relief-accepted': entry({
      schema: onRelief.extend({ readTo: z.number().int().min(0) }),
      reduce: (reliefs: Reliefs, p, { at }): Reliefs => change(reliefs, p.reliefId, { acceptedAt: at, readTo: p.readTo }),
    }),
    'relief-completed': entry({
      schema: onRelief.extend({ atSeq: z.number().int().min(0) }),
      reduce: (reliefs: Reliefs, p, { at }): Reliefs => change(reliefs, p.reliefId, { endedAt: at, end: 'done', doneSeq: p.atSeq }),
    }),
    'relief-cancelled': entry({
      schema: onRelief.extend({ why: z.string().max(500) }),
      reduce: (reliefs: Reliefs, p, { at }): Reliefs => change(reliefs, p.reliefId, { endedAt: at, end: 'cancelled', why: p.why }),
    }),
  },
} satisfies Topic;
