// Topic: lines to the outside: links and field phones, their devices, and what state each line is in.
import { z } from 'zod';
import { isUnsafe, type LineEvent, type LineState, step } from '../line/machine.ts';
import { type Incident, isOver } from './incident.ts';
import { type Monitors, monitorEnds } from './monitor.ts';
import { givesNotice, type NoticeState } from './notice.ts';
import { lineInTheWay, type Missed, missesOf, queueCommands, queueDues, queueEntries } from './queue.ts';
import { type Actor, command, entry, idOf, refuse, type Topic } from './topic.ts';

/** A device of the far end, known by its key. `at`: when it knocked, wall clock in ms. */
export interface Device {
  readonly deviceId: string;
  /** What the browser says it is; text of a stranger. */
  readonly describes: string;
  /** Language of its page, two small letters; null when it told none. */
  readonly language: string | null;
  readonly at: number;
  /** Nobody answered it for so long that it is an alarm. */
  readonly isUnanswered: boolean;
  /** Who saw that it waits and let it wait; null: it rings. */
  readonly seenBy: string | null;
}

/** A way to the outside, with its devices and its state. */
export interface Line {
  readonly id: string;
  readonly kind: 'link' | 'field';
  readonly label: string;
  readonly tokenHash: string;
  readonly reach: 'anywhere' | 'this-network' | 'this-box';
  readonly expiresAt: number;
  readonly state: LineState;
  readonly since: number;
  readonly onHold: boolean;
  /** The device that was let in; it stays the line's own until the line is closed. */
  readonly admitted: Device | null;
  /** Devices in the silent waiting room, first come first. */
  readonly waiting: readonly Device[];
  /** Ended or closed, and the far end's silence is not confirmed yet. */
  readonly unconfirmed: boolean;
  readonly attempts: readonly { readonly at: number; readonly what: LineEvent; readonly cause: string }[];
  /** Every call on it, from the first sound to the end, oldest first. A lost path or a hold ends none. */
  readonly calls: readonly Call[];
}

/** One call on a line. Wall clock in ms; `endedAt` null: it goes on. */
export interface Call {
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** All lines of an incident, by id, and how many are not safe. */
export interface Lines {
  readonly byId: Readonly<Record<string, Line>>;
  /** How many lines are not safe now. */
  readonly unsafe: number;
  /** Callers who came and went unanswered, oldest first. */
  readonly missed: readonly Missed[];
}

type State = NoticeState & {
  lines: Lines;
  monitor: Monitors;
  incident: Pick<Incident, 'closing' | 'closedAt'>;
  cameras: { readonly byLine: Readonly<Record<string, unknown>> };
};
type Moved = { readonly line: Line; readonly event: LineEvent; readonly cause: string };

const initial: Lines = { byId: {}, unsafe: 0, missed: [] };
const MAX_WAITING = 20;
const MAX_ATTEMPTS = 100;
const lineEvent = z.enum(['knocked', 'asked', 'rang', 'sound-came', 'sound-went', 'held', 'resumed', 'ended', 'closed']);
const lineState = z.enum(['idle', 'waiting', 'asking', 'ringing', 'live', 'held', 'lost', 'ended', 'closed']);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const issued = z.strictObject({
  lineId: idOf,
  kind: z.enum(['link', 'field']),
  label: z.string().max(200),
  tokenHash: sha256,
  reach: z.enum(['anywhere', 'this-network', 'this-box']),
  expiresAt: z.number(),
});
const onLine = z.strictObject({ lineId: idOf });
const onDevice = z.strictObject({ lineId: idOf, deviceId: z.string().min(8).max(80) });
const forgotten = onDevice.extend({ awayMs: z.number().min(0).optional() });
const because = onLine.extend({ reason: z.string().min(1).max(500) });
const knocked = onDevice.extend({
  describes: z.string().max(300),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .optional(),
});
const changed = z.strictObject({ lineId: idOf, event: lineEvent, from: lineState, to: lineState, cause: z.string().max(500) });

const NO_LINE = refuse('N1', 'There is no such line.', 'Look at the list of lines again.');

/** The leg that carries a line's sound. */
export function legOfLine(lineId: string): string {
  return `line.${lineId}`;
}

/** The line whose far end can hear the floor now; at most one. */
export function liveLine(lines: Lines): Line | undefined {
  return Object.values(lines.byId).find((l) => l.state === 'live');
}

/** True when every line is safe or on hold: nobody outside hears the floor, and no failure healing by itself can change that. */
export function isAside(lines: Lines): boolean {
  return Object.values(lines.byId).every((l) => l.state === 'held' || !(isUnsafe(l.state) || l.unconfirmed));
}

/** The drafts that move a line, or a refusal when the event means nothing in its state. Room monitor ends with the hold. */
export function moveLine(state: { readonly monitor: Monitors }, { line, event, cause }: Moved) {
  const to = step(line.state, event, line.onHold);
  if (to === null)
    return refuse('N2', `A line that is ${line.state} cannot be ${event}.`, 'Look at the line card: it shows what can be done now.');
  const moved = { type: 'line-changed', payload: { lineId: line.id, event, from: line.state, to, cause } };
  return isHold(line, to) ? [moved] : [moved, ...monitorEnds(state.monitor, line.id, cause.slice(0, 200))];
}

/** Whether a line counts as on hold in its next state: a lost path does not end a hold. */
function isHold(line: Line, to: LineState): boolean {
  return to === 'held' || (to === 'lost' && line.onHold);
}

/** A person who talks is never put aside by somebody else's press: that is a step of its own, and seen. */
function barredBy(lines: Lines, but: string) {
  const other = lineInTheWay(lines, but);
  if (other === undefined) return null;
  const name = other.label === '' ? 'Another line' : other.label;
  return refuse('N121', `${name} is in a call.`, 'Put it on hold, or end it; then let the next one in.');
}

/** Puts every other live line on hold, so that only one far end can ever hear the floor. */
function holdOthers(lines: Lines, but: string) {
  return Object.values(lines.byId)
    .filter((l) => l.id !== but && l.state === 'live')
    .map((l) => ({
      type: 'line-changed',
      payload: { lineId: l.id, event: 'held', from: 'live', to: 'held', cause: 'another line was opened' },
    }));
}

function move(state: State, { lineId, event, cause }: { readonly lineId: string; readonly event: LineEvent; readonly cause: string }) {
  const line = state.lines.byId[lineId];
  return line === undefined ? NO_LINE : moveLine(state, { line, event, cause });
}

function knock(state: State, asks: z.output<typeof knocked>, at: number) {
  const line = state.lines.byId[asks.lineId];
  if (line === undefined || line.state === 'closed' || isOver(state.incident)) return NO_LINE;
  // A field phone stays the line's own between calls; a link's device asks anew after each.
  const calls = line.admitted?.deviceId === asks.deviceId && (line.kind === 'field' || line.state !== 'ended');
  if (calls || line.waiting.some((d) => d.deviceId === asks.deviceId)) return [];
  if (line.admitted === null && line.waiting.length === 0 && at > line.expiresAt)
    return refuse('N3', 'The link has expired.', 'Make a new link.');
  if (line.waiting.length >= MAX_WAITING) return refuse('N4', 'Too many devices wait on this link.', 'Refuse some, or make a new link.');
  const moved = line.state === 'waiting' ? [] : moveLine(state, { line, event: 'knocked', cause: 'the link was opened' });
  return [{ type: 'device-knocked', payload: asks }, ...('rule' in moved ? [] : moved)];
}

function admit(state: State, asks: z.output<typeof onDevice>) {
  const line = state.lines.byId[asks.lineId];
  if (line === undefined) return NO_LINE;
  const device = line.waiting.find((d) => d.deviceId === asks.deviceId);
  if (device === undefined) return refuse('N5', 'That device is not waiting.', 'Look at the line card again.');
  // The end of the last call, told late, would end the new one.
  if (line.unconfirmed) return refuse('N8', 'The end of the last call is not confirmed yet.', 'Wait a second, then press again.');
  if (line.admitted !== null && isUnsafe(line.state))
    return refuse('N6', 'Another device is on this line.', 'End the call first, or make a new link.');
  if (line.kind === 'field' && line.admitted?.deviceId !== asks.deviceId) return pair(state, line, asks);
  const barred = barredBy(state.lines, line.id);
  if (barred !== null) return barred;
  const moved = moveLine(state, { line, event: 'asked', cause: 'the team let the device in' });
  if ('rule' in moved) return moved;
  // What was agreed in an earlier call does not hold for this one.
  const unasked = { type: 'camera-stopped', payload: { lineId: line.id, cause: 'a new call' } };
  const picture = state.cameras.byLine[line.id] === undefined ? [] : [unasked];
  const notice = givesNotice(state, { ...asks, wish: device.language });
  return [...picture, { type: 'device-admitted', payload: asks }, ...notice, ...moved];
}

/** Nobody waits on the line any more: it is as it was. */
function settle(state: State, line: Line, cause: string) {
  const moved = line.state === 'waiting' ? moveLine(state, { line, event: 'ended', cause }) : [];
  return 'rule' in moved ? [] : moved;
}

/** Makes a device the phone of a field line. That is no call: nobody hears anybody. */
function pair(state: State, line: Line, asks: z.output<typeof onDevice>) {
  return [{ type: 'device-admitted', payload: asks }, ...settle(state, line, 'the phone was paired')];
}

function turnAway(state: State, asks: z.output<typeof onDevice>) {
  const line = state.lines.byId[asks.lineId];
  if (line?.waiting.some((d) => d.deviceId === asks.deviceId) !== true)
    return refuse('N5', 'That device is not waiting.', 'Look at the line card again.');
  const isLast = line.kind === 'field' && line.waiting.length === 1;
  return [{ type: 'device-refused', payload: asks }, ...(isLast ? settle(state, line, 'the device was refused') : [])];
}

/** A device that waited has had no socket for a while: its place is free again. It may knock anew. */
function forget(state: State, { awayMs, ...asks }: z.output<typeof forgotten>, at: number) {
  const line = state.lines.byId[asks.lineId];
  const turned = turnAway(state, asks);
  if ('rule' in turned || line === undefined) return [];
  const devices = line.waiting.filter((d) => d.deviceId === asks.deviceId);
  return [
    ...turned.map((draft) => (draft.type === 'device-refused' ? { ...draft, type: 'device-left' } : draft)),
    ...missesOf(state.lines, line, { devices, at, awayMs: awayMs ?? 0 }),
  ];
}

/** Who waits on a line that is closed is on record as missed. */
function revoke(state: State, asks: z.output<typeof because>, at: number) {
  const moved = move(state, { lineId: asks.lineId, event: 'closed', cause: asks.reason });
  const line = state.lines.byId[asks.lineId];
  if ('rule' in moved || line === undefined) return moved;
  const left = line.waiting.map(({ deviceId }) => ({ type: 'device-left', payload: { lineId: line.id, deviceId } }));
  return [...left, ...missesOf(state.lines, line, { devices: line.waiting, at }), ...moved];
}

function change(lines: Lines, lineId: string, by: (line: Line) => Line): Lines {
  const line = lines.byId[lineId];
  if (line === undefined) return lines;
  const byId = { ...lines.byId, [lineId]: by(line) };
  return { ...lines, byId, unsafe: Object.values(byId).filter((l) => isUnsafe(l.state) || l.unconfirmed).length };
}

function callsAfter(calls: readonly Call[], to: LineState, at: number): readonly Call[] {
  const last = calls.at(-1);
  const isOn = last !== undefined && last.endedAt === null;
  if (to === 'live' && !isOn) return [...calls, { startedAt: at, endedAt: null }];
  return isOn && (to === 'ended' || to === 'closed') ? [...calls.slice(0, -1), { ...last, endedAt: at }] : calls;
}

function afterChange(line: Line, p: z.output<typeof changed>, at: number): Line {
  const ends = (p.to === 'ended' || p.to === 'closed') && isUnsafe(p.from);
  return {
    ...line,
    state: p.to,
    since: p.from === p.to ? line.since : at,
    onHold: isHold(line, p.to),
    unconfirmed: ends || (line.unconfirmed && !isUnsafe(p.to)),
    attempts: [...line.attempts, { at, what: p.event, cause: p.cause }].slice(-MAX_ATTEMPTS),
    calls: callsAfter(line.calls, p.to, at),
  };
}

export const linesTopic = {
  name: 'lines' as const,
  initial,
  commands: {
    'issue-link': command({
      by: ['primary', 'coach', 'leader', 'technical'],
      schema: issued,
      decide: (state: State, asks) =>
        state.lines.byId[asks.lineId] === undefined
          ? [{ type: 'link-issued', payload: asks }]
          : refuse('N7', 'There is such a line already.', 'Try again.'),
    }),
    knock: command({ by: ['device'], schema: knocked, decide: (state: State, asks, { at }) => knock(state, asks, at) }),
    'admit-device': command({ by: ['primary', 'coach', 'leader'], schema: onDevice, decide: (state: State, asks) => admit(state, asks) }),
    'refuse-device': command({
      by: ['primary', 'coach', 'leader'],
      schema: onDevice,
      decide: (state: State, asks) => turnAway(state, asks),
    }),
    'forget-device': command({ by: ['parley'], schema: forgotten, decide: (state: State, asks, { at }) => forget(state, asks, at) }),
    'hold-line': command({
      by: ['primary', 'coach', 'leader'],
      schema: onLine,
      unlogged: true,
      decide: (state: State, asks) => move(state, { lineId: asks.lineId, event: 'held', cause: 'put on hold' }),
    }),
    'resume-line': command({
      by: ['primary', 'coach', 'leader'],
      schema: onLine,
      decide: (state: State, asks) => {
        const moved = move(state, { lineId: asks.lineId, event: 'resumed', cause: 'taken from hold' });
        return 'rule' in moved ? moved : [...holdOthers(state.lines, asks.lineId), ...moved];
      },
    }),
    'end-line': command({
      by: ['primary', 'coach', 'leader'],
      schema: because,
      unlogged: true,
      decide: (state: State, asks) => move(state, { lineId: asks.lineId, event: 'ended', cause: asks.reason }),
    }),
    'revoke-line': command({
      by: ['primary', 'coach', 'leader', 'technical'],
      schema: because,
      unlogged: true,
      decide: (state: State, asks, { at }) => revoke(state, asks, at),
    }),
    /** The person at the far end pressed "end". */
    'leave-line': command({
      by: ['device'],
      schema: onLine,
      unlogged: true,
      decide: (state: State, asks) => move(state, { lineId: asks.lineId, event: 'ended', cause: 'ended at the far end' }),
    }),
    ...queueCommands,
  },
  entries: {
    'link-issued': entry({
      schema: issued,
      reduce: (lines: Lines, p, { at }): Lines => ({
        ...lines,
        byId: {
          ...lines.byId,
          [p.lineId]: {
            id: p.lineId,
            kind: p.kind,
            label: p.label,
            tokenHash: p.tokenHash,
            reach: p.reach,
            expiresAt: p.expiresAt,
            state: 'idle',
            since: at,
            onHold: false,
            admitted: null,
            waiting: [],
            unconfirmed: false,
            attempts: [],
            calls: [],
          },
        },
      }),
    }),
    'device-knocked': entry({
      schema: knocked,
      reduce: (lines: Lines, p, { at }): Lines =>
        change(lines, p.lineId, (l) => ({
          ...l,
          waiting: [
            ...l.waiting,
            { deviceId: p.deviceId, describes: p.describes, language: p.language ?? null, at, isUnanswered: false, seenBy: null },
          ],
        })),
    }),
    'device-admitted': entry({
      schema: onDevice,
      reduce: (lines: Lines, p): Lines =>
        change(lines, p.lineId, (l) => ({
          ...l,
          admitted: l.waiting.find((d) => d.deviceId === p.deviceId) ?? l.admitted,
          waiting: l.waiting.filter((d) => d.deviceId !== p.deviceId),
        })),
    }),
    'device-refused': entry({
      schema: onDevice,
      reduce: (lines: Lines, p): Lines =>
        change(lines, p.lineId, (l) => ({ ...l, waiting: l.waiting.filter((d) => d.deviceId !== p.deviceId) })),
    }),
    'device-left': entry({
      schema: onDevice,
      reduce: (lines: Lines, p): Lines =>
        change(lines, p.lineId, (l) => ({ ...l, waiting: l.waiting.filter((d) => d.deviceId !== p.deviceId) })),
    }),
    'line-changed': entry({
      schema: changed,
      reduce: (lines: Lines, p, { at }): Lines => change(lines, p.lineId, (l) => afterChange(l, p, at)),
    }),
    /** The far end's sound path is gone for certain: the line is safe. */
    'line-confirmed-silent': entry({
      schema: onLine,
      reduce: (lines: Lines, p): Lines => change(lines, p.lineId, (l) => ({ ...l, unconfirmed: false })),
    }),
    ...queueEntries,
  },
  dues: queueDues,
} satisfies Topic;

/** True when the actor is this line's own admitted device. */
export function isAdmittedDevice(line: Line | undefined, who: Actor): boolean {
  return line !== undefined && who.kind === 'device' && line.admitted?.deviceId === who.deviceId && line.state !== 'closed';
}
