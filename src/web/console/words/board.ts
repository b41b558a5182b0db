// Words that all boards share, and how a board's entries are said. Words of one board stand in its own file in this folder.
import type { Confidence } from '../../../core/incident/board.ts';
import type { Names } from '../store/names.ts';
import { type Sentence, say } from './say.ts';

/** The words of one board. `fields`, `choices` and `states` by their names in the topic. */
export interface BoardWords<Field extends string = string> {
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
  readonly states?: Readonly<Record<string, string>>;
}

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
  moveNote: 'A word on it (optional)',
  parley: 'Parley',
  device: 'the device',
  first: 'put on the board',
  nothing: '—',
};

/** What a field's value reads like. Times as clock times of the day. */
export function valueText(words: BoardWords, field: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return words.choices?.[field]?.[value] ?? value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'number') return boardWords.nothing;
  const isTime = value > 1e11;
  return isTime ? new Date(value).toLocaleString([], { hour12: false, dateStyle: 'short', timeStyle: 'short' }) : String(value);
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

/** Sentences for the four entries of a board. `topic`: its name in the state, to look up what a row is called. */
export function boardSentences<const N extends string>(noun: N, topic: string, words: BoardWords) {
  const changed = (fields: object): Sentence =>
    Object.entries(fields).flatMap(([field, value], i) => [
      i === 0 ? '' : '; ',
      `${words.fields[field] ?? field}: `,
      ...say`${valueText(words, field, value)}`,
    ]);
  const because = (note: string): Sentence => (note === '' ? [] : [' (', ...say`${note}`, ')']);
  const called = (names: Names, rowId: string): Sentence => ['“', ...say`${names.row(topic, rowId)}`, '”'];
  const added = (p: WithFields): Sentence => [`${words.title}: `, ...changed(p.fields)];
  const corrected = (p: WithFields & WithNote, names: Names): Sentence => [
    `${words.title}, corrected `,
    ...called(names, p.rowId),
    ': ',
    ...changed(p.fields),
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
