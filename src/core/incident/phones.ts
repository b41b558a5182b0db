// Topic: field phones: how one rings, who answered, whether its microphone may be heard, the loudhailer, and what troubles it.
// The line's own state is lines.ts; that a recorded authority opens a microphone is asked in one place below.
import { z } from 'zod';
import { isUnsafe } from '../line/machine.ts';
import { type Known, mayOpenMicrophone } from './authorities.ts';
import type { Floor } from './floor.ts';
import { isAdmittedDevice, type Line, type Lines, liveLine, moveLine } from './lines.ts';
import type { Monitors } from './monitor.ts';
import { hasRole, type People } from './people.ts';
import { type Actor, command, type Decision, type Draft, entry, idOf, type Refusal, refuse, type Topic } from './topic.ts';

/** How a ring ended when nobody spoke. `away`: the phone could not be reached. `hidden`: its page was not in front.
 *  `silent`: its browser lets it make no sound before a touch. `no-word`: it was reached and never said that it rings. */
export const ringOutcome = z.enum(['no-answer', 'declined', 'away', 'hidden', 'silent', 'no-word']);
export type RingOutcome = z.infer<typeof ringOutcome>;

/** What troubles a phone. `battery`: 20 % or less and not charging. */
export const phoneAlarm = z.enum(['away', 'hidden', 'silent', 'battery', 'microphone']);
export type PhoneAlarm = z.infer<typeof phoneAlarm>;

/** A field phone, beside what its line tells. */
export interface Phone {
  /** It opens its speaker by itself after ringing. */
  readonly answersItself: boolean;
  /** What the line is used for, as long as it is not safe. */
  readonly mode: 'ring' | 'call' | 'loudhailer';
  readonly answeredBy: 'touch' | 'itself' | null;
  readonly lastRing: RingOutcome | null;
  /** What opened its microphone in this call; null: it is shut and heard by nobody. */
  readonly microphone: 'touch' | 'authority' | null;
  /** The key that is held, and whose voice goes out while it is; null: shut. */
  readonly loudhailer: { readonly by: string; readonly speaker: string } | null;
  readonly alarms: readonly PhoneAlarm[];
}

export type Phones = Readonly<Record<string, Phone>>;

type State = Known & { phones: Phones; lines: Lines; floor: Floor; people: People; monitor: Monitors };

const initial: Phones = {};
const NEW: Phone = {
  answersItself: false,
  mode: 'call',
  answeredBy: null,
  lastRing: null,
  microphone: null,
  loudhailer: null,
  alarms: [],
};
const onLine = z.strictObject({ lineId: idOf });
const cause = z.string().max(200);
const NOT_PAIRED = refuse('N80', 'There is no paired phone on this line.', 'Pair a field phone first.');
const NOT_ITS_OWN = refuse('N80', 'This is not the phone of the line.', 'Pair it first.');

/** What is known of a line's phone. */
export function phoneOf(phones: Phones, lineId: string): Phone {
  return phones[lineId] ?? NEW;
}

/** True when a recorded authority, or the agency's setting, lets a phone's microphone open without a touch; by the record alone, with no
 *  clock: that an authority ran out is an entry of its own. */
export function mayOpenByAuthority(state: Known, lineId: string): boolean {
  const stands = state.authority.some((one) => one.scope.includes('open-microphone') && one.stopped === null && one.lapsedAt === null);
  return state.lines.byId[lineId]?.kind === 'field' && (stands || state.incident.gates.openMicrophone === 'free');
}

/** True when what comes from this line's far end may be heard. A field phone's microphone needs a touch or a recorded authority (design 4). */
export function microphoneIsOpen(state: Known & Pick<State, 'phones'>, line: Line): boolean {
  if (line.kind !== 'field') return true;
  const { microphone } = phoneOf(state.phones, line.id);
  return microphone === 'touch' || (microphone === 'authority' && mayOpenByAuthority(state, line.id));
}

/** Whose voice the far end of this line gets: the floor's, and through a loudhailer only as long as its key is held. */
export function voiceFor(state: Pick<State, 'phones' | 'floor'>, line: Line): string | null {
  const { mode, loudhailer } = phoneOf(state.phones, line.id);
  if (line.kind !== 'field' || mode !== 'loudhailer') return state.floor.holder;
  return loudhailer !== null && loudhailer.speaker === state.floor.holder ? loudhailer.speaker : null;
}

function pairedPhone(state: State, lineId: string): Line | Refusal {
  const line = state.lines.byId[lineId];
  return line === undefined || line.kind !== 'field' || line.admitted === null || line.state === 'closed' ? NOT_PAIRED : line;
}

/** The line, when this device is its own phone. */
function ownLine(state: State, lineId: string, who: Actor): Line | Refusal {
  const line = pairedPhone(state, lineId);
  return 'rule' in line || isAdmittedDevice(line, who) ? line : NOT_ITS_OWN;
}

/** Moves the line for a call that begins, with the entry that says what for. */
function begin(state: State, line: Line, { why, ...draft }: Draft & { readonly why: string }): Decision {
  if (line.unconfirmed) return refuse('N8', 'The end of the last call is not confirmed yet.', 'Wait a second, then press again.');
  const moved = moveLine(state, { line, event: 'asked', cause: why });
  return 'rule' in moved ? moved : [draft, ...moved];
}

function ring(state: State, lineId: string): Decision {
  const line = pairedPhone(state, lineId);
  if ('rule' in line) return line;
  if (isUnsafe(line.state)) return refuse('N81', 'This phone is in use already.', 'Look at its card.');
  if (line.waiting.some((d) => d.deviceId === line.admitted?.deviceId))
    return refuse('N81', 'This phone is calling you.', 'Let it in instead.');
  return begin(state, line, { type: 'phone-rung', payload: { lineId }, why: 'the phone was asked to ring' });
}

/** True while the line is asked to ring and was not answered. */
export function isRinging(phones: Phones, line: Line): boolean {
  return line.kind === 'field' && phoneOf(phones, line.id).mode === 'ring' && (line.state === 'asking' || line.state === 'ringing');
}

const OUTCOME_CAUSES: Readonly<Record<RingOutcome, string>> = {
  'no-answer': 'it rang and nobody answered',
  declined: 'declined at the phone',
  away: 'the phone could not be reached',
  hidden: 'its page was not in front',
  silent: 'it may make no sound before somebody touches it',
  'no-word': 'it did not say that it rings',
};

function endRing(state: State, lineId: string, outcome: RingOutcome): Decision {
  const line = state.lines.byId[lineId];
  if (line === undefined || !isRinging(state.phones, line)) return [];
  const moved = moveLine(state, { line, event: 'ended', cause: OUTCOME_CAUSES[outcome] });
  return 'rule' in moved ? moved : [{ type: 'ring-ended', payload: { lineId, outcome } }, ...moved];
}

function answer(state: State, line: Line, by: 'touch' | 'itself'): Decision {
  if (!isRinging(state.phones, line)) return [];
  if (by === 'itself' && !phoneOf(state.phones, line.id).answersItself)
    return refuse('N83', 'This phone may not answer by itself.', 'Somebody touches it.');
  return [{ type: 'ring-answered', payload: { lineId: line.id, by } }];
}

/** The person at the phone pressed its button: the line waits for the team as an opened link does. */
function callIn(state: State, line: Line): Decision {
  const { admitted } = line;
  if (admitted === null || isUnsafe(line.state) || line.waiting.some((d) => d.deviceId === admitted.deviceId)) return [];
  const moved = line.state === 'waiting' ? [] : moveLine(state, { line, event: 'knocked', cause: 'the person at the phone calls' });
  const { deviceId, describes } = admitted;
  if ('rule' in moved) return moved;
  return [
    { type: 'phone-called', payload: { lineId: line.id } },
    { type: 'device-knocked', payload: { lineId: line.id, deviceId, describes } },
    ...moved,
  ];
}

function openMicrophone(state: State, line: Line, { by, at }: { readonly by: 'touch' | 'authority'; readonly at: number }): Decision {
  const phone = phoneOf(state.phones, line.id);
  if (!isUnsafe(line.state) || phone.mode === 'ring') return refuse('N84', 'There is no call.', 'Answer it first.');
  if (by === 'authority' && !mayOpenMicrophone(state, line.id, at))
    return refuse('A38', 'No recorded authority opens this microphone.', 'Somebody touches the phone.');
  if (phone.microphone === by || phone.microphone === 'touch') return [];
  return [{ type: 'phone-mic-opened', payload: { lineId: line.id, by } }];
}

function openLoudhailer(state: State, lineId: string, who: Actor): Decision {
  const line = pairedPhone(state, lineId);
  if ('rule' in line) return line;
  const speaker = state.floor.holder;
  if (who.kind !== 'person' || state.people[who.personId]?.noTalk) return refuse('A5', 'You are marked as a listener.', 'Ask the leader.');
  if (speaker !== who.personId && !hasRole(state.people, who.personId, 'coach', 'leader'))
    return refuse('A39', 'The loudhailer is for whoever has the floor, the coach and the leader.', 'Ask one of them.');
  if (speaker === null) return refuse('A39', 'Nobody has the floor, so nobody would be heard.', 'Take the floor first.');
  const live = liveLine(state.lines);
  if (live !== undefined && live.id !== line.id) return refuse('A39', 'Another line is live.', 'End it or put it on hold first.');
  const { mode, loudhailer } = phoneOf(state.phones, lineId);
  const begins = !isUnsafe(line.state);
  const opened = { type: 'loudhailer-opened', payload: { lineId, by: who.personId, speaker, begins } };
  if (begins) return begin(state, line, { ...opened, why: 'the loudhailer was opened' });
  if (mode !== 'loudhailer') return refuse('A39', 'This phone is in a call.', 'End the call first.');
  if (loudhailer !== null && loudhailer.by !== who.personId) return refuse('A39', 'Somebody else holds the loudhailer.', 'Wait for it.');
  return loudhailer === null || loudhailer.speaker !== speaker ? [opened] : [];
}

function closeLoudhailer(state: State, lineId: string, why: string): Decision {
  return phoneOf(state.phones, lineId).loudhailer === null ? [] : [{ type: 'loudhailer-closed', payload: { lineId, cause: why } }];
}

function change(phones: Phones, lineId: string, news: Partial<Phone>): Phones {
  return { ...phones, [lineId]: { ...phoneOf(phones, lineId), ...news } };
}

/** What a call that begins forgets of the one before. */
const FRESH = { answeredBy: null, microphone: null, loudhailer: null } as const;

export const phonesTopic = {
  name: 'phones' as const,
  initial,
  commands: {
    'ring-phone': command({
      by: ['primary', 'coach', 'leader'],
      schema: onLine,
      decide: (state: State, asks) => ring(state, asks.lineId),
    }),
    'set-answers-itself': command({
      by: ['coach', 'leader'],
      schema: onLine.extend({ on: z.boolean() }),
      decide: (state: State, asks) => {
        const line = pairedPhone(state, asks.lineId);
        if ('rule' in line) return line;
        return phoneOf(state.phones, asks.lineId).answersItself === asks.on ? [] : [{ type: 'answers-itself-set', payload: asks }];
      },
    }),
    /** The phone itself says that it rings: in sight and aloud. */
    'tell-rang': command({
      by: ['device'],
      schema: onLine,
      decide: (state: State, asks, { who }) => {
        const line = ownLine(state, asks.lineId, who);
        if ('rule' in line) return line;
        return isRinging(state.phones, line) && line.state === 'asking'
          ? moveLine(state, { line, event: 'rang', cause: 'the phone says that it rings' })
          : [];
      },
    }),
    'answer-ring': command({
      by: ['device'],
      schema: onLine.extend({ by: z.enum(['touch', 'itself']) }),
      decide: (state: State, asks, { who }) => {
        const line = ownLine(state, asks.lineId, who);
        return 'rule' in line ? line : answer(state, line, asks.by);
      },
    }),
    'decline-ring': command({
      by: ['device'],
      schema: onLine,
      unlogged: true,
      decide: (state: State, asks, { who }) => {
        const line = ownLine(state, asks.lineId, who);
        return 'rule' in line ? line : endRing(state, line.id, 'declined');
      },
    }),
    'end-ring': command({
      by: ['parley'],
      schema: onLine.extend({ outcome: ringOutcome }),
      unlogged: true,
      decide: (state: State, asks) => endRing(state, asks.lineId, asks.outcome),
    }),
    'call-in': command({
      by: ['device'],
      schema: onLine,
      decide: (state: State, asks, { who }) => {
        const line = ownLine(state, asks.lineId, who);
        return 'rule' in line ? line : callIn(state, line);
      },
    }),
    'open-phone-mic': command({
      by: ['device'],
      schema: onLine.extend({ by: z.enum(['touch', 'authority']) }),
      decide: (state: State, asks, { who, at }) => {
        const line = ownLine(state, asks.lineId, who);
        return 'rule' in line ? line : openMicrophone(state, line, { by: asks.by, at });
      },
    }),
    'open-loudhailer': command({
      by: ['member'],
      schema: onLine,
      decide: (state: State, asks, { who }) => openLoudhailer(state, asks.lineId, who),
    }),
    'close-loudhailer': command({
      by: ['member'],
      schema: onLine,
      unlogged: true,
      decide: (state: State, asks, { who }) =>
        who.kind === 'person' && phoneOf(state.phones, asks.lineId).loudhailer?.by === who.personId
          ? closeLoudhailer(state, asks.lineId, 'released')
          : [],
    }),
    /** A console that went away, or fell silent, cannot release its key: the box does. */
    'close-loudhailer-of': command({
      by: ['parley'],
      schema: onLine.extend({ cause }),
      unlogged: true,
      decide: (state: State, asks) => closeLoudhailer(state, asks.lineId, asks.cause),
    }),
    'report-phone': command({
      by: ['parley'],
      schema: onLine.extend({ alarms: z.array(phoneAlarm).max(5) }),
      decide: (state: State, asks) => {
        const was = phoneOf(state.phones, asks.lineId).alarms;
        const isSame = was.length === asks.alarms.length && was.every((a) => asks.alarms.includes(a));
        return isSame || 'rule' in pairedPhone(state, asks.lineId) ? [] : [{ type: 'phone-reported', payload: asks }];
      },
    }),
  },
  entries: {
    'phone-rung': entry({
      schema: onLine,
      reduce: (phones: Phones, p): Phones => change(phones, p.lineId, { ...FRESH, mode: 'ring', lastRing: null }),
    }),
    'answers-itself-set': entry({
      schema: onLine.extend({ on: z.boolean() }),
      reduce: (phones: Phones, p): Phones => change(phones, p.lineId, { answersItself: p.on }),
    }),
    'ring-answered': entry({
      schema: onLine.extend({ by: z.enum(['touch', 'itself']) }),
      reduce: (phones: Phones, p): Phones => change(phones, p.lineId, { mode: 'call', answeredBy: p.by }),
    }),
    'ring-ended': entry({
      schema: onLine.extend({ outcome: ringOutcome }),
      reduce: (phones: Phones, p): Phones => change(phones, p.lineId, { lastRing: p.outcome }),
    }),
    'phone-called': entry({
      schema: onLine,
      reduce: (phones: Phones, p): Phones => change(phones, p.lineId, { ...FRESH, mode: 'call', lastRing: null }),
    }),
    'phone-mic-opened': entry({
      schema: onLine.extend({ by: z.enum(['touch', 'authority']) }),
      reduce: (phones: Phones, p): Phones => change(phones, p.lineId, { microphone: p.by }),
    }),
    'loudhailer-opened': entry({
      /** `begins`: the line was safe, and is called by this. */
      schema: onLine.extend({ by: idOf, speaker: idOf, begins: z.boolean() }),
      reduce: (phones: Phones, p): Phones =>
        change(phones, p.lineId, { ...(p.begins ? FRESH : {}), mode: 'loudhailer', loudhailer: { by: p.by, speaker: p.speaker } }),
    }),
    'loudhailer-closed': entry({
      schema: onLine.extend({ cause }),
      reduce: (phones: Phones, p): Phones => change(phones, p.lineId, { loudhailer: null }),
    }),
    'phone-reported': entry({
      schema: onLine.extend({ alarms: z.array(phoneAlarm) }),
      reduce: (phones: Phones, p): Phones => change(phones, p.lineId, { alarms: p.alarms }),
    }),
  },
} satisfies Topic;
