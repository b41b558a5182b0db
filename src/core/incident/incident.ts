// Topic: the incident itself, from its opening to its close.
import { z } from 'zod';
import { type EndsState, how, openPromises, ordersDue } from './ends.ts';
import { DEFAULT_GATES, type Gates, gates } from './gates.ts';
import type { Lines } from './lines.ts';
import { ownNotices } from './notice.ts';
import { isJurisdiction } from './notice-texts.ts';
import { isMachine } from './people.ts';
import { missesAtClose } from './queue.ts';
import { command, entry, idOf, refuse, type Topic } from './topic.ts';

export interface Incident {
  readonly id: string | null;
  readonly title: string;
  /** An exercise is one for ever: no command changes it. */
  readonly exercise: boolean;
  readonly openedAt: number | null;
  /** Since when nobody but the box adds anything, and how it ended; null while the incident goes on. */
  readonly closing: { readonly at: number; readonly outcome: string } | null;
  readonly closedAt: number | null;
  /** What the agency demanded when this incident was opened. */
  readonly gates: Gates;
  /** Whose law the notice to the far end follows; a key of the notice texts. */
  readonly jurisdiction: string;
}

const initial: Incident = {
  id: null,
  title: '',
  exercise: false,
  openedAt: null,
  closing: null,
  closedAt: null,
  gates: DEFAULT_GATES,
  jurisdiction: 'general',
};

/** True once the close has begun: nobody is heard, nobody adds anything; the box still enters the end of the recordings. */
export function isOver(incident: Pick<Incident, 'closing' | 'closedAt'>): boolean {
  return incident.closing !== null || incident.closedAt !== null;
}

const opened = z.strictObject({
  incidentId: idOf,
  title: z.string().min(1).max(200),
  exercise: z.boolean(),
  gates: gates.optional(),
  jurisdiction: z.string().max(40).optional(),
});

const outcome = z.string().min(1).max(2000);
const handed = z.string().trim().max(300);
/** `promisesTo`: who keeps the promises that are still open. `ordersWith`: who sees to the orders that are still due. `phonesBack`: lines
 *  whose phone is in the team's hands again. */
const ending = z.strictObject({
  how: how.optional(),
  outcome,
  promisesTo: handed.optional(),
  ordersWith: handed.optional(),
  phonesBack: z.array(idOf).max(50).optional(),
});

function beginClosing(state: EndsState & { lines: Lines }, asks: z.output<typeof ending>, { at }: { readonly at: number }) {
  if (state.lines.unsafe > 0) return refuse('X1', 'A line is not safe yet.', 'End every line first; then close the incident.');
  const promises = openPromises(state).map(({ id }) => id);
  if (promises.length > 0 && !asks.promisesTo)
    return refuse('X4', 'Promises are still open.', 'Say who keeps them now, or settle each on its board.');
  if (ordersDue(state).length > 0 && !asks.ordersWith)
    return refuse('X5', 'An order is still due.', 'Say who sees to it: after the close no clock runs here.');
  return [...missesAtClose(state.lines, at), { type: 'closing-begun', payload: promises.length === 0 ? asks : { ...asks, promises } }];
}

const finished = z.strictObject({ recordings: z.enum(['finished', 'unfinished']), why: z.string().max(300) });

export const incidentTopic = {
  name: 'incident' as const,
  initial,
  commands: {
    /** The opener leads and is primary until he says otherwise: a lone first officer can talk at once. */
    'open-incident': command({
      by: ['person'],
      schema: opened.extend({ notices: ownNotices.optional() }),
      decide: (state: { incident: Incident }, { notices = {}, ...asks }, { who }) => {
        if (state.incident.openedAt !== null) return refuse('E1', 'This incident is open already.', 'Open it from the list.');
        if (who.kind !== 'person') return refuse('T1', 'Only a person opens an incident.', 'Sign in first.');
        if (isMachine(who.personId) && !asks.exercise) return refuse('T31', 'A machine takes part in exercises only.', '');
        const member = { personId: who.personId, name: who.name };
        return [
          { type: 'incident-opened', payload: asks },
          { type: 'role-assigned', payload: { ...member, role: 'leader' } },
          { type: 'role-assigned', payload: { ...member, role: 'primary' } },
          ...Object.entries(notices).map(([language, text]) => ({ type: 'notice-set', payload: { language, text } })),
        ];
      },
    }),
    /** Whose law the notices follow that are given from now on (N76); what was shown before stays as it was. */
    'set-jurisdiction': command({
      by: ['leader', 'commander'],
      schema: z.strictObject({ jurisdiction: z.string().max(40) }),
      decide: ({ incident }: { incident: Incident }, asks) => {
        if (!isJurisdiction(asks.jurisdiction)) return refuse('D86', 'Parley has no notice for that law.', 'Choose one of the list.');
        return asks.jurisdiction === incident.jurisdiction ? [] : [{ type: 'jurisdiction-set', payload: asks }];
      },
    }),
    /** Closing goes in two steps, so that the hash of every voice's last file is in the log before nothing can be added to it. */
    'close-incident': command({
      by: ['leader'],
      schema: ending,
      decide: beginClosing,
    }),
    /** The recordings are finished, or cannot be. */
    'finish-closing': command({
      by: ['parley'],
      schema: finished,
      decide: ({ incident: { closing } }: { incident: Incident }, asks) =>
        closing === null
          ? refuse('X3', 'Nobody has closed this incident.', 'The leader closes it.')
          : [{ type: 'incident-closed', payload: { outcome: closing.outcome, ...asks } }],
    }),
  },
  entries: {
    'incident-opened': entry({
      schema: opened,
      outsiders: () => true,
      reduce: (_: Incident, p, { at }): Incident => ({
        id: p.incidentId,
        title: p.title,
        exercise: p.exercise,
        openedAt: at,
        closing: null,
        closedAt: null,
        gates: p.gates ?? DEFAULT_GATES,
        jurisdiction: p.jurisdiction ?? 'general',
      }),
    }),
    'closing-begun': entry({
      schema: ending.extend({ promises: z.array(idOf).optional() }),
      reduce: (slice: Incident, p, { at }): Incident => ({ ...slice, closing: { at, outcome: p.outcome } }),
    }),
    'jurisdiction-set': entry({
      schema: z.strictObject({ jurisdiction: z.string().max(40) }),
      reduce: (slice: Incident, { jurisdiction }): Incident => ({ ...slice, jurisdiction }),
    }),
    'incident-closed': entry({
      schema: finished.partial().extend({ outcome }),
      reduce: (slice: Incident, _, { at }): Incident => ({ ...slice, closedAt: at }),
    }),
  },
} satisfies Topic;
