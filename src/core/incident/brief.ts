// What matters of an incident, for somebody who was not here: for the catch-up screen, the handover sheet and the position paper.
// Pure: a state, the log as far as it is known, and who looks. No words of a page, and nothing that its reader may not see.

import type { Rows } from './board.ts';
import { lineContacts } from './contacts.ts';
import { carried } from './late.ts';
import { sees } from './log.ts';
import type { Member, People } from './people.ts';
import { isAhead } from './tacticals.ts';
import { type Entry, isOutsider, type Role, type Viewer } from './topic.ts';
import { type IncidentState, TOPICS } from './topics.ts';

/** A row of a board without its history. `aside`: what stands beside its name. `at`: the time that belongs to it, wall clock in ms. */
export interface Item {
  readonly id: string;
  readonly text: string;
  readonly aside: string;
  readonly state: string;
  readonly since: number;
  readonly at: number | null;
  readonly confidence: string;
}

interface PartSpec {
  readonly text: string;
  readonly aside: string | null;
  readonly at: string | null;
  readonly isOpen: (state: string) => boolean;
}
const not =
  (...done: readonly string[]) =>
  (state: string) =>
    !done.includes(state);

/** The boards that a newcomer needs, and which of their rows still count. Names are those of the topics. */
const PARTS = {
  tacticals: { text: 'what', aside: 'where', at: 'at', isOpen: (state) => isAhead({ state, withdrawn: false }) },
  deadlines: { text: 'words', aside: 'threat', at: 'dueAt', isOpen: not('passed', 'met', 'dropped', 'harm') },
  demands: { text: 'words', aside: 'need', at: null, isOpen: not('met', 'refused', 'dropped') },
  promises: { text: 'what', aside: 'to', at: 'dueAt', isOpen: not('kept', 'taken-back') },
  hooks: { text: 'what', aside: 'use', at: null, isOpen: not() },
  barbs: { text: 'what', aside: 'instead', at: null, isOpen: not() },
  hostages: { text: 'name', aside: 'condition', at: 'provedAt', isOpen: not('released', 'escaped') },
  weapons: { text: 'what', aside: 'where', at: null, isOpen: not('recovered') },
  indicators: { text: 'seen', aside: null, at: null, isOpen: not('over') },
  themes: { text: 'what', aside: 'effect', at: null, isOpen: not() },
  actions: { text: 'what', aside: 'answer', at: 'doneAt', isOpen: not() },
  decisions: { text: 'what', aside: 'why', at: 'decidedAt', isOpen: not('lifted') },
  facts: { text: 'what', aside: 'more', at: null, isOpen: not() },
  lies: { text: 'said', aside: 'truth', at: null, isOpen: not() },
  requests: { text: 'question', aside: 'more', at: null, isOpen: not('answered') },
} as const satisfies Readonly<Record<string, PartSpec>>;
/** The name of a part: of the board that it is taken from. */
export type PartName = keyof typeof PARTS;
/** All parts, in the order in which a reader needs them. */
export const PART_NAMES = Object.keys(PARTS) as readonly PartName[];

/** Which parts stand in which product (products 3.4, doctrine 3.3). */
export const CATCH_UP_PARTS: readonly PartName[] = ['tacticals', 'deadlines', 'demands', 'promises', 'barbs', 'hooks'];
/** The parts of the handover sheet. */
export const HANDOVER_PARTS: readonly PartName[] = [
  'tacticals',
  'deadlines',
  'demands',
  'promises',
  'hooks',
  'barbs',
  'lies',
  'themes',
  'facts',
  'hostages',
  'weapons',
  'requests',
];
/** The parts that a position paper is filled from. */
export const PAPER_PARTS: readonly PartName[] = [
  'deadlines',
  'demands',
  'promises',
  'hostages',
  'weapons',
  'hooks',
  'barbs',
  'indicators',
  'themes',
  'actions',
  'decisions',
];

interface BoardTopic {
  readonly name: string;
  readonly entries: Readonly<Record<string, unknown>>;
  readonly board: { readonly sees: ((viewer: Viewer) => boolean) | null };
}
const BOARDS: readonly BoardTopic[] = TOPICS.flatMap((topic): BoardTopic[] => ('board' in topic ? [topic] : []));

/** Default deny: who has no role, and a third party, reads no board. */
function mayRead(name: string, viewer: Viewer): boolean {
  if (viewer.roles.length === 0 || isOutsider(viewer.roles)) return false;
  const board = BOARDS.find((one) => one.name === name);
  return board !== undefined && (board.board.sees === null || board.board.sees(viewer));
}

function itemsOf(state: IncidentState, name: PartName): readonly Item[] {
  const spec: PartSpec = PARTS[name];
  const rows = (state as unknown as Readonly<Record<string, Rows<Readonly<Record<string, unknown>>>>>)[name] ?? {};
  return Object.values(rows)
    .filter((row) => !row.withdrawn && spec.isOpen(row.state))
    .map((row) => ({
      id: row.id,
      text: String(row.fields[spec.text] ?? ''),
      aside: spec.aside === null ? '' : String(row.fields[spec.aside] ?? ''),
      state: row.state,
      since: row.since,
      at: spec.at !== null && typeof row.fields[spec.at] === 'number' ? (row.fields[spec.at] as number) : null,
      confidence: row.confidence,
    }));
}

/** The rows that still count, by board; a board that one of the readers may not see is left out whole. */
export type Standing = Readonly<Partial<Record<PartName, readonly Item[]>>>;

/** What stands on the boards, for all of these readers at once (D56). */
export function standingFor(state: IncidentState, parts: readonly PartName[], readers: readonly Viewer[]): Standing {
  const open = parts.filter((name) => readers.length > 0 && readers.every((reader) => mayRead(name, reader)));
  return Object.fromEntries(open.map((name) => [name, itemsOf(state, name)]));
}

/** How contact stands. Times are wall clock in ms. */
export interface ContactNow {
  readonly lines: readonly { readonly lineId: string; readonly state: string; readonly since: number }[];
  /** How many contacts there were, by line or written down. */
  readonly count: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** The last contact has not ended. */
  readonly goesOn: boolean;
}

/** The lines, and first and last contact. */
export function contactNow(state: IncidentState): ContactNow {
  const rows = Object.values(
    state.contacts as Rows<{ readonly startedAt: number | null; readonly endedAt: number | null; readonly call: string }>,
  );
  const written = rows
    .filter((row) => !row.withdrawn)
    .map(({ fields, at }) => ({ startedAt: fields.startedAt ?? at, endedAt: fields.endedAt }));
  const calls = lineContacts(state.lines, state.contacts as Rows<{ readonly call: string }>);
  const all = [...written, ...calls].sort((a, b) => a.startedAt - b.startedAt);
  const last = all.at(-1);
  return {
    lines: Object.values(state.lines.byId)
      .filter((line) => line.state !== 'closed')
      .map(({ id, state: now, since }) => ({ lineId: id, state: now, since })),
    count: all.length,
    firstAt: all[0]?.startedAt ?? null,
    lastAt: last === undefined ? null : Math.max(last.startedAt, last.endedAt ?? last.startedAt),
    goesOn: calls.some(({ endedAt }) => endedAt === null),
  };
}

/** Who does what, in the order in which they came. */
export interface Seat {
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly since: number | null;
}

/** Everybody who has a role now. */
export function seatsOf(people: People): readonly Seat[] {
  const seat = ({ personId, name, roles, since }: Member): Seat => ({
    personId,
    name,
    roles,
    since: roles.reduce<number | null>((first, role) => (since?.[role] === undefined ? first : Math.max(first ?? 0, since[role])), null),
  });
  return Object.values(people)
    .filter(({ roles }) => roles.length > 0)
    .map(seat);
}

/** Entries beside those of the boards that somebody who was away should know of. */
const MATTERS: ReadonlySet<string> = new Set([
  ...BOARDS.flatMap(({ entries }) => Object.keys(entries)),
  'note-written',
  'role-assigned',
  'role-dropped',
  'floor-passed',
  'floor-taken',
  'window-opened',
  'window-closed',
  'authority-recorded',
  'authority-stopped',
  'paper-signed',
  'relief-started',
  'relief-completed',
]);
const LINE_ENDS: ReadonlySet<string> = new Set(['live', 'lost', 'ended']);

function matters(entry: Entry): boolean {
  const { type, payload } = carried(entry) ?? entry;
  return MATTERS.has(type) || (type === 'line-changed' && LINE_ENDS.has((payload as { readonly to: string }).to));
}

/** What is known of an incident: its state, and its log or the part of it that a console holds, oldest first. */
export interface Known {
  readonly state: IncidentState;
  readonly entries: readonly Entry[];
}

/** News after an entry of the log: the newest ones, oldest first, and how many there are in all. */
export interface News {
  readonly entries: readonly Entry[];
  readonly count: number;
}

/** More than these would not be read; the log has the rest. */
const MOST_NEWS = 30;

/** What others did after `seenSeq` that matters to this viewer (D66). Own entries are no news. */
export function newsFor({ entries }: Known, viewer: Viewer, seenSeq: number): News {
  const found: Entry[] = [];
  // From the end: a long log costs no more than what is new of it.
  for (let i = entries.length - 1; i >= 0; i -= 1) {
    const entry = entries[i];
    if (entry === undefined || entry.seq <= seenSeq) break;
    const isOwn = entry.who.kind === 'person' && entry.who.personId === viewer.personId;
    if (!isOwn && matters(entry) && sees(viewer, entry)) found.push(entry);
  }
  return { entries: found.slice(0, MOST_NEWS).reverse(), count: found.length };
}

/** One screen for who joins or comes back. */
export interface Brief {
  readonly news: News;
  readonly standing: Standing;
  readonly contact: ContactNow;
  readonly seats: readonly Seat[];
}

/** The catch-up (D66) or, with more parts, the handover sheet (D61), for this viewer, with what is new since `seenSeq`. */
export function briefFor(
  known: Known,
  viewer: Viewer,
  asks: { readonly seenSeq: number; readonly parts: readonly PartName[] },
): Brief | null {
  if (viewer.roles.length === 0 || isOutsider(viewer.roles)) return null;
  return {
    news: newsFor(known, viewer, asks.seenSeq),
    standing: standingFor(known.state, asks.parts, [viewer]),
    contact: contactNow(known.state),
    seats: seatsOf(known.state.people),
  };
}

/** Away for less than this, nobody needs to be told anything, in ms. An incident younger than this has nobody to catch up. */
export const AWAY_MS = 2 * 60_000;

/** Whether the catch-up opens by itself: somebody joins what has gone on for a while, or comes back to news (D67).
 *  `seenAt`: when this console last looked, wall clock in ms; null: never. */
export function opensByItself(
  brief: Brief,
  at: { readonly now: number; readonly openedAt: number; readonly seenAt: number | null },
): boolean {
  return brief.news.count > 0 && at.now - (at.seenAt ?? at.openedAt) >= AWAY_MS;
}

/** What a position paper is filled from (D58): only what everybody of the team may read, so that it may go to any of them. */
export function paperFacts(state: IncidentState, team: readonly Role[]): { readonly contact: ContactNow; readonly standing: Standing } {
  const readers = team.map((role): Viewer => ({ personId: '', roles: [role] }));
  return { contact: contactNow(state), standing: standingFor(state, PAPER_PARTS, readers) };
}
