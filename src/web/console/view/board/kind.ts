// What a page needs to show one board: the topic's shape, its words, and how each field is filled in. One file a board makes one of these.
import type { Rows } from '../../../../core/incident/board.ts';
import { hasRole } from '../../../../core/incident/people.ts';
import type { Asker, Role } from '../../../../core/incident/topic.ts';
import type { IncidentState } from '../../../../core/incident/topics.ts';
import type { BoardWords } from '../../words/board.ts';

/** line: one row of text. text: several. choice: one of the words in `choices`. time: a point in time, ms, or null. number: or null.
 *  person: one of the team, by id. flag: yes or no. */
export type FieldKind = 'line' | 'text' | 'choice' | 'time' | 'number' | 'person' | 'flag';

export type Fields = Readonly<Record<string, unknown>>;

/** One board as the pages know it. */
export interface BoardView {
  /** The topic's name, as in the address and in the state. */
  readonly name: string;
  readonly noun: string;
  readonly words: BoardWords;
  /** Every field in the order of the form; the first names the row. */
  readonly form: readonly { readonly field: string; readonly kind: FieldKind }[];
  readonly next: Readonly<Record<string, readonly string[]>>;
  readonly rows: (state: IncidentState) => Rows<Fields>;
  readonly mayWrite: (state: IncidentState, personId: string) => boolean;
  /** States in which a row is done with: shown last and pale. */
  readonly done: readonly string[];
}

interface BoardTopic {
  readonly name: string;
  readonly board: {
    readonly noun: string;
    readonly by: readonly Asker[];
    readonly life: { readonly next: Readonly<Record<string, readonly string[]>> } | null;
  };
}

/** Puts a board's view together. */
export function boardView(
  topic: BoardTopic,
  asks: { readonly words: BoardWords; readonly form: BoardView['form']; readonly done?: readonly string[] },
): BoardView {
  const { noun, by, life } = topic.board;
  return {
    name: topic.name,
    noun,
    words: asks.words,
    form: asks.form,
    next: life?.next ?? {},
    done: asks.done ?? [],
    rows: (state) => (state as unknown as Readonly<Record<string, Rows<Fields>>>)[topic.name] ?? {},
    mayWrite: (state, personId) =>
      state.incident.closedAt === null && (by.includes('member') || hasRole(state.people, personId, ...(by as readonly Role[]))),
  };
}
