// Who may come in: one-time tickets, people, sessions. Kept in the vault, never in a log.
import { z } from 'zod';
import { idOf, role } from '../../core/incident/topic.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Vault } from '../../ports/store.ts';
import type { Me } from '../../protocol/http.ts';
import { newId, newToken, tokenHash } from './tokens.ts';

const INVITATION_MS = 72 * 3600_000;
const SESSION_MS = 12 * 3600_000;

const ticket = z.strictObject({
  kind: z.enum(['owner', 'invitation']),
  expiresAt: z.number(),
  incidentId: idOf.optional(),
  role: role.optional(),
});
/** A one-time right to come in, and what it brings. */
export type Ticket = z.infer<typeof ticket>;

const account = z.strictObject({ personId: idOf, name: z.string(), rights: z.array(z.literal('owner')) });
const session = z.strictObject({ personId: idOf, expiresAt: z.number() });

export class Doors {
  readonly #vault: Vault;
  readonly #clock: Clock;

  constructor(vault: Vault, clock: Clock) {
    this.#vault = vault;
    this.#clock = clock;
  }

  /** A ticket for the first owner; null when there is an owner already. An older unused one stops working. */
  async ownerTicket(): Promise<string | null> {
    const people = await this.#vault.list('account');
    if (people.some((p) => account.parse(JSON.parse(p.value)).rights.includes('owner'))) return null;
    for (const old of await this.#vault.list('ticket')) {
      if (ticket.parse(JSON.parse(old.value)).kind === 'owner') await this.#vault.delete('ticket', old.key);
    }
    return (await this.#issue({ kind: 'owner', expiresAt: this.#clock.now().at + INVITATION_MS })).token;
  }

  /** A one-time invitation, with the role it brings in one incident when both are given. */
  invite(brings: Pick<Ticket, 'incidentId' | 'role'>): Promise<{ token: string; expiresAt: number }> {
    return this.#issue({ kind: 'invitation', expiresAt: this.#clock.now().at + INVITATION_MS, ...brings });
  }

  async #issue(what: Ticket): Promise<{ token: string; expiresAt: number }> {
    const token = newToken();
    await this.#vault.put('ticket', tokenHash(token), JSON.stringify(what));
    return { token, expiresAt: what.expiresAt };
  }

  /** Uses a ticket up and makes a person of its bearer (or keeps the one he is). Null: no such ticket, used, or expired. */
  async enter(token: string, name: string, already: Me | null): Promise<{ me: Me; cookie: string; ticket: Ticket } | null> {
    const key = tokenHash(token);
    const found = await this.#vault.get('ticket', key);
    if (found === undefined) return null;
    await this.#vault.delete('ticket', key);
    const used = ticket.parse(JSON.parse(found));
    if (used.expiresAt < this.#clock.now().at) return null;
    const rights: Me['rights'] = used.kind === 'owner' || already?.rights.includes('owner') ? ['owner'] : [];
    const me: Me = { personId: already?.personId ?? newId('p'), name: already?.name ?? name, rights };
    await this.#vault.put('account', me.personId, JSON.stringify(me));
    return { me, cookie: await this.#startSession(me.personId), ticket: used };
  }

  async #startSession(personId: string): Promise<string> {
    const cookie = newToken();
    await this.#vault.put('session', tokenHash(cookie), JSON.stringify({ personId, expiresAt: this.#clock.now().at + SESSION_MS }));
    return cookie;
  }

  /** The person behind a session cookie, or null. */
  async whoIs(cookie: string | undefined): Promise<Me | null> {
    if (cookie === undefined || cookie.length > 100) return null;
    const found = await this.#vault.get('session', tokenHash(cookie));
    if (found === undefined) return null;
    const { personId, expiresAt } = session.parse(JSON.parse(found));
    if (expiresAt < this.#clock.now().at) return null;
    const person = await this.#vault.get('account', personId);
    return person === undefined ? null : account.parse(JSON.parse(person));
  }
}
