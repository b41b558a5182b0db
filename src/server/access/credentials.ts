// Proving who one is: password, second factor, recovery code; setting them; what a failure costs. Sessions and people are told, not decided.
import { z } from 'zod';
import { type Refusal, refuse } from '../../core/incident/topic.ts';
import {
  type Account,
  accountOf,
  type Failure,
  LOCKOUT_FAILURES,
  LOCKOUT_WINDOW_MS,
  loginOf,
  type Proof,
  personOf,
  type Where,
} from '../../core/readiness/people.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Vault } from '../../ports/store.ts';
import type { Reauth, SignIn } from '../../protocol/access.ts';
import { BANNED_LIST, PASSWORD_MAX, refusePassword } from './banned.ts';
import type { Passwords } from './passwords.ts';
import type { Asking, People } from './people.ts';
import type { CodeCheck, SecondFactor } from './second-factor.ts';
import type { Session, Sessions } from './sessions.ts';
import { Turns } from './turns.ts';

/** So long after a proof, credentials may be changed without another, ms. */
const FRESH_MS = 10 * 60_000;
/** Key under which nobody's secrets are looked for, so that an unknown name takes the same steps. */
const NOBODY = 'nobody';

const passwordKept = z.strictObject({ hash: z.string() });

/** One answer for every cause: it must not tell which names exist, which part was wrong, or what is locked. */
export const NOT_IN = refuse(
  'T10',
  'Name, password and code do not fit together, or the account is locked.',
  'Check all three. Five failures in 15 minutes lock an account: the owner releases it, or a recovery code in place of the code does.',
);
const NOT_PROVED = refuse('T14', 'That is not right.', 'Try again, or use your code in place of your password. Your call goes on.');
const GUESSED_OUT = refuse(
  'T14',
  'Too many wrong tries in this session.',
  'Use a recovery code, or ask the owner to release you. Your call goes on.',
);
const PROVE_FIRST = refuse(
  'T26',
  'Prove first that it is you: your last proof is too long ago.',
  'Type your password or code, then do this again.',
);
const WRONG_CODE = refuse(
  'T12',
  'The code is not right, or was shown too long ago.',
  'Wait for the next code and type that. Check the clock of the phone.',
);

interface Parts {
  readonly people: People;
  readonly sessions: Sessions;
  readonly secondFactor: SecondFactor;
  readonly passwords: Passwords;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** What a person and his session are known as while he changes his credentials. */
export interface Holder {
  readonly account: Account;
  readonly session: Session;
}

export class Credentials {
  readonly #parts: Parts;
  readonly #turns = new Turns();
  /** Wrong proofs of live sessions: times by session. They lock nothing but further guessing in that session. */
  readonly #guesses = new Map<string, { readonly personId: string; readonly at: readonly number[] }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  #now(): number {
    return this.#parts.clock.now().at;
  }

  /** Signs in. One at a time for a name, so that parallel guesses are counted. @throws StoreFault, GateFull */
  signIn(asks: SignIn, from: Where): Promise<{ cookie: string } | Refusal> {
    return this.#turns.take(`login ${loginOf(asks.login)}`, async () => {
      const account = accountOf(this.#parts.people.state, asks.login);
      // Names that nobody has wait for themselves only: one queue for all of them would tell which names are such.
      if (account === undefined) return this.#signIn(account, asks, from);
      return this.#turns.take(`person ${account.personId}`, () => this.#signIn(account, asks, from));
    });
  }

  async #signIn(account: Account | undefined, asks: SignIn, from: Where): Promise<{ cookie: string } | Refusal> {
    const { people, secondFactor } = this.#parts;
    const key = account?.personId ?? NOBODY;
    const hasPassword = await this.#isPassword(key, asks.password);
    const code = await secondFactor.check(key, asks.code, this.#now());
    // Looked up again: it may have been locked or removed while the hash was made.
    const now = account === undefined ? undefined : personOf(people.state, account.personId);
    const why = whyNot(now, { hasPassword, code, at: this.#now() });
    if (now !== undefined && why === null) return this.#letIn(now, code, from);
    await people.submit({ do: 'fail', personId: now?.personId ?? null, door: 'sign-in', why: why ?? 'unknown-login' }, { by: null, from });
    return NOT_IN;
  }

  async #letIn(account: Account, code: CodeCheck, from: Where): Promise<{ cookie: string } | Refusal> {
    const { people, sessions } = this.#parts;
    const { personId } = account;
    const asking: Asking = { by: personId, from };
    await this.#spend(personId, code, { asking, unlocks: account.lockedAt !== null });
    const { cookie, session } = await sessions.start({ personId, pending: code.is === 'not-set', address: from.address }, this.#now());
    const refused = await people.submit(
      { do: 'note', notes: [{ type: 'signed-in', payload: { personId, session: session.id, by: proofOf(code) } }] },
      asking,
    );
    if (refused === null) return { cookie };
    await sessions.end(session, 'unused');
    return refused;
  }

  async #spend(
    personId: string,
    code: CodeCheck,
    { asking, unlocks }: { readonly asking: Asking; readonly unlocks: boolean },
  ): Promise<void> {
    if (code.is !== 'right') return;
    await code.use();
    if (code.by !== 'recovery-code') return;
    const used = { type: 'recovery-code-used', payload: { personId, left: code.left } } as const;
    const unlocked = { type: 'unlocked', payload: { personId, by: 'recovery-code' } } as const;
    await this.#parts.people.submit({ do: 'note', notes: unlocks ? [used, unlocked] : [used] }, asking);
  }

  async #isPassword(key: string, password: string): Promise<boolean> {
    const text = await this.#parts.vault.get('password', key);
    const hash = text === undefined ? undefined : passwordKept.parse(JSON.parse(text)).hash;
    return this.#parts.passwords.verify(hash, password);
  }

  /** Proves again who sits at a live session. Null: proved. The account's lock does not matter here, and no failure here locks it:
   *  nobody outside may end a call by guessing. @throws StoreFault, GateFull */
  reauth(holder: Holder, asks: Reauth, from: Where): Promise<Refusal | null> {
    return this.#turns.take(`person ${holder.account.personId}`, () => this.#reauth(holder, asks, from));
  }

  async #reauth({ account, session }: Holder, asks: Reauth, from: Where): Promise<Refusal | null> {
    const { people, sessions, secondFactor } = this.#parts;
    const { personId } = account;
    const asking: Asking = { by: personId, from };
    const isBarred = this.#guessesOf(session).length >= LOCKOUT_FAILURES;
    const code: CodeCheck = 'code' in asks ? await secondFactor.check(personId, asks.code, this.#now()) : { is: 'wrong' };
    const byRecovery = code.is === 'right' && code.by === 'recovery-code';
    if (isBarred && !byRecovery) return GUESSED_OUT;
    const isRight = 'code' in asks ? code.is === 'right' : await this.#isPassword(personId, asks.password);
    if (!isRight) {
      this.#guesses.set(session.id, { personId, at: [...this.#guessesOf(session), this.#now()] });
      return (
        (await people.submit({ do: 'fail', personId, door: 'again', why: 'code' in asks ? failureOf(code) : 'password' }, asking)) ??
        NOT_PROVED
      );
    }
    await this.#spend(personId, code, { asking, unlocks: false });
    this.#guesses.delete(session.id);
    await sessions.proved(session, this.#now());
    return people.submit(
      { do: 'note', notes: [{ type: 'signed-in-again', payload: { personId, session: session.id, by: proofOf(code) } }] },
      asking,
    );
  }

  #guessesOf({ id }: Session): readonly number[] {
    const now = this.#now();
    const left = (this.#guesses.get(id)?.at ?? []).filter((t) => now - t < LOCKOUT_WINDOW_MS);
    if (left.length === 0) this.#guesses.delete(id);
    return left;
  }

  /** Forgets the wrong tries of a person's sessions. */
  forgive(personId: string): void {
    for (const [session, guess] of this.#guesses) if (guess.personId === personId) this.#guesses.delete(session);
  }

  /** Sets a password. Null: done. The first one counts as a proof: before it there was none to ask for. @throws StoreFault, GateFull */
  async setPassword({ account, session }: Holder, password: string, from: Where): Promise<Refusal | null> {
    const { people, passwords, vault, sessions } = this.#parts;
    if (this.#mustProve({ account, session })) return PROVE_FIRST;
    const refused =
      password.length > 2 * PASSWORD_MAX
        ? refusePassword('x'.repeat(PASSWORD_MAX + 1), [])
        : refusePassword(password, [account.login, account.name]);
    if (refused !== null) return refused;
    await vault.put('password', account.personId, JSON.stringify({ hash: await passwords.hash(password) }));
    const asking: Asking = { by: account.personId, from };
    const kept = await people.submit(
      { do: 'note', notes: [{ type: 'password-set', payload: { personId: account.personId, list: BANNED_LIST } }] },
      asking,
    );
    if (kept === null && !session.pending) await sessions.proved(session, this.#now());
    return kept;
  }

  /** Shows a new second factor; it counts once confirmed. */
  async startSecondFactor(holder: Holder): Promise<{ secret: string; uri: string } | Refusal> {
    if (this.#mustProve(holder)) return PROVE_FIRST;
    return this.#parts.secondFactor.start(holder.account.personId, holder.account.login, this.#now());
  }

  /** Takes the shown second factor into use and tells new recovery codes, once. */
  confirmSecondFactor({ account, session }: Holder, code: string, from: Where): Promise<readonly string[] | Refusal> {
    const { personId } = account;
    return this.#turns.take(`person ${personId}`, async () => {
      if (this.#mustProve({ account, session })) return PROVE_FIRST;
      if (!(await this.#parts.secondFactor.confirm(personId, code.replace(/\s/g, ''), this.#now()))) return WRONG_CODE;
      const codes = await this.#parts.secondFactor.newRecoveryCodes(personId);
      const notes = [
        { type: 'second-factor-set', payload: { personId } },
        { type: 'recovery-codes-made', payload: { personId, count: codes.length } },
      ] as const;
      const refused = await this.#parts.people.submit({ do: 'note', notes }, { by: personId, from });
      if (refused !== null) return refused;
      await this.#parts.sessions.proved(session, this.#now());
      return codes;
    });
  }

  /** New recovery codes, told once; the old ones stop working. */
  async newRecoveryCodes({ account, session }: Holder, from: Where): Promise<readonly string[] | Refusal> {
    const { personId } = account;
    if (account.secondFactorAt === null) return refuse('T16', 'There is no second factor yet.', 'Set one up; recovery codes come with it.');
    if (this.#mustProve({ account, session })) return PROVE_FIRST;
    const codes = await this.#parts.secondFactor.newRecoveryCodes(personId);
    const refused = await this.#parts.people.submit(
      { do: 'note', notes: [{ type: 'recovery-codes-made', payload: { personId, count: codes.length } }] },
      { by: personId, from },
    );
    return refused ?? codes;
  }

  /** Whoever sits down at an open session must not be able to take the account over. Who came by password alone has just proved it. */
  #mustProve({ account, session }: Holder): boolean {
    const canProve = account.passwordAt !== null || account.secondFactorAt !== null;
    return canProve && this.#now() - session.authAt > FRESH_MS;
  }
}

function failureOf(code: CodeCheck): Failure {
  return code.is === 'used' ? 'code-used-before' : 'code';
}

function proofOf(code: CodeCheck): Proof {
  return code.is !== 'right' ? 'password' : code.by === 'code' ? 'password-and-code' : 'recovery-code';
}

/** Why somebody may not come in, or null. A recovery code opens a locked account; nothing opens an expired one. */
function whyNot(
  account: Account | undefined,
  { hasPassword, code, at }: { readonly hasPassword: boolean; readonly code: CodeCheck; readonly at: number },
): Failure | null {
  if (account === undefined) return 'unknown-login';
  if (account.passwordAt === null) return 'no-password';
  if (account.expiresAt !== null && account.expiresAt <= at) return 'expired';
  if (account.lockedAt !== null && !(code.is === 'right' && code.by === 'recovery-code')) return 'locked';
  if (!hasPassword) return 'password';
  return code.is === 'right' || code.is === 'not-set' ? null : failureOf(code);
}
