// Topic: the incident itself, from its opening to its close.
import { z } from 'zod';
import { DEFAULT_GATES, type Gates, gates } from './gates.ts';
import { ownNotices } from './notice.ts';
import { isJurisdiction } from './notice-texts.ts';
import { isMachine } from './people.ts';
import { command, entry, idOf, refuse, type Topic } from './topic.ts';

export interface Incident {
  readonly id: string | null;
  readonly title: string;
  /** An exercise is one for ever: no command changes it. */
  readonly exercise: boolean;
  readonly openedAt: number | null;
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
  closedAt: null,
  gates: DEFAULT_GATES,
  jurisdiction: 'general',
};
const opened = z.strictObject({
  incidentId: idOf,
  title: z.string().min(1).max(200),
  exercise: z.boolean(),
  gates: gates.optional(),
  jurisdiction: z.string().max(40).optional(),
});

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
    'close-incident': command({
      by: ['leader'],
      schema: z.strictObject({ outcome: z.string().min(1).max(2000) }),
      decide: (state: { incident: Incident; lines: { readonly unsafe: number } }, asks) =>
        state.lines.unsafe > 0
          ? refuse('X1', 'A line is not safe yet.', 'End every line first; then close the incident.')
          : [{ type: 'incident-closed', payload: asks }],
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
        closedAt: null,
        gates: p.gates ?? DEFAULT_GATES,
        jurisdiction: p.jurisdiction ?? 'general',
      }),
    }),
    'jurisdiction-set': entry({
      schema: z.strictObject({ jurisdiction: z.string().max(40) }),
      reduce: (slice: Incident, { jurisdiction }): Incident => ({ ...slice, jurisdiction }),
    }),
    'incident-closed': entry({
      schema: z.strictObject({ outcome: z.string() }),
      reduce: (slice: Incident, _, { at }): Incident => ({ ...slice, closedAt: at }),
    }),
  },
} satisfies Topic;
