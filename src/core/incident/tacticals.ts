// Topic: tactical actions and their gate: power, lights, vehicles, gas, an approach. The negotiation side knows of each before it is shown
// as clear, so that the person inside never tells the negotiators what the police just did (products 4, story 7).
import { z } from 'zod';
import { board, type Row, type Rows } from './board.ts';
import { choice, line, name, text, time } from './fields.ts';
import { type CommandSpec, isRefusal, type Role, refuse } from './topic.ts';

/** Who announces an action, carries it out and tells what came of it. */
export const ANNOUNCERS: readonly Role[] = ['tactical', 'tactical-liaison', 'commander'];
/** Who acknowledges one for the negotiation side: who has the primary's ear, or leads the cell. */
export const ACKNOWLEDGERS: readonly Role[] = ['coach', 'leader'];

const tacticals = board({
  name: 'tacticals',
  noun: 'tactical-action',
  by: [...ANNOUNCERS, ...ACKNOWLEDGERS],
  fields: z.object({
    /** In plain words: what he inside will see or hear of it. */
    what: name(),
    sort: choice(['power', 'lights', 'vehicles', 'gas', 'approach', 'other']),
    /** When it is to be done; null: as soon as it is clear. */
    at: time(),
    where: line(),
    more: text(),
  }),
  life: {
    first: 'announced',
    next: {
      announced: ['acknowledged', 'overridden', 'called-off', 'went-ahead'],
      acknowledged: ['under-way', 'done', 'called-off', 'announced'],
      overridden: ['under-way', 'done', 'called-off', 'announced'],
      'under-way': ['done', 'called-off'],
      done: ['under-way'],
      'called-off': ['announced'],
      'went-ahead': ['announced', 'done'],
    },
    noted: ['overridden', 'done', 'called-off', 'went-ahead'],
    movers: {
      announced: [...ANNOUNCERS, ...ACKNOWLEDGERS],
      acknowledged: ACKNOWLEDGERS,
      overridden: ['commander'],
      'under-way': ANNOUNCERS,
      done: ANNOUNCERS,
      'called-off': ANNOUNCERS,
      'went-ahead': ANNOUNCERS,
    },
  },
});

/** A row of the board of tactical actions. `at`: wall clock in ms. */
export type TacticalAction = Row<{
  readonly what: string;
  readonly sort: 'power' | 'lights' | 'vehicles' | 'gas' | 'approach' | 'other';
  readonly at: number | null;
  readonly where: string;
  readonly more: string;
}>;
type State = { readonly tacticals: Readonly<Record<string, TacticalAction>> };

const CLEAR = ['acknowledged', 'overridden', 'under-way'];
/** States in which the gate was opened for what stands on the row now. */
const OPENED = ['acknowledged', 'overridden'];

/** True for an action that may go: acknowledged by the negotiation side, or let through by the commander (D50). */
export function isClear(row: Pick<Row<unknown>, 'state' | 'withdrawn'>): boolean {
  return !row.withdrawn && CLEAR.includes(row.state);
}

/** True while it may still be seen or heard inside: announced, clear, or gone ahead without the gate. */
export function isAhead(row: Pick<Row<unknown>, 'state' | 'withdrawn'>): boolean {
  return !row.withdrawn && (row.state === 'announced' || row.state === 'went-ahead' || isClear(row));
}

/** Actions that are ahead, those that wait for the gate first, then by their time. */
export function actionsAhead(rows: Rows<unknown>): readonly TacticalAction[] {
  const rank = ({ state }: TacticalAction) => (state === 'went-ahead' ? 0 : state === 'announced' ? 1 : 2);
  const due = ({ fields }: TacticalAction) => fields.at ?? 0;
  return Object.values(rows as State['tacticals'])
    .filter(isAhead)
    .sort((a, b) => rank(a) - rank(b) || due(a) - due(b));
}

/** Who announced it as it stands now: the last who changed a field of it or announced it anew. */
function announcedBy(row: TacticalAction): string | null {
  const last = row.history.findLast(({ fields, state }) => state === 'announced' || Object.keys(fields).length > 0);
  return last?.by.kind === 'person' ? last.by.personId : null;
}

const { commands } = tacticals;
const add = { ...commands['add-tactical-action'], by: ANNOUNCERS };
const withdraw = { ...commands['withdraw-tactical-action'], by: ANNOUNCERS };

/** What was acknowledged is what stood there: another what, when or where is acknowledged anew (D52). */
const correct: (typeof commands)['correct-tactical-action'] = {
  ...commands['correct-tactical-action'],
  by: ANNOUNCERS,
  decide: (state, asks, asked) => {
    const decision = commands['correct-tactical-action'].decide(state, asks, asked);
    const row = (state as State).tacticals[asks.rowId];
    const isOther = Object.keys(asks.fields).length > 0;
    if (isRefusal(decision) || row === undefined || !isOther || !OPENED.includes(row.state)) return decision;
    const shut = { rowId: asks.rowId, to: 'announced', note: 'changed: to be acknowledged anew' };
    return [...decision, { type: 'tactical-action-moved', payload: shut }];
  },
};

/** Nobody opens the gate for himself: four eyes (D51). */
const move: (typeof commands)['move-tactical-action'] = {
  ...commands['move-tactical-action'],
  decide: (state, asks, asked) => {
    const row = (state as State).tacticals[asks.rowId];
    const isOwn = row !== undefined && asked.who.kind === 'person' && announcedBy(row) === asked.who.personId;
    if (asks.to === 'acknowledged' && isOwn)
      return refuse('D51', 'You announced it yourself.', 'Another coach or leader acknowledges it, or the commander lets it through.');
    return commands['move-tactical-action'].decide(state, asks, asked);
  },
};

/** The board of tactical actions (D50 to D53). */
export const tacticalsTopic = {
  ...tacticals,
  commands: {
    ...commands,
    'add-tactical-action': add satisfies CommandSpec<unknown, typeof add.schema>,
    'correct-tactical-action': correct,
    'withdraw-tactical-action': withdraw,
    'move-tactical-action': move,
  },
};
