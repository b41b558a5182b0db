// Topic: the coming-out plan: ordered steps that both teams sign in one version before the primary sees them (doctrine 3.4, products 3.4).
import { z } from 'zod';
import { hasRole, type People } from './people.ts';
import { type Actor, command, type Draft, entry, isOutsider, type Person, type Role, refuse, type Topic, type Viewer } from './topic.ts';

/** Most steps: a plan that is longer is read to nobody at a door. */
export const MOST_STEPS = 20;

export const side = z.enum(['negotiation', 'tactical']);
/** The two teams that have to agree on one version. */
export type Side = z.infer<typeof side>;

/** Who signs for which team. */
export const SIGNERS: Readonly<Record<Side, readonly Role[]>> = {
  negotiation: ['leader', 'coach'],
  tactical: ['tactical', 'tactical-liaison', 'commander'],
};
const WRITERS: readonly Role[] = ['leader', 'coach', 'tactical', 'tactical-liaison', 'commander', 'scribe'];

const body = {
  steps: z.array(z.string().trim().min(1).max(300)).min(1).max(MOST_STEPS),
  /** What is said to stop at once. */
  stopWords: z.string().trim().max(200),
  /** What he was promised for it, and hears again. */
  promised: z.string().trim().max(1_000),
};
const version = z.number().int().min(1);
const written = z.strictObject({ version, ...body });
const signed = z.strictObject({ version, side });
const stepDone = z.strictObject({ version, step: z.number().int().min(0).max(MOST_STEPS), what: z.enum(['read', 'repeated', 'again']) });
/** `read`: said to the person. `repeated`: he said it back. `again`: neither counts, it has to be read anew. */
export type StepWhat = z.infer<typeof stepDone>['what'];

/** Who said so, and when. */
export interface Said {
  readonly by: Actor;
  readonly at: number;
}
/** One version as this viewer may know it. */
export interface Plan {
  readonly version: number;
  readonly steps: readonly string[];
  readonly stopWords: string;
  readonly promised: string;
  readonly by: Actor;
  readonly at: number;
  readonly signatures: Readonly<Partial<Record<Side, Said>>>;
  /** `draft`: a signature is missing. `recalled`: was approved and must not be read any more: it is being changed, or was withdrawn. */
  readonly state: 'draft' | 'approved' | 'recalled' | 'superseded';
  /** Both teams agreed to it once, whatever came of it. */
  readonly wasApproved: boolean;
  readonly why: string;
  /** What happened to each step, by its place, oldest first. */
  readonly done: Readonly<Record<number, readonly (Said & { readonly what: StepWhat })[]>>;
}
/** All versions, oldest first. */
export interface ComingOut {
  readonly versions: readonly Plan[];
}
type State = { readonly comingOut: ComingOut; readonly people: People };

/** The newest version that this viewer knows of. */
export function currentPlan({ versions }: ComingOut): Plan | undefined {
  return versions.at(-1);
}

/** The version that who speaks with the person has to know of: what he may read, or must not read any more. Undefined before any was approved. */
export function planToRead({ versions }: ComingOut): Plan | undefined {
  return versions.findLast((plan) => plan.wasApproved);
}

/** The teams for which this viewer may sign a version now. */
export function sidesToSign(plan: Plan, { personId, roles }: Viewer): readonly Side[] {
  if (plan.state !== 'draft') return [];
  const signedOnce = Object.values(plan.signatures).some(({ by }) => by.kind === 'person' && by.personId === personId);
  const mine = (one: Side) => plan.signatures[one] === undefined && roles.some((his) => SIGNERS[one].includes(his));
  return signedOnce ? [] : side.options.filter(mine);
}

/** True for who writes and withdraws versions. */
export function writesPlans(roles: readonly Role[]): boolean {
  return roles.some((his) => WRITERS.includes(his));
}

/** Who may see versions that are not approved: the team without those who speak with the person, so that nothing is offered too early. */
export function seesDrafts({ roles }: Pick<Viewer, 'roles'>): boolean {
  const speaks = roles.includes('primary') || roles.includes('interpreter');
  return !isOutsider(roles) && (!speaks || roles.some((one) => one !== 'primary' && WRITERS.includes(one)));
}

/** Where a step stands: `open`, `read` or `repeated`. */
export function stepState(plan: Plan, step: number): 'open' | 'read' | 'repeated' {
  const last = plan.done[step]?.at(-1)?.what ?? 'again';
  return last === 'again' ? 'open' : last;
}

const STALE = refuse('D81', 'The plan was changed meanwhile.', 'Look at the newest version, then do it again.');

function put(slice: ComingOut, number: number, change: (plan: Plan) => Plan): ComingOut {
  return { versions: slice.versions.map((plan) => (plan.version === number ? change(plan) : plan)) };
}

/** The approved version, told as a whole: who was not shown the draft has it from here. */
function approval({ version: number, steps, stopWords, promised }: Plan): Draft {
  return { type: 'plan-approved', payload: { version: number, steps, stopWords, promised } };
}

const isHim = (said: Said | undefined, who: Person) => said?.by.kind === 'person' && said.by.personId === who.personId;

export const comingOutTopic = {
  name: 'comingOut' as const,
  initial: { versions: [] } as ComingOut,
  commands: {
    /** A new version; every change is one, and needs both signatures again. `after`: the version that it was made from, 0 for none. */
    'write-plan': command({
      by: WRITERS,
      schema: z.strictObject({ after: z.number().int().min(0), ...body }),
      decide: ({ comingOut }: State, { after, ...asks }) => {
        const last = currentPlan(comingOut);
        if ((last?.version ?? 0) !== after) return STALE;
        const recall =
          last?.state === 'approved'
            ? [{ type: 'plan-recalled', payload: { version: after, why: '', isChanged: true, wasApproved: true } }]
            : [];
        return [...recall, { type: 'plan-written', payload: { version: after + 1, ...asks } }];
      },
    }),
    'sign-plan': command({
      by: [...SIGNERS.negotiation, ...SIGNERS.tactical],
      schema: signed,
      decide: ({ comingOut, people }: State, asks, { who }) => {
        const plan = currentPlan(comingOut);
        if (plan === undefined || plan.version !== asks.version || plan.state !== 'draft') return STALE;
        if (who.kind !== 'person' || !hasRole(people, who.personId, ...SIGNERS[asks.side]))
          return refuse('D82', `For this team these sign: ${SIGNERS[asks.side].join(', ')}.`, 'Ask one of them.');
        if (plan.signatures[asks.side] !== undefined) return [];
        const other = plan.signatures[asks.side === 'tactical' ? 'negotiation' : 'tactical'];
        if (isHim(other, who)) return refuse('D82', 'You signed for the other team.', 'Somebody of this team signs, too.');
        return [{ type: 'plan-signed', payload: asks }, ...(other === undefined ? [] : [approval(plan)])];
      },
    }),
    'withdraw-plan': command({
      by: WRITERS,
      schema: z.strictObject({ version, why: z.string().trim().min(1).max(500) }),
      decide: ({ comingOut }: State, asks) => {
        const plan = currentPlan(comingOut);
        if (plan === undefined || plan.version !== asks.version) return STALE;
        const payload = { ...asks, isChanged: false, wasApproved: plan.state === 'approved' };
        return plan.state === 'recalled' ? [] : [{ type: 'plan-recalled', payload }];
      },
    }),
    /** The primary tells where he is: one step at a time, and the person says it back. */
    'mark-step': command({
      by: ['primary'],
      schema: stepDone,
      decide: ({ comingOut }: State, asks) => {
        const plan = comingOut.versions.find((one) => one.version === asks.version);
        if (plan === undefined || plan.state !== 'approved') return refuse('D84', 'This plan is not approved.', 'Read nothing of it now.');
        if (plan.steps[asks.step] === undefined) return STALE;
        const now = stepState(plan, asks.step);
        if (asks.what === 'repeated' && now === 'open') return refuse('D84', 'It was not read to him yet.', 'Read it to him first.');
        const isSame = asks.what === now || (asks.what === 'again' && now === 'open') || (asks.what === 'read' && now === 'repeated');
        return isSame ? [] : [{ type: 'step-marked', payload: asks }];
      },
    }),
  },
  entries: {
    'plan-written': entry({
      schema: written,
      sees: (viewer) => seesDrafts(viewer),
      reduce: ({ versions }: ComingOut, p, { at, who: by }): ComingOut => ({
        versions: [
          ...versions.map((one) => (one.state === 'draft' ? { ...one, state: 'superseded' as const } : one)),
          { ...p, by, at, signatures: {}, state: 'draft', wasApproved: false, why: '', done: {} },
        ],
      }),
    }),
    'plan-signed': entry({
      schema: signed,
      sees: (viewer) => seesDrafts(viewer),
      reduce: (slice: ComingOut, p, { at, who: by }): ComingOut =>
        put(slice, p.version, (plan) => ({ ...plan, signatures: { ...plan.signatures, [p.side]: { by, at } } })),
    }),
    'plan-approved': entry({
      schema: written,
      reduce: (slice: ComingOut, p, { at, who: by }): ComingOut => {
        const isKnown = slice.versions.some((one) => one.version === p.version);
        if (isKnown) return put(slice, p.version, (plan) => ({ ...plan, state: 'approved', wasApproved: true }));
        return { versions: [...slice.versions, { ...p, by, at, signatures: {}, state: 'approved', wasApproved: true, why: '', done: {} }] };
      },
    }),
    'plan-recalled': entry({
      schema: z.strictObject({ version, why: z.string(), isChanged: z.boolean(), wasApproved: z.boolean() }),
      // Who was never told of a version is not told either that it is gone.
      sees: (viewer, p) => p.wasApproved || seesDrafts(viewer),
      reduce: (slice: ComingOut, { version: number, why, wasApproved }): ComingOut =>
        put(slice, number, (plan) => ({ ...plan, state: 'recalled', why, wasApproved })),
    }),
    'step-marked': entry({
      schema: stepDone,
      reduce: (slice: ComingOut, { version: number, step, what }, { at, who: by }): ComingOut =>
        put(slice, number, (plan) => ({ ...plan, done: { ...plan.done, [step]: [...(plan.done[step] ?? []), { what, by, at }] } })),
    }),
  },
} satisfies Topic;
