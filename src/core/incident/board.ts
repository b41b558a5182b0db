// The shape of a board: rows with an author, a time, a source, a confidence and their whole history. Corrections are new entries; no row
// is ever changed in place or taken away. No board lives here: each is one file that names its noun, its fields and its life.
import { z } from 'zod';
import { hasRole, type People } from './people.ts';
import { type Actor, type Asked, command, entry, idOf, type Role, refuse, role, type Viewer } from './topic.ts';

/** Who writes on a board unless it says otherwise: everybody but a third party (D9). */
export const TEAM: readonly Role[] = role.options.filter((one) => one !== 'third-party');

/** How sure the author is. */
export const confidence = z.enum(['confirmed', 'likely', 'possible', 'doubtful']);
export type Confidence = z.infer<typeof confidence>;

/** One thing that happened to a row. `fields`: only those that changed. */
export interface Change<F> {
  readonly at: number;
  readonly by: Actor;
  readonly fields: Partial<F>;
  readonly source?: string;
  readonly confidence?: Confidence;
  /** Its state from then on. */
  readonly state?: string;
  /** Why it was corrected, moved or withdrawn, or a word on the mark. */
  readonly note?: string;
  /** What happened to it that neither corrects nor moves it: `repeated`, `read`. */
  readonly mark?: string;
  /** What else the mark says. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** One row as it stands now. */
export interface Row<F> {
  readonly id: string;
  readonly fields: F;
  readonly source: string;
  readonly confidence: Confidence;
  /** Where it is in its life; '' on a board whose rows have none. */
  readonly state: string;
  /** When `state` was reached, wall clock in ms. */
  readonly since: number;
  readonly by: Actor;
  readonly at: number;
  /** Put in by mistake: stays to be seen, counts for nothing. */
  readonly withdrawn: boolean;
  /** From the first entry on, oldest first. */
  readonly history: readonly Change<F>[];
}

/** A board's rows by id, in the order they came. */
export type Rows<F> = Readonly<Record<string, Row<F>>>;

/** The life of a row: its first state, and where it may go from each. */
export interface Life<S extends string> {
  readonly first: S;
  readonly next: Readonly<Record<S, readonly S[]>>;
  /** States that are reached only with a word on it: the answer, what came of it. */
  readonly noted?: readonly NoInfer<S>[];
  /** States that only these roles may set. */
  readonly movers?: Readonly<Partial<Record<NoInfer<S>, readonly Role[]>>>;
}

/** Something that can happen to a row again and again, with author and time. */
export interface MarkSpec<M extends string, More extends z.ZodRawShape, F> {
  /** Past: the entry is called after it, `demand-repeated`. */
  readonly mark: M;
  readonly by?: readonly (Role | 'parley')[];
  /** What else is told with it. */
  readonly more: More;
  /** Each person once: a second time changes nothing. */
  readonly once?: boolean;
  /** Fields of the row that it sets. */
  readonly sets?: (more: z.output<z.ZodObject<More>>, head: Asked) => Partial<F>;
  /** Who is told of it, beside being one for whom the board is. */
  readonly sees?: (viewer: Viewer) => boolean;
}

/** All marks of one sort that a row got, oldest first. */
export function marksOf<F>(row: Row<F>, mark: string): readonly Change<F>[] {
  return row.history.filter((change) => change.mark === mark);
}

export interface BoardSpec<P extends string, N extends string, Shape extends z.ZodRawShape, S extends string> {
  /** Plural: the topic's name. */
  readonly name: P;
  /** Singular; commands and entries are named after it: `add-hook`, `hook-added`. */
  readonly noun: N;
  /** Who writes on it. Left out: the team. */
  readonly by?: readonly Role[];
  readonly fields: z.ZodObject<Shape>;
  readonly life?: Life<S>;
  /** Left out: everybody of the team sees it. */
  readonly sees?: (viewer: Viewer) => boolean;
}

const source = z.string().trim().max(300);
const note = z.string().trim().max(2_000);

type FieldsOf<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/** Makes what a topic needs of a board; the topic adds its name and what is its own.
 *  Rules: D1 (author, time, source, confidence), D2 (corrections are new entries), D3 (withdrawn rows stay), D4, D7, D8 (life), D6 (marks). */
export function board<const P extends string, const N extends string, Shape extends z.ZodRawShape, S extends string>(
  spec: BoardSpec<P, N, Shape, S>,
) {
  type F = FieldsOf<Shape>;
  type Slice = Rows<F>;
  const { name, noun, life } = spec;
  const by = spec.by ?? TEAM;
  const fields = spec.fields.strict();
  const added = z.strictObject({ rowId: idOf, fields, source, confidence });
  const corrected = z.strictObject({
    rowId: idOf,
    fields: fields.partial(),
    source: source.optional(),
    confidence: confidence.optional(),
    note,
  });
  const moved = z.strictObject({ rowId: idOf, to: z.string().max(40), note });
  const withdrawn = z.strictObject({ rowId: idOf, note: note.min(1) });
  const NO_ROW = refuse('D2', `There is no such ${noun}.`, 'Look at the board again.');
  const rowsOf = (state: unknown): Slice => (state as Readonly<Record<string, Slice>>)[name] ?? {};
  const seen = spec.sees;
  const sees = seen === undefined ? {} : { sees: (viewer: Viewer) => seen(viewer) };

  /** The row that may still be changed, or why not. */
  const open = (state: unknown, rowId: string) => {
    const row = rowsOf(state)[rowId];
    if (row === undefined) return NO_ROW;
    return row.withdrawn ? refuse('D3', `That ${noun} was withdrawn.`, 'Add it anew.') : row;
  };
  const change = (
    rows: Slice,
    rowId: string,
    { at, who }: Asked,
    by: Omit<Change<F>, 'at' | 'by'> & { readonly withdrawn?: boolean },
  ): Slice => {
    const row = rows[rowId];
    if (row === undefined) return rows;
    const { withdrawn: isWithdrawn = row.withdrawn, ...what } = by;
    return {
      ...rows,
      [rowId]: {
        ...row,
        fields: { ...row.fields, ...what.fields },
        source: what.source ?? row.source,
        confidence: what.confidence ?? row.confidence,
        state: what.state ?? row.state,
        since: what.state === undefined ? row.since : at,
        withdrawn: isWithdrawn,
        history: [...row.history, { at, by: who, ...what }],
      },
    };
  };

  /** Why a row may not go where it is asked to go; null when it may. */
  const mayMove = (state: unknown, asks: z.output<typeof moved>, { row, who }: { readonly row: Row<F>; readonly who: Actor }) => {
    const allowed: readonly string[] = life?.next[row.state as S] ?? [];
    const to = asks.to as S;
    if (!allowed.includes(to))
      return refuse('D4', `A ${noun} that is “${row.state}” cannot become “${to}”.`, 'Look at the board: it shows what can come next.');
    const movers = life?.movers?.[to];
    const { people } = state as { readonly people: People };
    if (movers !== undefined && !(who.kind === 'person' && hasRole(people, who.personId, ...movers)))
      return refuse('D8', `Only these may say so: ${movers.join(', ')}.`, 'Ask one of them.');
    if (asks.note === '' && life?.noted?.includes(to) === true)
      return refuse('D7', 'That needs a word on it.', 'Write it and press again.');
    return null;
  };

  const add = command({
    by,
    schema: added,
    decide: (state: unknown, asks) =>
      rowsOf(state)[asks.rowId] === undefined
        ? [{ type: `${noun}-added`, payload: asks }]
        : refuse('D2', `There is such a ${noun} already.`, 'Correct it.'),
  });
  const correct = command({
    by,
    schema: corrected,
    decide: (state: unknown, asks) => {
      const row = open(state, asks.rowId);
      return 'rule' in row ? row : [{ type: `${noun}-corrected`, payload: asks }];
    },
  });
  const withdraw = command({
    by,
    schema: withdrawn,
    decide: (state: unknown, asks) => {
      const row = open(state, asks.rowId);
      return 'rule' in row ? row : [{ type: `${noun}-withdrawn`, payload: asks }];
    },
  });
  const move = command({
    by,
    schema: moved,
    decide: (state: unknown, asks, { who }) => {
      const row = open(state, asks.rowId);
      if ('rule' in row) return row;
      if (row.state === asks.to) return [];
      return mayMove(state, asks, { row, who }) ?? [{ type: `${noun}-moved`, payload: asks }];
    },
  });
  const wasAdded = entry({
    schema: added,
    ...sees,
    reduce: (rows: Slice, p, { at, who }): Slice => ({
      ...rows,
      [p.rowId]: {
        id: p.rowId,
        fields: p.fields as F,
        source: p.source,
        confidence: p.confidence,
        state: life?.first ?? '',
        since: at,
        by: who,
        at,
        withdrawn: false,
        history: [{ at, by: who, fields: p.fields as Partial<F>, source: p.source, confidence: p.confidence }],
      },
    }),
  });
  const wasCorrected = entry({
    schema: corrected,
    ...sees,
    reduce: (rows: Slice, { rowId, ...p }, head): Slice => change(rows, rowId, head, p as Omit<Change<F>, 'at' | 'by'>),
  });
  const wasMoved = entry({
    schema: moved,
    ...sees,
    reduce: (rows: Slice, p, head): Slice => change(rows, p.rowId, head, { fields: {}, state: p.to, note: p.note }),
  });
  const wasWithdrawn = entry({
    schema: withdrawn,
    ...sees,
    reduce: (rows: Slice, p, head): Slice => change(rows, p.rowId, head, { fields: {}, note: p.note, withdrawn: true }),
  });

  /** Makes the command and the entry of one mark; the topic says what the command is called. */
  const mark = <const M extends string, const More extends z.ZodRawShape>(one: MarkSpec<M, More, F>) => {
    const schema = z.strictObject({ rowId: idOf, note, ...one.more });
    type Payload = { readonly rowId: string; readonly note: string };
    const isHis = (row: Row<F>, who: Actor) =>
      who.kind === 'person' && marksOf(row, one.mark).some(({ by: him }) => him.kind === 'person' && him.personId === who.personId);
    const ask = command({
      by: one.by ?? TEAM,
      schema,
      decide: (state: unknown, asks, { who }) => {
        const row = open(state, (asks as Payload).rowId);
        if ('rule' in row) return row;
        return one.once === true && isHis(row, who) ? [] : [{ type: `${noun}-${one.mark}`, payload: asks }];
      },
    });
    const also = one.sees;
    const told = also === undefined ? sees : { sees: (viewer: Viewer) => (seen === undefined || seen(viewer)) && also(viewer) };
    const done = entry({
      schema,
      ...told,
      reduce: (rows: Slice, p, head): Slice => {
        const { rowId, note: word, ...more } = p as Payload;
        const fields = one.sets?.(more as z.output<z.ZodObject<More>>, head) ?? {};
        return change(rows, rowId, head, { fields, note: word, mark: one.mark, ...(Object.keys(more).length === 0 ? {} : { more }) });
      },
    });
    return { ask, done };
  };

  return {
    name,
    mark,
    initial: {} as Slice,
    commands: { [`add-${noun}`]: add, [`correct-${noun}`]: correct, [`withdraw-${noun}`]: withdraw, [`move-${noun}`]: move } as unknown as {
      readonly [K in `add-${N}`]: typeof add;
    } & { readonly [K in `correct-${N}`]: typeof correct } & { readonly [K in `withdraw-${N}`]: typeof withdraw } & {
      readonly [K in `move-${N}`]: typeof move;
    },
    entries: {
      [`${noun}-added`]: wasAdded,
      [`${noun}-corrected`]: wasCorrected,
      [`${noun}-moved`]: wasMoved,
      [`${noun}-withdrawn`]: wasWithdrawn,
    } as unknown as { readonly [K in `${N}-added`]: typeof wasAdded } & { readonly [K in `${N}-corrected`]: typeof wasCorrected } & {
      readonly [K in `${N}-moved`]: typeof wasMoved;
    } & { readonly [K in `${N}-withdrawn`]: typeof wasWithdrawn },
    /** For the pages: how it is shown follows from these. */
    board: { noun, by, life: (life ?? null) as Life<S> | null, fields: spec.fields, sees: seen ?? null },
  };
}
