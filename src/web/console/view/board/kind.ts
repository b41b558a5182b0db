// What a page needs to show one board: the topic's shape, its words, and what is its own. One file a board makes one of these.
import type { ComponentType } from 'react';
import type { z } from 'zod';
import type { Life, Row, Rows } from '../../../../core/incident/board.ts';
import { type FieldKind, kindOf } from '../../../../core/incident/fields.ts';
import { isOver } from '../../../../core/incident/incident.ts';
import { hasRole } from '../../../../core/incident/people.ts';
import type { Role, Viewer } from '../../../../core/incident/topic.ts';
import type { IncidentState } from '../../../../core/incident/topics.ts';
import type { BoardWords } from '../../words/board.ts';

/** A row's fields by name, whatever the board. */
export type Fields = Readonly<Record<string, unknown>>;

/** A button that marks a row. `shown`: how marks are told of: how often and when last, or by whom and when. */
export interface MarkView {
  readonly ask: string;
  readonly mark: string;
  readonly more?: Readonly<Record<string, unknown>>;
  readonly act: string;
  readonly shown: 'count' | 'names' | 'not';
}

/** A row that stands elsewhere already and may be put on the board with a word more. */
export interface Found {
  readonly id: string;
  readonly title: string;
  readonly fields: Fields;
}

interface Own {
  readonly words: BoardWords;
  /** States in which a row is done with: shown last and pale. */
  readonly done?: readonly string[];
  readonly marks?: readonly MarkView[];
  /** A time that runs while the row is in one of these states. `sees`: to whom the clock is shown. */
  readonly due?: { readonly field: string; readonly in: readonly string[]; readonly sees?: (viewer: Viewer) => boolean };
  /** True when this row waits for the viewer to do something. */
  readonly wants?: (row: Row<Fields>, viewer: Viewer) => boolean;
  /** Who puts rows on it, when that is not everybody who changes them. */
  readonly adds?: readonly Role[];
  /** In place of the key that adds a row: tells what is known of the new one. */
  readonly Add?: ComponentType<{ readonly onStart: (fields: Fields) => void }>;
  /** What else stands in a row. */
  readonly More?: ComponentType<{ readonly row: Row<Fields> }>;
  readonly found?: (state: IncidentState, lineName: (lineId: string) => string) => readonly Found[];
}

/** One board as the pages know it. */
export interface BoardView extends Own {
  /** The topic's name, as in the address and in the state. */
  readonly name: string;
  readonly noun: string;
  /** Every field in the order of the form; the first names the row. */
  readonly form: readonly { readonly field: string; readonly kind: FieldKind }[];
  readonly life: Life<string> | null;
  readonly done: readonly string[];
  readonly marks: readonly MarkView[];
  readonly rows: (state: IncidentState) => Rows<Fields>;
  readonly mayWrite: (state: IncidentState, personId: string) => boolean;
  /** Whether the board is for somebody with these roles at all. */
  readonly isFor: (viewer: Viewer) => boolean;
}

interface BoardTopic {
  readonly name: string;
  readonly board: {
    readonly noun: string;
    readonly by: readonly Role[];
    readonly life: Life<string> | null;
    readonly fields: z.ZodObject;
    readonly sees: ((viewer: Viewer) => boolean) | null;
  };
}

/** Puts a board's view together. */
export function boardView(topic: BoardTopic, own: Own): BoardView {
  const { noun, by, life, fields, sees } = topic.board;
  return {
    ...own,
    name: topic.name,
    noun,
    form: Object.entries(fields.shape).map(([field, schema]) => ({ field, kind: kindOf(schema) })),
    life,
    done: own.done ?? [],
    marks: own.marks ?? [],
    rows: (state) => (state as unknown as Readonly<Record<string, Rows<Fields>>>)[topic.name] ?? {},
    mayWrite: (state, personId) => !isOver(state.incident) && hasRole(state.people, personId, ...by),
    isFor: (viewer) => sees === null || sees(viewer),
  };
}

/** The due time of a row whose clock runs and is for this viewer, else null. Wall clock in ms. */
export function dueOf(view: BoardView, row: Row<Fields>, viewer: Viewer): number | null {
  const { due } = view;
  if (due === undefined || row.withdrawn || !due.in.includes(row.state) || due.sees?.(viewer) === false) return null;
  const at = row.fields[due.field];
  return typeof at === 'number' ? at : null;
}

/** True for a row that needs somebody's eyes: its time is over, or it waits for this viewer. */
export function isAlarmed(view: BoardView, row: Row<Fields>, { viewer, now }: { readonly viewer: Viewer; readonly now: number }): boolean {
  if (row.withdrawn) return false;
  const dueAt = dueOf(view, row, viewer);
  return (dueAt !== null && dueAt <= now) || view.wants?.(row, viewer) === true;
}
