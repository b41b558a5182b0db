// The people of this box as a log: who has an account, what he may, how he came in and was kept out. Pure.
// No secret may be here: passwords, codes, tokens and their hashes live in the vault.
import { z } from 'zod';
import { type Asked, type Draft, type Entry, entry, idOf, type Refusal, refuse, role, type Stub } from '../incident/topic.ts';

/** Failures of one account in this time lock it, in ms (R7: 5 in 15 min). */
export const LOCKOUT_WINDOW_MS = 15 * 60_000;
/** So many failures lock an account. */
export const LOCKOUT_FAILURES = 5;
/** Longest life of a guest's account and of every invitation, in ms (R12: 72 h). */
export const GUEST_MS = 72 * 3600_000;

const name = z.string().min(1).max(200);
const at = z.number().int();

/** From where: network address and what the browser says of itself. Unknown is written as `unknown`. */
export const where = z.strictObject({ address: z.string().min(1).max(100), agent: z.string().min(1).max(300) });
/** From where something was done. */
export type Where = z.infer<typeof where>;

/** What a person may on this box, beside the roles in incidents. */
export const right = z.enum([
  'owner',
  /** May open one incident, and has done so when it is gone: a first officer who is a guest (T76). */
  'open-one',
]);
/** What a person may on this box. */
export type Right = z.infer<typeof right>;

const kind = z.enum(['staff', 'guest']);
/** The ways to prove who one is. */
export const proof = z.enum(['ticket', 'password', 'password-and-code', 'recovery-code']);
/** A way to prove who one is. */
export type Proof = z.infer<typeof proof>;
/** Why somebody was kept out. */
export const failure = z.enum(['unknown-login', 'no-password', 'password', 'code', 'code-used-before', 'locked', 'expired', 'ticket']);
/** Why somebody was kept out. */
export type Failure = z.infer<typeof failure>;
const sessionEnd = z.enum(['signed-out', 'ended-by-owner', 'ended-by-self', 'unused', 'account-expired', 'account-removed']);
/** Why a session ended. */
export type SessionEnd = z.infer<typeof sessionEnd>;

/** One account as the log tells it. Times in ms since 1970. */
export interface Account {
  readonly personId: string;
  /** What the person types to sign in: lower case, unique for ever. */
  readonly login: string;
  readonly name: string;
  readonly kind: 'staff' | 'guest';
  readonly rights: readonly Right[];
  readonly expiresAt: number | null;
  readonly passwordAt: number | null;
  readonly secondFactorAt: number | null;
  readonly lastSignInAt: number | null;
  /** Failures that still count towards a lockout. */
  readonly failedAt: readonly number[];
  readonly lockedAt: number | null;
}

/** All accounts. Removed ones are gone from `byId`; their logins stay taken. */
export interface PeopleState {
  readonly byId: Readonly<Record<string, Account>>;
  readonly logins: readonly string[];
  readonly seq: number;
}

/** The state before the first entry. */
export const NO_PEOPLE: PeopleState = { byId: {}, logins: [], seq: 0 };

/** The account with this id, or undefined. Ids come over wires: only what was put in is found. */
export function personOf(state: PeopleState, personId: string): Account | undefined {
  return Object.hasOwn(state.byId, personId) ? state.byId[personId] : undefined;
}

function change(state: PeopleState, personId: string, news: (old: Account) => Partial<Account>): PeopleState {
  const old = personOf(state, personId);
  return old === undefined ? state : { ...state, byId: { ...state.byId, [personId]: { ...old, ...news(old) } } };
}

function without<T>(all: readonly T[], one: T): readonly T[] {
  return all.filter((each) => each !== one);
}

function countFailure({ failedAt }: Account, now: number): readonly number[] {
  return [...failedAt.filter((t) => now - t < LOCKOUT_WINDOW_MS), now].slice(-LOCKOUT_FAILURES);
}

const person = z.strictObject({ personId: idOf, from: where });
const session = { personId: idOf, session: idOf, from: where };

const ENTRIES = {
  'person-added': entry({
    schema: z.strictObject({ personId: idOf, login: z.string().min(1).max(60), name, kind, expiresAt: at.nullable(), from: where }),
    reduce: (state: PeopleState, { from: _, ...p }): PeopleState => ({
      ...state,
      logins: [...state.logins, p.login],
      byId: {
        ...state.byId,
        [p.personId]: { ...p, rights: [], passwordAt: null, secondFactorAt: null, lastSignInAt: null, failedAt: [], lockedAt: null },
      },
    }),
  }),
  'person-renamed': entry({
    schema: z.strictObject({ personId: idOf, name, from: where }),
    reduce: (state: PeopleState, p): PeopleState => change(state, p.personId, () => ({ name: p.name })),
  }),
  /** A guest became one of the staff: the account no longer expires. */
  'person-kept': entry({
    schema: person,
    reduce: (state: PeopleState, p): PeopleState => change(state, p.personId, () => ({ kind: 'staff', expiresAt: null })),
  }),
  'person-removed': entry({
    schema: z.strictObject({ personId: idOf, why: z.string().min(1).max(500), from: where }),
    reduce: (state: PeopleState, p): PeopleState => ({
      ...state,
      byId: Object.fromEntries(Object.entries(state.byId).filter(([id]) => id !== p.personId)),
    }),
  }),
  'right-given': entry({
    schema: z.strictObject({ personId: idOf, right, from: where }),
    reduce: (state: PeopleState, p): PeopleState =>
      change(state, p.personId, (a) => ({ rights: [...without(a.rights, p.right), p.right] })),
  }),
  'right-taken': entry({
    schema: z.strictObject({ personId: idOf, right, from: where }),
    reduce: (state: PeopleState, p): PeopleState => change(state, p.personId, (a) => ({ rights: without(a.rights, p.right) })),
  }),
  'signed-in': entry({
    schema: z.strictObject({ ...session, by: proof }),
    reduce: (state: PeopleState, p, head): PeopleState => change(state, p.personId, () => ({ failedAt: [], lastSignInAt: head.at })),
  }),
  /** The same session proved again who sits there. */
  'signed-in-again': entry({ schema: z.strictObject({ ...session, by: proof }), reduce: (state: PeopleState): PeopleState => state }),
  /** `door`: `again` is a live session asked to prove itself; its failures never lock the account. */
  'sign-in-failed': entry({
    schema: z.strictObject({ personId: idOf.nullable(), door: z.enum(['sign-in', 'again', 'enter']), why: failure, from: where }),
    reduce: (state: PeopleState, p, head): PeopleState =>
      p.personId === null || p.door !== 'sign-in' ? state : change(state, p.personId, (a) => ({ failedAt: countFailure(a, head.at) })),
  }),
  locked: entry({
    schema: z.strictObject({ personId: idOf, failures: z.number().int(), from: where }),
    reduce: (state: PeopleState, p, head): PeopleState => change(state, p.personId, () => ({ lockedAt: head.at })),
  }),
  unlocked: entry({
    schema: z.strictObject({ personId: idOf, by: z.enum(['owner', 'recovery-code']), from: where }),
    reduce: (state: PeopleState, p): PeopleState => change(state, p.personId, () => ({ lockedAt: null, failedAt: [] })),
  }),
  /** `list`: version of the list of banned passwords that it was held against. */
  'password-set': entry({
    schema: z.strictObject({ personId: idOf, list: z.string().max(40), from: where }),
    reduce: (state: PeopleState, p, head): PeopleState => change(state, p.personId, () => ({ passwordAt: head.at })),
  }),
  'second-factor-set': entry({
    schema: person,
    reduce: (state: PeopleState, p, head): PeopleState => change(state, p.personId, () => ({ secondFactorAt: head.at })),
  }),
  'recovery-codes-made': entry({
    schema: z.strictObject({ personId: idOf, count: z.number().int(), from: where }),
    reduce: (state: PeopleState): PeopleState => state,
  }),
  'recovery-code-used': entry({
    schema: z.strictObject({ personId: idOf, left: z.number().int(), from: where }),
    reduce: (state: PeopleState): PeopleState => state,
  }),
  /** A session went on after its time because it was in use: nobody cuts a call for that, but it is on record (R5). */
  'grace-used': entry({ schema: z.strictObject(session), reduce: (state: PeopleState): PeopleState => state }),
  'session-ended': entry({
    schema: z.strictObject({ ...session, cause: sessionEnd, lastedMs: z.number() }),
    reduce: (state: PeopleState): PeopleState => state,
  }),
  /** `personId`: whom it brings back; null for a new person. */
  'invitation-made': entry({
    schema: z.strictObject({
      invitation: idOf,
      kind: z.enum(['owner', 'invitation', 'return']),
      personId: idOf.nullable(),
      incidentId: idOf.nullable(),
      role: role.nullable(),
      guest: z.boolean(),
      /** Left out: it gives no right to open anything. */
      opensOne: z.boolean().optional(),
      expiresAt: at,
      from: where,
    }),
    reduce: (state: PeopleState): PeopleState => state,
  }),
  'invitation-used': entry({
    schema: z.strictObject({ invitation: idOf, personId: idOf, from: where }),
    reduce: (state: PeopleState): PeopleState => state,
  }),
} as const;

type EntryType = keyof typeof ENTRIES;
type Payload<T extends EntryType> = z.output<(typeof ENTRIES)[T]['schema']>;
type Note = { [T in EntryType]: { readonly type: T; readonly payload: Omit<Payload<T>, 'from'> } }[EntryType];

/** Names of all entries of the people stream. */
export const PEOPLE_ENTRIES: readonly string[] = Object.keys(ENTRIES);

/** What can be asked of the people stream. `note` records a fact that the doors saw; the rest is decided here. */
export type PeopleCommand =
  | {
      readonly do: 'add';
      readonly personId: string;
      readonly name: string;
      readonly kind: 'staff' | 'guest';
      readonly rights: readonly Right[];
      readonly expiresAt: number | null;
    }
  | { readonly do: 'rename'; readonly personId: string; readonly name: string }
  | { readonly do: 'keep' | 'unlock'; readonly personId: string }
  | { readonly do: 'remove'; readonly personId: string; readonly why: string }
  | { readonly do: 'give-right' | 'take-right'; readonly personId: string; readonly right: Right }
  | { readonly do: 'fail'; readonly personId: string | null; readonly door: 'sign-in' | 'again' | 'enter'; readonly why: Failure }
  | { readonly do: 'note'; readonly notes: readonly Note[] };

/** Decides a command. `from`: where it came from; it becomes part of every entry. */
export function decidePeople(
  state: PeopleState,
  asks: PeopleCommand,
  { at: now, from }: { readonly at: number; readonly from: Where },
): readonly Draft[] | Refusal {
  const decided = decide(state, asks, now);
  return Array.isArray(decided) ? decided.map(({ type, payload }) => ({ type, payload: { ...payload, from } })) : (decided as Refusal);
}

function decide(state: PeopleState, asks: PeopleCommand, now: number): readonly Note[] | Refusal {
  if (asks.do === 'note') return asks.notes;
  if (asks.do === 'fail') return fail(state, asks, now);
  if (asks.do === 'add') return add(state, asks);
  const account = personOf(state, asks.personId);
  if (account === undefined) return refuse('T8', 'There is no such person.', 'Look at the list of people again.');
  const { personId } = asks;
  switch (asks.do) {
    case 'rename':
      return asks.name === account.name ? [] : [{ type: 'person-renamed', payload: { personId, name: asks.name } }];
    case 'keep':
      return account.kind === 'staff' ? [] : [{ type: 'person-kept', payload: { personId } }];
    case 'unlock':
      return account.lockedAt === null && account.failedAt.length === 0 ? [] : [{ type: 'unlocked', payload: { personId, by: 'owner' } }];
    case 'give-right':
      return account.rights.includes(asks.right) ? [] : [{ type: 'right-given', payload: { personId, right: asks.right } }];
    case 'take-right':
      if (!account.rights.includes(asks.right)) return [];
      return asks.right === 'owner' && isLastOwner(state, account)
        ? LAST_OWNER
        : [{ type: 'right-taken', payload: { personId, right: asks.right } }];
    case 'remove':
      return isLastOwner(state, account) ? LAST_OWNER : [{ type: 'person-removed', payload: { personId, why: asks.why } }];
  }
}

const LAST_OWNER = refuse('T18', 'This is the only owner.', 'Make somebody else an owner first.');

function isLastOwner(state: PeopleState, account: Account): boolean {
  return account.rights.includes('owner') && owners(state).length === 1;
}

function add(state: PeopleState, asks: Extract<PeopleCommand, { do: 'add' }>): readonly Note[] | Refusal {
  const { personId, rights } = asks;
  if (personOf(state, personId) !== undefined) return refuse('T9', 'This person is known already.', 'Nothing needs to be done.');
  const payload = { personId, login: freeLogin(state, asks.name), name: asks.name, kind: asks.kind, expiresAt: asks.expiresAt };
  return [{ type: 'person-added', payload }, ...rights.map((one) => ({ type: 'right-given' as const, payload: { personId, right: one } }))];
}

/** Every failure is on record; the fifth within the window locks. A locked account is not locked twice. */
function fail(state: PeopleState, { personId, door, why }: Extract<PeopleCommand, { do: 'fail' }>, now: number): readonly Note[] {
  const failed: Note = { type: 'sign-in-failed', payload: { personId, door, why } };
  const account = personId === null ? undefined : personOf(state, personId);
  if (account === undefined || door !== 'sign-in' || account.lockedAt !== null) return [failed];
  const failures = countFailure(account, now).length;
  return failures < LOCKOUT_FAILURES ? [failed] : [failed, { type: 'locked', payload: { personId: account.personId, failures } }];
}

/** The state after one entry. Total: a stub, an erased line or an entry of a later version moves only `seq`. */
export function reducePeople(state: PeopleState, one: Entry | Stub): PeopleState {
  if (!('type' in one)) return { ...state, seq: one.seq };
  const spec = Object.hasOwn(ENTRIES, one.type) ? ENTRIES[one.type as EntryType] : undefined;
  const reduce = spec?.reduce as ((slice: PeopleState, payload: unknown, head: Asked) => PeopleState) | undefined;
  return { ...(reduce === undefined ? state : reduce(state, one.payload, { at: one.at, who: one.who })), seq: one.seq };
}

/** Checks a payload against its entry type, before it is appended. */
export function isPeopleEntry(type: string, payload: unknown): boolean {
  return Object.hasOwn(ENTRIES, type) && ENTRIES[type as EntryType].schema.safeParse(payload).success;
}

/** A name or a typed login in the form that logins have: letters and digits of any script, with dots between words. */
export function loginOf(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '.')
    .replace(/^\.+|\.+$/g, '');
  return [...plain].slice(0, 40).join('');
}

function freeLogin(state: PeopleState, from: string): string {
  const wish = loginOf(from) || 'person';
  for (let n = 1; ; n += 1) {
    const login = n === 1 ? wish : `${wish}.${n}`;
    if (!state.logins.includes(login)) return login;
  }
}

/** The account behind what was typed, or undefined. */
export function accountOf(state: PeopleState, typed: string): Account | undefined {
  const login = loginOf(typed);
  return Object.values(state.byId).find((a) => a.login === login);
}

/** True once a guest's time is over. */
export function isExpired({ expiresAt }: Account, now: number): boolean {
  return expiresAt !== null && expiresAt <= now;
}

/** Everybody with the owner's right. */
export function owners(state: PeopleState): readonly Account[] {
  return Object.values(state.byId).filter((a) => a.rights.includes('owner'));
}
