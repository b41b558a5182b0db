// Topic: position papers, the cell's written brief to the commander and to who takes over (doctrine 3.3). One draft at a time; a signed
// paper has its number, is never changed, and keeps who opened and who acknowledged it. What a draft is filled from is brief.ts's.
import { z } from 'zod';
import { isMeant, SIDES } from './addressees.ts';
import { hasRole, type People, rolesOf } from './people.ts';
import { type Actor, command, entry, type Person, type Role, refuse, type Topic, type Viewer } from './topic.ts';

/** A position paper as it is written: four parts in plain text, and for whom. */
export interface PaperText {
  readonly to: readonly (typeof SIDES)[number][];
  /** Contacts, their number and times, and what the paper rests on. */
  readonly basis: string;
  readonly status: string;
  readonly assessment: string;
  readonly recommendations: string;
}

/** Somebody who opened or acknowledged a paper, wall clock in ms. */
export interface Receipt {
  readonly by: Person;
  readonly at: number;
}

/** A signed paper. `atSeq`: the log's last entry when it was signed; the paper itself is the next one. */
export interface Paper extends PaperText {
  readonly number: number;
  readonly atSeq: number;
  readonly signedBy: Actor;
  readonly signedAt: number;
  readonly opened: readonly Receipt[];
  readonly acknowledged: readonly Receipt[];
}

/** The draft, when there is one, and all signed papers in the order of their numbers as far as the viewer may see them. */
export interface Papers {
  readonly draft: (PaperText & { readonly at: number; readonly by: Actor }) | null;
  readonly signed: readonly Paper[];
}

/** The longest part of a paper, in characters: some five pages. */
export const PAPER_PART_MAX = 12_000;
const part = z.string().trim().max(PAPER_PART_MAX);
const parts = { to: z.array(z.enum(SIDES)).min(1).max(SIDES.length), basis: part, status: part, assessment: part, recommendations: part };
const numbered = z.strictObject({ number: z.number().int().min(1).max(10_000) });
const signedPaper = numbered.extend({ atSeq: z.number().int().min(0), ...parts });

const WRITERS: readonly Role[] = ['leader'];
type State = { readonly papers: Papers; readonly people: People; readonly seq: number };

/** Whether a paper for these sides is for this viewer. Who writes them sees them all (D59). */
export function isPaperFor({ roles }: Pick<Viewer, 'roles'>, to: readonly string[]): boolean {
  return roles.some((role) => WRITERS.includes(role)) || to.some((side) => isMeant(roles, side));
}

/** The paper with this number, if the person may see it. */
export function paperFor({ papers, people }: Pick<State, 'papers' | 'people'>, personId: string, number: number): Paper | undefined {
  const paper = papers.signed.find((one) => one.number === number);
  return paper !== undefined && isPaperFor({ roles: rolesOf(people, personId) }, paper.to) ? paper : undefined;
}

const NO_PAPER = refuse('D59', 'There is no such position paper for you.', 'Ask the leader.');

/** A step of somebody who may see the paper; `once`: a second time changes nothing. */
function step(type: string, had: ((paper: Paper) => readonly Receipt[]) | null) {
  return command({
    by: ['member'],
    schema: numbered,
    decide: (state: State, { number }, { who }) => {
      const paper = who.kind === 'person' ? paperFor(state, who.personId, number) : undefined;
      if (paper === undefined || who.kind !== 'person') return NO_PAPER;
      return had?.(paper).some(({ by }) => by.personId === who.personId) === true ? [] : [{ type, payload: { number } }];
    },
  });
}

/** Puts a receipt on a paper; without effect on one that this viewer does not have. */
function receipt(field: 'opened' | 'acknowledged') {
  return entry({
    schema: numbered,
    reduce: (papers: Papers, p, { at, who }): Papers => ({
      ...papers,
      signed: papers.signed.map((one) =>
        one.number === p.number && who.kind === 'person' ? { ...one, [field]: [...one[field], { by: who, at }] } : one,
      ),
    }),
  });
}

const initial: Papers = { draft: null, signed: [] };

/** Position papers (D57 to D60). */
export const papersTopic = {
  name: 'papers' as const,
  initial,
  commands: {
    'draft-paper': command({
      by: WRITERS,
      schema: z.strictObject(parts),
      decide: (_: State, asks) => [{ type: 'paper-drafted', payload: asks }],
    }),
    /** `number`: the one that the leader saw on his screen: two who sign at once do not sign the same number. */
    'sign-paper': command({
      by: WRITERS,
      schema: numbered.extend(parts),
      decide: (state: State, asks) => {
        // One leader sees every paper, so his count is the whole count.
        const next = state.papers.signed.length + 1;
        if (asks.number !== next)
          return refuse('D57', `Position paper ${asks.number} is signed already.`, `A signed paper stays as it is: sign number ${next}.`);
        if (asks.status === '' || asks.recommendations === '')
          return refuse('D57', 'Status or recommendations are empty.', 'Write them; then sign.');
        return [{ type: 'paper-signed', payload: { ...asks, atSeq: state.seq } }];
      },
    }),
    'open-paper': step('paper-opened', ({ opened }) => opened),
    'acknowledge-paper': step('paper-acknowledged', ({ acknowledged }) => acknowledged),
    /** As a file, each time. */
    'read-paper': step('paper-read', null),
  },
  entries: {
    'paper-drafted': entry({
      schema: z.strictObject(parts),
      sees: ({ roles }) => roles.some((role) => WRITERS.includes(role)),
      reduce: (papers: Papers, p, { at, who }): Papers => ({ ...papers, draft: { ...p, at, by: who } }),
    }),
    'paper-signed': entry({
      schema: signedPaper,
      sees: (viewer, { to }) => isPaperFor(viewer, to),
      reduce: (papers: Papers, p, { at, who }): Papers => ({
        draft: null,
        signed: [...papers.signed, { ...p, signedAt: at, signedBy: who, opened: [], acknowledged: [] }],
      }),
    }),
    'paper-opened': receipt('opened'),
    'paper-acknowledged': receipt('acknowledged'),
    'paper-read': entry({ schema: numbered, reduce: (papers: Papers): Papers => papers }),
  },
} satisfies Topic;

/** True when this paper waits for the viewer's acknowledgement: he is meant by it and did not sign it. */
export function isPaperUnread(paper: Paper, { personId, roles }: Viewer): boolean {
  const isOwn = paper.signedBy.kind === 'person' && paper.signedBy.personId === personId;
  const isMine = paper.to.some((side) => isMeant(roles, side));
  return isMine && !isOwn && !paper.acknowledged.some(({ by }) => by.personId === personId);
}

/** True for who may write and sign papers. */
export function writesPapers(people: People, personId: string): boolean {
  return hasRole(people, personId, ...WRITERS);
}
