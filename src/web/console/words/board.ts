// Words that all boards share, and how a board's entries are said. Words of one board stand in its own file in this folder.
import type { z } from 'zod';
import type { Confidence, Life } from '../../../core/incident/board.ts';
import { type FieldKind, kindOf } from '../../../core/incident/fields.ts';
import type { Names } from '../store/names.ts';
import { type Sentence, say } from './say.ts';

/** The words of one board. `fields`, `choices`, `states` and `marks` by their names in the topic. */
export interface BoardWords<Field extends string = string, State extends string = string> {
  readonly title: string;
  /** One row, with its article: "a hook". */
  readonly one: string;
  readonly add: string;
  /** What to do when it is empty. */
  readonly empty: string;
  /** What it is for, one sentence. */
  readonly help: string;
  readonly fields: Readonly<Record<Field, string>>;
  readonly hints?: Readonly<Partial<Record<Field, string>>>;
  readonly choices?: Readonly<Partial<Record<Field, Readonly<Record<string, string>>>>>;
  readonly states?: Readonly<Record<State, string>>;
  /** `act`: on its button. `done`: said of the row. */
  readonly marks?: Readonly<Record<string, { readonly act: string; readonly done: string }>>;
}

interface AnyBoard {
  readonly name: string;
  readonly board: { readonly noun: string; readonly fields: z.ZodObject; readonly life: Life<string> | null };
}
type FieldOf<T> = T extends { readonly board: { readonly fields: { readonly shape: infer Shape } } } ? keyof Shape & string : never;
type StateOf<T> = T extends { readonly board: { readonly life: { readonly first: infer S extends string } | null } } ? S : never;
/** The words that a board needs: one for every field and every state. */
export type WordsOf<T> = BoardWords<FieldOf<T>, StateOf<T>>;

/** How sure an author is, in words. */
export const confidenceWords: Readonly<Record<Confidence, string>> = {
  confirmed: 'confirmed',
  likely: 'likely',
  possible: 'possible',
  doubtful: 'doubtful',
};

/** Words that all boards share. */
export const boardWords = {
  choose: 'Board',
  log: 'Log',
  source: 'Source',
  sourceHint: 'Who says so?',
  noSource: 'no source given',
  confidence: 'How sure?',
  save: 'Put it on the board',
  correct: 'Correct',
  correctTitle: 'Correct it',
  why: 'Why is it corrected?',
  withdraw: 'Withdraw',
  withdrawWhy: 'Why does it count no more?',
  withdrawHelp: 'It stays to be seen, struck through, and counts for nothing.',
  withdrawn: 'withdrawn',
  history: 'History',
  historyTitle: 'All that happened to it',
  showWithdrawn: (count: number) => `Withdrawn (${count})`,
  move: 'Move…',
  moveTitle: 'What became of it?',
  moveNote: 'A word on it',
  moveNoteHelp: 'Some of these need a word on it first: the answer, or what came of it.',
  alarm: 'needs you',
  now: 'Now',
  minutes: (minutes: number) => `+${minutes} min`,
  hour: '+1 h',
  left: (time: string) => `${time} left`,
  over: (time: string) => `OVER FOR ${time}`,
  groups: { he: 'He', deal: 'Deal', danger: 'Danger', team: 'Team', plan: 'Plan', around: 'Around' },
  boardsOf: (group: string) => `Boards: ${group}`,
  sumUp: 'Sum it up',
  onLine: (line: string) => `By the line: ${line}`,
  goesOn: 'goes on',
  parley: 'Parley',
  device: 'the device',
  first: 'put on the board',
  nothing: '—',
};

/** How a point in time reads: a clock time, with its day when that is not today. */
export function timeText(at: number): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString([], { hour12: false, hour: '2-digit', minute: '2-digit' });
  return date.toDateString() === new Date().toDateString() ? time : `${date.toLocaleDateString()} ${time}`;
}

/** A value of one field. `person`: what the team calls somebody. */
export interface Value {
  readonly kind: FieldKind;
  readonly field: string;
  readonly value: unknown;
  readonly person: (personId: string) => string;
}

/** What a field's value reads like. */
export function valueText(words: BoardWords, { kind, field, value, person }: Value): string {
  if (typeof value === 'number') return kind === 'time' ? timeText(value) : String(value);
  if (typeof value !== 'string' || value === '') return boardWords.nothing;
  return kind === 'person' ? person(value) : (words.choices?.[field]?.[value] ?? value);
}

interface OnRow {
  readonly rowId: string;
}
interface WithFields extends OnRow {
  readonly fields: object;
}
interface WithNote extends OnRow {
  readonly note: string;
}

/** What a row is called in a sentence. */
export function calledIn(
  { name, board }: AnyBoard,
  words: BoardWords,
  { names, rowId }: { readonly names: Names; readonly rowId: string },
) {
  const [first = ''] = Object.keys(board.fields.shape);
  const raw = names.row(name, rowId);
  return ['“', ...say`${words.choices?.[first]?.[raw] ?? raw}`, '”'];
}

/** Sentences for the four entries of a board. */
export function boardSentences<const N extends string>(topic: AnyBoard & { readonly board: { readonly noun: N } }, words: BoardWords) {
  const { noun, fields: shape } = topic.board;
  const changed = (fields: object, names: Names): Sentence =>
    Object.entries(fields).flatMap(([field, value], i) => [
      i === 0 ? '' : '; ',
      `${words.fields[field] ?? field}: `,
      ...say`${valueText(words, { kind: kindOf(shape.shape[field]), field, value, person: names.person })}`,
    ]);
  const filled = (fields: object) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && value !== null));
  const because = (note: string): Sentence => (note === '' ? [] : [' (', ...say`${note}`, ')']);
  const called = (names: Names, rowId: string): Sentence => calledIn(topic, words, { names, rowId });
  const added = (p: WithFields, names: Names): Sentence => [`${words.title}: `, ...changed(filled(p.fields), names)];
  const corrected = (p: WithFields & WithNote, names: Names): Sentence => [
    `${words.title}, corrected `,
    ...called(names, p.rowId),
    ': ',
    ...changed(p.fields, names),
    ...because(p.note),
  ];
  const moved = (p: WithNote & { readonly to: string }, names: Names): Sentence => [
    `${words.title}: `,
    ...called(names, p.rowId),
    ` is now: ${words.states?.[p.to] ?? p.to}`,
    ...because(p.note),
  ];
  const withdrawn = (p: WithNote, names: Names): Sentence => [`${words.title}, withdrawn: `, ...called(names, p.rowId), ...because(p.note)];
  return {
    [`${noun}-added`]: added,
    [`${noun}-corrected`]: corrected,
    [`${noun}-moved`]: moved,
    [`${noun}-withdrawn`]: withdrawn,
  } as unknown as { readonly [K in `${N}-added`]: typeof added } & { readonly [K in `${N}-corrected`]: typeof corrected } & {
    readonly [K in `${N}-moved`]: typeof moved;
  } & { readonly [K in `${N}-withdrawn`]: typeof withdrawn };
}

/** The sentence for a mark on a row. */
export function markSentence(topic: AnyBoard, words: BoardWords, mark: string) {
  return (p: WithNote, names: Names): Sentence => [
    `${words.title}: `,
    ...calledIn(topic, words, { names, rowId: p.rowId }),
    `: ${words.marks?.[mark]?.done ?? mark}`,
    ...(p.note === '' ? [] : [' (', ...say`${p.note}`, ')']),
  ];
}
