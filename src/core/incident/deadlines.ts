// Topic: deadlines that those inside set, and the warnings before them (doctrine 3.2). There is no way to write down a deadline of the
// police: setting one adds pressure and is not done.
import { z } from 'zod';
import { board, marksOf, type Row, type Rows } from './board.ts';
import { choice, line, name, time } from './fields.ts';
import { command, type Due, idOf, isOutsider, type Viewer } from './topic.ts';

/** Warnings come this many minutes before a deadline, and at the time itself. */
export const WARNINGS_MIN = [30, 15, 5, 0] as const;
const MINUTE_MS = 60_000;

/** Who sees a countdown, a strip or a warning. Not the primary: a clock in sight pulls the talk to it, and he is to speak of something
 *  else while the time passes. The hour itself stays on his board, since he heard it (D14). */
export function seesClock({ roles }: Pick<Viewer, 'roles'>): boolean {
  return !isOutsider(roles) && (!roles.includes('primary') || roles.includes('leader') || roles.includes('coach'));
}

const deadlines = board({
  name: 'deadlines',
  noun: 'deadline',
  fields: z.object({
    /** Exactly as he said it. */
    words: name(),
    dueAt: time(),
    whose: choice(['subject', 'other-inside']),
    /** What is to happen then, as he says. */
    threat: line(),
  }),
  life: {
    first: 'running',
    next: {
      running: ['passed', 'extended', 'met', 'dropped', 'harm'],
      extended: ['passed', 'met', 'dropped', 'harm'],
      passed: ['running', 'harm'],
      met: ['running'],
      dropped: ['running'],
      harm: ['running', 'passed'],
    },
    noted: ['extended', 'harm'],
  },
});
/** A row of the deadlines board. */
export type Deadline = Row<{ readonly words: string; readonly dueAt: number | null; readonly whose: string; readonly threat: string }>;
type State = { readonly deadlines: Readonly<Record<string, Deadline>> };

const repeated = deadlines.mark({ mark: 'repeated', more: {} });
const warning = { minutes: z.union(WARNINGS_MIN.map((minutes) => z.literal(minutes))), dueAt: z.number() };
const warned = deadlines.mark({ mark: 'warned', by: ['parley'], more: warning, sees: seesClock });

/** True while its time matters: not withdrawn, no outcome yet. */
export function isRunning(row: Pick<Row<unknown>, 'state' | 'withdrawn'>): boolean {
  return !row.withdrawn && (row.state === 'running' || row.state === 'extended');
}

/** The warnings that this due time still gets, the earliest first. A changed time gets all of them anew. */
function warningsLeft(row: Deadline): readonly { readonly minutes: number; readonly at: number; readonly dueAt: number }[] {
  const { dueAt } = row.fields;
  if (dueAt === null || !isRunning(row)) return [];
  const given = marksOf(row, 'warned').flatMap(({ more }) => (more?.['dueAt'] === dueAt ? [Number(more['minutes'])] : []));
  const least = Math.min(...given);
  return WARNINGS_MIN.filter((minutes) => minutes < least).map((minutes) => ({ minutes, at: dueAt - minutes * MINUTE_MS, dueAt }));
}

const warn = command({
  by: ['parley'],
  schema: z.strictObject({ rowId: idOf }),
  decide: (state: State, { rowId }, { at }) => {
    const row = state.deadlines[rowId];
    // Of several that are late only the last is of use: "30 minutes" when 4 are left would mislead.
    const next = row === undefined ? undefined : warningsLeft(row).findLast((one) => one.at <= at);
    if (next === undefined) return [];
    return [{ type: 'deadline-warned', payload: { rowId, note: '', minutes: next.minutes, dueAt: next.dueAt } }];
  },
});

/** The deadlines board (D11 to D14). */
export const deadlinesTopic = {
  ...deadlines,
  commands: { ...deadlines.commands, 'repeat-deadline': repeated.ask, 'warn-of-deadline': warn },
  entries: { ...deadlines.entries, 'deadline-repeated': repeated.done, 'deadline-warned': warned.done },
  /** What the box asks by itself, and when. */
  dues: (rows: Rows<unknown>): readonly Due[] =>
    Object.values(rows as State['deadlines']).flatMap((row) => {
      const [first] = warningsLeft(row);
      return first === undefined ? [] : [{ at: first.at, command: { type: 'warn-of-deadline', rowId: row.id } }];
    }),
};
