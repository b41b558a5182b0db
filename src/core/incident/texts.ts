// Topic: text with the subject: drafts that two people send, his messages, what became of each, who has read. Knows no wire: a message goes
// over a channel of its line, and what carries it is told from outside.
import { z } from 'zod';
import { isUnsafe } from '../line/machine.ts';
import { CHATTERS } from './chat.ts';
import { Grown } from './grown.ts';
import { isAdmittedDevice, type Line, type Lines } from './lines.ts';
import { hasRole, isMachine, type Member, type People } from './people.ts';
import { type Actor, type Asked, command, entry, idOf, type Person, type Role, refuse, type Topic } from './topic.ts';

/** What carries a message. More to come: a text message of a telephone. */
export const textChannel = z.enum(['link']);
/** What carries a message. */
export type TextChannel = z.infer<typeof textChannel>;

/** Longest message, either way, in characters: short texts are read, long ones are misread. */
export const MAX_MESSAGE_CHARS = 1_000;
/** More of his messages in one minute are taken when the minute is over: his page keeps them. */
export const MAX_MESSAGES_PER_MIN = 60;
const MINUTE_MS = 60_000;

/** Who drafts a message to the subject: whoever may have the floor. */
export const MAY_DRAFT: readonly Role[] = ['primary', 'coach', 'leader', 'interpreter'];

/** What became of a message that was sent. `accepted`: the box has it. `shown`: the far device itself said so. */
export type Delivery = 'accepted' | 'shown' | 'failed';

/** A message to the subject, from its first draft on. */
export interface Draft {
  readonly id: string;
  readonly lineId: string;
  readonly text: string;
  readonly by: Person;
  readonly at: number;
  readonly state: 'waiting' | 'sent' | 'refused' | 'replaced' | 'withdrawn';
  /** Who agreed or refused, and when; null as long as it waits. */
  readonly judged: { readonly by: Person | null; readonly at: number; readonly reason: string } | null;
  readonly sent: Sent | null;
}

/** Where a message went, and what is known of it. */
export interface Sent {
  readonly channel: TextChannel;
  /** The device for which it is: no other is ever given it. */
  readonly deviceId: string;
  /** 1, 2, 3 ... in the order of sending on this line. */
  readonly n: number;
  /** How many calls of the line were over when it was sent: it belongs to the next. */
  readonly call: number;
  readonly delivery: Delivery;
  /** When `delivery` was reached, wall clock in ms. */
  readonly since: number;
}

/** A message of the subject. */
export interface Received {
  readonly id: string;
  readonly lineId: string;
  readonly deviceId: string;
  readonly channel: TextChannel;
  readonly text: string;
  readonly at: number;
}

export interface Texts {
  /** The leader said that one person suffices to send. */
  readonly alone: boolean;
  readonly drafts: Readonly<Record<string, Draft>>;
  /** Of all lines, oldest first. */
  readonly received: Grown<Received>;
  /** How many of them each person has read. */
  readonly read: Readonly<Record<string, number>>;
}

type State = { readonly texts: Texts; readonly people: People; readonly lines: Lines };

const initial: Texts = { alone: false, drafts: {}, received: Grown.empty<Received>(), read: {} };
const message = z.string().trim().min(1).max(MAX_MESSAGE_CHARS);
const messageId = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);
const drafted = z.strictObject({ draftId: idOf, lineId: idOf, text: message, replaces: idOf.optional() });
const onDraft = z.strictObject({ draftId: idOf });
const refused = onDraft.extend({ reason: z.string().trim().min(1).max(500) });
const count = z.number().int().positive();
const agreed = onDraft.extend({ channel: textChannel, deviceId: z.string().max(80), n: count, call: count.or(z.literal(0)) });
const onSent = z.strictObject({ lineId: idOf, n: count });
const failed = onSent.extend({ cause: z.string().max(200) });
const received = z.strictObject({ lineId: idOf, channel: textChannel, id: messageId, text: message });

/** What carries text on this line now; null: nothing does (no call, no device, or a phone that shows none). */
export function textChannelOf(line: Line | undefined): TextChannel | null {
  return line !== undefined && line.kind === 'link' && line.admitted !== null && isUnsafe(line.state) ? 'link' : null;
}

/** How many calls of a line are over. */
export function callsOver(line: Line): number {
  return line.calls.filter((call) => call.endedAt !== null).length;
}

/** Messages sent on a line, in order. */
export function sentOn(texts: Texts, lineId: string): readonly (Draft & { readonly sent: Sent })[] {
  return Object.values(texts.drafts)
    .filter((d): d is Draft & { readonly sent: Sent } => d.lineId === lineId && d.sent !== null)
    .sort((a, b) => a.sent.n - b.sent.n);
}

/** True when the message can no longer be shown: its call is over. */
export function isTooLate({ sent, lineId }: Draft & { readonly sent: Sent }, lines: Lines): boolean {
  const line = lines.byId[lineId];
  return sent.delivery === 'accepted' && (line === undefined || textChannelOf(line) === null || callsOver(line) > sent.call);
}

/** Messages of the subject that this person has not read. */
export function unreadFor(texts: Texts, personId: string): number {
  return texts.received.length - (texts.read[personId] ?? 0);
}

/** Who calls for eyes when the subject has written: the coach, and without one the leader. */
export function isCalledByTexts(people: People, personId: string): boolean {
  const hasCoach = Object.values(people).some((m) => m.roles.includes('coach') && !isMachine(m.personId));
  return hasRole(people, personId, hasCoach ? 'coach' : 'leader');
}

/** True when this person may agree to a draft of that author: coach or leader, or the primary where the coach wrote it. Never a machine. */
export function mayAgree(people: People, author: string, personId: string): boolean {
  if (author === personId || isMachine(personId)) return false;
  return hasRole(people, personId, 'coach', 'leader') || (hasRole(people, author, 'coach') && hasRole(people, personId, 'primary'));
}

/** Everybody who could agree to this person's draft. */
export function couldAgree(people: People, author: string): readonly Member[] {
  return Object.values(people).filter((m) => mayAgree(people, author, m.personId));
}

const NO_DRAFT = refuse('D30', 'There is no such draft, or it is no longer open.', 'Look at the thread again.');

function waiting({ texts }: State, draftId: string): Draft | null {
  const draft = texts.drafts[draftId];
  return draft?.state === 'waiting' ? draft : null;
}

function draft(state: State, asks: z.output<typeof drafted>, who: Actor) {
  if (who.kind !== 'person') return refuse('D30', 'Only people write to the subject.', '');
  if (isMachine(who.personId)) return refuse('D38', 'A machine writes nothing to the subject.', 'A person writes it.');
  if (state.people[who.personId]?.noTalk === true) return refuse('A5', 'You are marked as a listener.', 'Ask the leader.');
  if (textChannelOf(state.lines.byId[asks.lineId]) === null)
    return refuse('D37', 'Nothing on this line can show a text now.', 'Write when a link is in a call.');
  if (state.texts.drafts[asks.draftId] !== undefined) return refuse('D30', 'There is such a draft already.', 'Write it anew.');
  const old = asks.replaces === undefined ? undefined : state.texts.drafts[asks.replaces];
  if (asks.replaces !== undefined && old?.state !== 'waiting' && old?.state !== 'refused') return NO_DRAFT;
  return [{ type: 'text-drafted', payload: asks }];
}

function agree(state: State, draftId: string, who: Actor) {
  const open = waiting(state, draftId);
  if (open === null || who.kind !== 'person') return NO_DRAFT;
  const isOwn = open.by.personId === who.personId && state.texts.alone && !isMachine(who.personId);
  if (!isOwn && !mayAgree(state.people, open.by.personId, who.personId))
    return refuse(
      'D31',
      'A second person must agree: the coach or the leader; the primary where the coach wrote it.',
      'Ask one of them. If nobody is there, the leader can set that one person suffices.',
    );
  const line = state.lines.byId[open.lineId];
  const channel = textChannelOf(line);
  if (channel === null || line?.admitted == null)
    return refuse('D37', 'Nothing on this line can show a text now.', 'Agree when the line is in a call again.');
  const n = (sentOn(state.texts, line.id).at(-1)?.sent.n ?? 0) + 1;
  const { deviceId } = line.admitted;
  return [{ type: 'text-agreed', payload: { draftId, channel, deviceId, n, call: callsOver(line) } }];
}

function receive(state: State, asks: z.output<typeof received>, { at, who }: Asked) {
  const line = state.lines.byId[asks.lineId];
  if (who.kind !== 'device' || !isAdmittedDevice(line, who) || textChannelOf(line) !== asks.channel)
    return refuse('N110', 'This device is not in a call.', 'It keeps its message.');
  let inMinute = 0;
  let isKnown = false;
  state.texts.received.findLast((one) => {
    if (at - one.at < MINUTE_MS && one.lineId === asks.lineId) inMinute += 1;
    isKnown = one.id === asks.id && one.deviceId === who.deviceId;
    return isKnown;
  });
  if (isKnown) return [];
  if (inMinute >= MAX_MESSAGES_PER_MIN) return refuse('N114', 'Too many messages in a minute.', 'The rest comes when the minute is over.');
  return [{ type: 'text-received', payload: asks }];
}

/** The sent message that a report is about; null when there is none. */
function about({ texts }: { readonly texts: Texts }, { lineId, n }: z.output<typeof onSent>) {
  return sentOn(texts, lineId).find((d) => d.sent.n === n) ?? null;
}

const changed = (texts: Texts, draftId: string, by: Partial<Draft>): Texts => {
  const old = texts.drafts[draftId];
  return old === undefined ? texts : { ...texts, drafts: { ...texts.drafts, [draftId]: { ...old, ...by } } };
};

const judged = ({ at, who }: Asked, reason = '') => ({ by: who.kind === 'person' ? who : null, at, reason });

function delivered(texts: Texts, p: z.output<typeof onSent>, now: { readonly delivery: Delivery; readonly since: number }): Texts {
  const one = about({ texts }, p);
  return one === null ? texts : changed(texts, one.id, { sent: { ...one.sent, ...now } });
}

const UNKNOWN_PERSON: Person = { kind: 'person', personId: 'nobody', name: '' };

export const textsTopic = {
  name: 'texts' as const,
  initial,
  commands: {
    /** An edit is a new draft that replaces the old one, and needs its own agreement. */
    'draft-text': command({ by: MAY_DRAFT, schema: drafted, decide: (state: State, asks, { who }) => draft(state, asks, who) }),
    /** Sends it: nothing else does. */
    'agree-text': command({
      by: ['primary', 'coach', 'leader'],
      schema: onDraft,
      decide: (state: State, asks, { who }) => agree(state, asks.draftId, who),
    }),
    'refuse-text': command({
      by: ['primary', 'coach', 'leader'],
      schema: refused,
      decide: (state: State, asks, { who }) => {
        const open = waiting(state, asks.draftId);
        if (open === null || who.kind !== 'person') return NO_DRAFT;
        if (!mayAgree(state.people, open.by.personId, who.personId))
          return refuse('D31', 'It is not yours to refuse.', 'Its author can withdraw it.');
        return [{ type: 'text-refused', payload: asks }];
      },
    }),
    'withdraw-text': command({
      by: MAY_DRAFT,
      schema: onDraft,
      decide: (state: State, asks, { who }) => {
        const open = waiting(state, asks.draftId);
        if (open === null) return NO_DRAFT;
        if (who.kind !== 'person' || open.by.personId !== who.personId)
          return refuse('D30', 'Only its author withdraws a draft.', 'Refuse it with a reason.');
        return [{ type: 'text-withdrawn', payload: asks }];
      },
    }),
    'set-one-suffices': command({
      by: ['leader'],
      schema: z.strictObject({ on: z.boolean() }),
      decide: (state: State, asks) => (state.texts.alone === asks.on ? [] : [{ type: 'one-suffices-set', payload: asks }]),
    }),
    'receive-text': command({ by: ['device'], schema: received, decide: (state: State, asks, asked) => receive(state, asks, asked) }),
    /** The far device says that it shows the message. */
    'tell-text-shown': command({
      by: ['device'],
      schema: onSent,
      decide: (state: State, asks, { who }) => {
        const one = about(state, asks);
        if (one === null || who.kind !== 'device' || one.sent.deviceId !== who.deviceId)
          return refuse('N111', 'This device was sent no such message.', '');
        return one.sent.delivery === 'shown' ? [] : [{ type: 'text-shown', payload: asks }];
      },
    }),
    'fail-text': command({
      by: ['parley'],
      schema: failed,
      decide: (state: State, asks) => {
        const one = about(state, asks);
        return one === null || !isTooLate(one, state.lines) ? [] : [{ type: 'text-failed', payload: asks }];
      },
    }),
    'read-texts': command({
      by: CHATTERS,
      schema: z.strictObject({ upTo: count }),
      decide: (state: State, { upTo }, { who }) => {
        if (who.kind !== 'person') return refuse('T5', 'Only the team reads this.', '');
        const last = Math.min(upTo, state.texts.received.length);
        return last <= (state.texts.read[who.personId] ?? 0)
          ? []
          : [{ type: 'texts-read', payload: { personId: who.personId, upTo: last } }];
      },
    }),
  },
  entries: {
    'text-drafted': entry({
      schema: drafted,
      reduce: (texts: Texts, p, { at, who }): Texts => {
        const rest = p.replaces === undefined ? texts : changed(texts, p.replaces, { state: 'replaced' });
        const by = who.kind === 'person' ? who : UNKNOWN_PERSON;
        const fresh: Draft = { id: p.draftId, lineId: p.lineId, text: p.text, by, at, state: 'waiting', judged: null, sent: null };
        return { ...rest, drafts: { ...rest.drafts, [p.draftId]: fresh } };
      },
    }),
    'text-agreed': entry({
      schema: agreed,
      reduce: (texts: Texts, { draftId, ...p }, head): Texts =>
        changed(texts, draftId, { state: 'sent', judged: judged(head), sent: { ...p, delivery: 'accepted', since: head.at } }),
    }),
    'text-refused': entry({
      schema: refused,
      reduce: (texts: Texts, p, head): Texts => changed(texts, p.draftId, { state: 'refused', judged: judged(head, p.reason) }),
    }),
    'text-withdrawn': entry({
      schema: onDraft,
      reduce: (texts: Texts, p, head): Texts => changed(texts, p.draftId, { state: 'withdrawn', judged: judged(head) }),
    }),
    'one-suffices-set': entry({
      schema: z.strictObject({ on: z.boolean() }),
      reduce: (texts: Texts, p): Texts => ({ ...texts, alone: p.on }),
    }),
    'text-received': entry({
      schema: received,
      reduce: (texts: Texts, p, { at, who }): Texts => ({
        ...texts,
        received: texts.received.with({ ...p, deviceId: who.kind === 'device' ? who.deviceId : '', at }),
      }),
    }),
    'text-shown': entry({
      schema: onSent,
      reduce: (texts: Texts, p, { at }): Texts => delivered(texts, p, { delivery: 'shown', since: at }),
    }),
    'text-failed': entry({
      schema: failed,
      reduce: (texts: Texts, p, { at }): Texts => delivered(texts, p, { delivery: 'failed', since: at }),
    }),
    'texts-read': entry({
      schema: z.strictObject({ personId: idOf, upTo: count }),
      reduce: (texts: Texts, p): Texts => ({ ...texts, read: { ...texts.read, [p.personId]: p.upTo } }),
    }),
  },
} satisfies Topic;
