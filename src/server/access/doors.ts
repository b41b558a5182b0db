// Who may come in: ties together people (a log), sessions, tickets and secrets (the vault). Credentials are proved in credentials.ts.
import { MACHINE_PREFIX } from '../../core/incident/people.ts';
import type { Refusal } from '../../core/incident/topic.ts';
import { refuse } from '../../core/incident/topic.ts';
import { type Account, GUEST_MS, isExpired, owners, personOf, type Right, type Where } from '../../core/readiness/people.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store, Vault } from '../../ports/store.ts';
import type { MeNow, PersonLine } from '../../protocol/access.ts';
import type { Me } from '../../protocol/http.ts';
import { Credentials } from './credentials.ts';
import { ARGON2ID, type Hasher, Passwords } from './passwords.ts';
import { type Asking, People, THIS_BOX } from './people.ts';
import { SecondFactor } from './second-factor.ts';
import { type Ended, IDLE_MS, REAUTH_MS, type Session, Sessions } from './sessions.ts';
import { type Ticket, Tickets } from './tickets.ts';
import { newId } from './tokens.ts';

/** A session that did not prove itself for so long opens no new socket; open ones stay, ms. */
const GRACE_MS = 12 * 3600_000;
/** A relative who is let in for one talk must not open incidents, each with a sound worker of its own. */
export const NO_GUEST = refuse('T60', 'A guest opens nothing here.', 'Ask an owner to open it, or to keep your account.');

const NO_TICKET = refuse(
  'T3',
  'This link was used already, or has expired.',
  'Ask for a new one. The owner finds a new link where Parley was started.',
);

/** Somebody known: the person, the session, and what it may do now. */
export interface Standing {
  readonly me: Me;
  readonly account: Account;
  readonly session: Session;
  readonly standing: MeNow['standing'];
}

/** What an invitation brings. */
export type Brings = Pick<Ticket, 'incidentId' | 'role' | 'machine' | 'opensOne'> & { readonly guest: boolean };

export interface DoorParts {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  /** Left out: argon2id. */
  readonly hasher?: Hasher;
}

/** The doors of this box. */
export class Doors {
  readonly #clock: Clock;
  readonly #vault: Vault;
  readonly #tickets: Tickets;
  readonly #secondFactor: SecondFactor;
  /** Guests whose one incident is being opened: of two presses one counts. */
  readonly #opening = new Set<string>();
  readonly people: People;
  readonly sessions: Sessions;
  readonly credentials: Credentials;

  private constructor(people: People, { vault, clock, hasher }: DoorParts) {
    this.#clock = clock;
    this.#vault = vault;
    this.#tickets = new Tickets(vault);
    this.#secondFactor = new SecondFactor(vault);
    this.people = people;
    this.sessions = new Sessions(vault);
    this.credentials = new Credentials({
      people,
      sessions: this.sessions,
      secondFactor: this.#secondFactor,
      vault,
      clock,
      passwords: new Passwords(hasher ?? ARGON2ID),
    });
    this.sessions.onEnded((ended) => this.#record(ended));
  }

  /** Reads people, sessions and tickets. @throws StoreFault */
  static async open(parts: DoorParts): Promise<Doors> {
    const doors = new Doors(await People.load(parts.store, parts.clock), parts);
    await doors.sessions.load();
    await doors.#tickets.load();
    return doors;
  }

  #now(): number {
    return this.#clock.now().at;
  }

  /** A ticket for the owner as long as none has a password (or always, when `anyway`): it makes the first owner, or brings him
   *  back who has lost his session. Null otherwise. An older unused one stops working. */
  async ownerTicket(anyway = false): Promise<string | null> {
    const all = owners(this.people.state);
    if (!anyway && all.some((one) => one.passwordAt !== null)) return null;
    await this.#tickets.revoke((t) => t.kind === 'owner');
    const [owner] = all;
    const made = await this.#issue(
      { kind: 'owner', guest: false, ...(owner === undefined ? {} : { personId: owner.personId }) },
      { by: null, from: THIS_BOX },
    );
    return 'rule' in made ? null : made.token;
  }

  /** A one-time invitation, with the role it brings in one incident when both are given. */
  invite(brings: Brings, asking: Asking): Promise<{ token: string; expiresAt: number } | Refusal> {
    return this.#issue({ kind: 'invitation', ...brings }, asking);
  }

  /** A one-time link that brings a person back who forgot his password or lost his second factor. */
  async linkBack(personId: string, asking: Asking): Promise<{ token: string; expiresAt: number } | Refusal> {
    await this.#tickets.revoke((t) => t.kind === 'return' && t.personId === personId);
    return this.#issue({ kind: 'return', guest: false, personId }, asking);
  }

  async #issue(what: Omit<Ticket, 'id' | 'expiresAt'>, asking: Asking): Promise<{ token: string; expiresAt: number } | Refusal> {
    const giver = asking.by === null ? {} : { by: asking.by };
    const { token, ticket } = await this.#tickets.issue({ ...what, ...giver, expiresAt: this.#now() + GUEST_MS });
    const { id: invitation, kind, guest, expiresAt } = ticket;
    const payload = {
      invitation,
      kind,
      guest,
      expiresAt,
      personId: ticket.personId ?? null,
      incidentId: ticket.incidentId ?? null,
      role: ticket.role ?? null,
      ...(ticket.opensOne === true ? { opensOne: true } : {}),
    };
    const refused = await this.people.submit({ do: 'note', notes: [{ type: 'invitation-made', payload }] }, asking);
    if (refused === null) return { token, expiresAt };
    await this.#tickets.revoke((t) => t.id === invitation).catch(() => undefined);
    return refused;
  }

  /** Uses a ticket up and makes a person of its bearer (or keeps the one he is). @throws StoreFault */
  async enter(
    asks: { readonly token: string; readonly name: string; readonly from: Where },
    already: Standing | null,
  ): Promise<{ me: Me; cookie: string | null; ticket: Ticket } | Refusal> {
    const ticket = await this.#tickets.use(asks.token, this.#now());
    const known = already?.standing === 'pending' ? null : already;
    const personId = ticket?.personId ?? known?.account.personId ?? newId(ticket?.machine === true ? MACHINE_PREFIX : 'p');
    const asking = { by: personId, from: asks.from };
    const isGone = ticket?.personId !== undefined && this.#account(ticket.personId) === undefined;
    if (ticket === null || isGone) {
      await this.people.submit({ do: 'fail', personId: null, door: 'enter', why: 'ticket' }, { by: null, from: asks.from });
      return NO_TICKET;
    }
    const refused =
      (await this.#admit({ personId, name: asks.name, ticket }, asking)) ??
      (await this.people.submit(
        { do: 'note', notes: [{ type: 'invitation-used', payload: { invitation: ticket.id, personId } }] },
        asking,
      ));
    if (refused !== null) return refused;
    // Who is signed in already as this person stays in the session he has: a ticket is no proof of who holds it now.
    const cookie = known?.account.personId === personId ? null : await this.#startByTicket(personId, asking);
    return { me: this.#me(personId), cookie, ticket };
  }

  async #admit(
    { personId, name, ticket }: { readonly personId: string; readonly name: string; readonly ticket: Ticket },
    asking: Asking,
  ): Promise<Refusal | null> {
    const rights: readonly Right[] = ticket.kind === 'owner' ? ['owner'] : ticket.opensOne === true ? ['open-one'] : [];
    if (this.#account(personId) === undefined) {
      return this.people.submit(
        {
          do: 'add',
          personId,
          name,
          kind: ticket.guest ? 'guest' : 'staff',
          rights,
          expiresAt: ticket.guest ? this.#now() + GUEST_MS : null,
        },
        asking,
      );
    }
    const [right] = rights;
    return right === undefined ? null : this.people.submit({ do: 'give-right', personId, right }, asking);
  }

  async #startByTicket(personId: string, { from }: Asking): Promise<string> {
    const { cookie, session } = await this.sessions.start({ personId, pending: false, address: from.address }, this.#now());
    await this.people.submit(
      { do: 'note', notes: [{ type: 'signed-in', payload: { personId, session: session.id, by: 'ticket' } }] },
      { by: personId, from },
    );
    return cookie;
  }

  #account(personId: string): Account | undefined {
    return personOf(this.people.state, personId);
  }

  #me(personId: string): Me {
    const account = this.#account(personId);
    return { personId, name: account?.name ?? '', rights: account?.rights ?? [] };
  }

  /** Who is behind a session cookie, and what the session may do now; null for nobody. Counts as seen; `active`: a person did something. */
  standing(cookie: string | undefined, active = false): Standing | null {
    const session = this.sessions.find(cookie);
    const account = session === undefined ? undefined : this.#account(session.personId);
    const at = this.#now();
    if (session === undefined || account === undefined || this.#isOver(session, account, at)) return null;
    const standing = session.pending ? 'pending' : at >= dueAt(session, account) ? 'locked' : 'full';
    this.sessions.seen(session, at, active && standing === 'full');
    return { me: this.#me(account.personId), account, session, standing };
  }

  /** Who may open a socket with this cookie, or null. A locked session may: a locked screen must not cost the call. */
  forSocket(cookie: string | undefined): Standing | null {
    const found = this.standing(cookie);
    const isStale = found !== null && this.#now() >= found.session.authAt + REAUTH_MS + GRACE_MS;
    return found === null || found.standing === 'pending' || isStale ? null : found;
  }

  /** A socket of this session is open until the returned function is called. `onEnd` is called when the session ends before that. */
  socketOpened(session: Session, onEnd: () => void): () => void {
    const release = this.sessions.attach(session, () => this.#now());
    const stop = this.sessions.onEnded((ended) => {
      if (ended.session.id === session.id) onEnd();
    });
    return () => {
      stop();
      release();
    };
  }

  /** Somebody did something on a socket of this session. A locked one stays locked. */
  active(session: Session): void {
    const now = this.sessions.of(session.personId).find((s) => s.id === session.id);
    const account = this.#account(session.personId);
    if (now !== undefined && account !== undefined) this.sessions.seen(now, this.#now(), this.#now() < dueAt(now, account));
  }

  /** All that a page needs to know of its person. */
  async meNow({ account, session, standing }: Standing): Promise<MeNow> {
    const { personId, login, kind, expiresAt } = account;
    const needs = [
      ...(account.passwordAt === null ? ['password' as const] : []),
      ...(account.secondFactorAt === null ? ['second-factor' as const] : []),
    ];
    const times = { reauthDueAt: dueAt(session, account), proofDueAt: session.authAt + REAUTH_MS };
    return {
      ...this.#me(personId),
      login,
      kind,
      expiresAt,
      standing,
      needs,
      ...times,
      recoveryCodesLeft: await this.#secondFactor.recoveryCodesLeft(personId),
    };
  }

  /** True for an account that ends by itself. */
  isGuest(personId: string): boolean {
    return this.#account(personId)?.kind === 'guest';
  }

  /** Uses up the right of a guest to open one incident. Null: it is used, on record, and by this call alone; else why not. */
  async takeOpenOne(personId: string, asking: Asking): Promise<Refusal | null> {
    if (this.#opening.has(personId) || !(this.#account(personId)?.rights.includes('open-one') ?? false)) return NO_GUEST;
    this.#opening.add(personId);
    try {
      return await this.people.submit({ do: 'take-right', personId, right: 'open-one' }, asking);
    } finally {
      this.#opening.delete(personId);
    }
  }

  /** The incident could not be opened after all. */
  giveOpenOne(personId: string, asking: Asking): Promise<Refusal | null> {
    return this.people.submit({ do: 'give-right', personId, right: 'open-one' }, asking);
  }

  /** Everybody with an account, by name. */
  list(): readonly PersonLine[] {
    const line = (a: Account): PersonLine => ({
      personId: a.personId,
      login: a.login,
      name: a.name,
      kind: a.kind,
      rights: a.rights,
      expiresAt: a.expiresAt,
      lockedAt: a.lockedAt,
      lastSignInAt: a.lastSignInAt,
      hasPassword: a.passwordAt !== null,
      hasSecondFactor: a.secondFactorAt !== null,
      sessions: this.sessions.of(a.personId).map(({ id, address, startedAt, seenAt }) => ({ id, address, startedAt, seenAt })),
    });
    return Object.values(this.people.state.byId)
      .map(line)
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Ends all sessions of a person, at once. `but`: the id of one that stays. */
  async endAll(
    personId: string,
    { cause, asking, but }: { readonly cause: Ended['cause']; readonly asking: Asking; readonly but?: string },
  ): Promise<void> {
    const all = this.sessions.of(personId).filter((s) => s.id !== but);
    await Promise.all(all.map((session) => this.sessions.end(session, cause, asking)));
  }

  /** Takes a person's account away with all that opens a door for him. */
  async remove(personId: string, why: string, asking: Asking): Promise<Refusal | null> {
    const refused = await this.people.submit({ do: 'remove', personId, why }, asking);
    if (refused !== null) return refused;
    await this.endAll(personId, { cause: 'account-removed', asking });
    // Also what he gave: nobody comes in any more by the word of who was shut out.
    await this.#tickets.revoke((t) => t.personId === personId || t.by === personId);
    await this.#vault.delete('password', personId);
    await this.#secondFactor.forget(personId);
    return null;
  }

  /** Releases a locked account, and sessions that guessed too often. */
  async unlock(personId: string, asking: Asking): Promise<Refusal | null> {
    this.credentials.forgive(personId);
    return this.people.submit({ do: 'unlock', personId }, asking);
  }

  /** Calls `listener` in the moment in which a session ends. Returns how to stop. */
  onSessionEnded(listener: (ended: { readonly personId: string; readonly session: string; readonly last: boolean }) => void): () => void {
    return this.sessions.onEnded(({ session, last }) => listener({ personId: session.personId, session: session.id, last }));
  }

  /** Housekeeping, every few seconds: ends what is over, records what goes on past its time. */
  async sweep(): Promise<void> {
    const at = this.#now();
    for (const session of this.sessions.all()) {
      const account = this.#account(session.personId);
      if (account === undefined) await this.sessions.end(session, 'account-removed');
      else if (isExpired(account, at)) await this.sessions.end(session, 'account-expired');
      else if (this.#isOver(session, account, at)) await this.sessions.end(session, 'unused');
      else if (at >= session.authAt + REAUTH_MS && this.sessions.tellGrace(session)) await this.#note('grace-used', session);
    }
    await this.sessions.retryDeletes();
    await this.#tickets.revoke((t) => t.expiresAt <= at);
  }

  #isOver(session: Session, account: Account, at: number): boolean {
    return isExpired(account, at) || (at >= session.authAt + REAUTH_MS && !this.sessions.inUse(session, at));
  }

  #note(type: 'grace-used', { personId, id }: Session): Promise<Refusal | null> {
    return this.people.submit({ do: 'note', notes: [{ type, payload: { personId, session: id } }] }, { by: null, from: THIS_BOX });
  }

  #record({ session, cause, asking }: Ended): void {
    const payload = { personId: session.personId, session: session.id, cause, lastedMs: Math.max(0, this.#now() - session.startedAt) };
    // A full disk must not keep anybody in: the end stands even when it cannot be written.
    this.people
      .submit({ do: 'note', notes: [{ type: 'session-ended', payload }] }, asking)
      .catch((fault: unknown) => process.emitWarning(`the end of a session is not on record: ${String(fault)}`));
  }
}

/** When a session is locked. Who has nothing to prove himself with yet is not asked for being idle. */
function dueAt(session: Session, account: Account): number {
  const proof = session.authAt + REAUTH_MS;
  const canProve = account.passwordAt !== null || account.secondFactorAt !== null;
  return canProve ? Math.min(proof, session.activeAt + IDLE_MS) : proof;
}
