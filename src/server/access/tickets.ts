// One-time tickets: the right to come in once, and what it brings. In memory, with a copy in the vault under their hash.
import { z } from 'zod';
import { idOf, role } from '../../core/incident/topic.ts';
import type { Vault } from '../../ports/store.ts';
import { newId, newToken, tokenHash } from './tokens.ts';

const ticket = z.strictObject({
  /** What may be logged of it. */
  id: idOf,
  kind: z.enum(['owner', 'invitation', 'return']),
  expiresAt: z.number(),
  incidentId: idOf.optional(),
  role: role.optional(),
  /** Whom it brings back; left out: a new person. */
  personId: idOf.optional(),
  /** Who gave it; left out: the box. */
  by: idOf.optional(),
  /** The account it makes ends by itself. */
  guest: z.boolean(),
  /** It is for a first officer: the account may open one incident. */
  opensOne: z.boolean().optional(),
  /** It is for a machine: its id says so, and it gets into exercises only. */
  machine: z.boolean().optional(),
});
/** A one-time right to come in, and what it brings. */
export type Ticket = Readonly<z.infer<typeof ticket>>;

export class Tickets {
  readonly #vault: Vault;
  readonly #byHash = new Map<string, Ticket>();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  async load(): Promise<void> {
    for (const { key, value } of await this.#vault.list('ticket')) {
      const parsed = ticket.safeParse(JSON.parse(value));
      if (parsed.success) this.#byHash.set(key, parsed.data);
      else await this.#vault.delete('ticket', key);
    }
  }

  /** Makes a ticket. The token is told once. */
  async issue(what: Omit<Ticket, 'id'>): Promise<{ token: string; ticket: Ticket }> {
    const token = newToken();
    const made: Ticket = { id: newId('v'), ...what };
    await this.#vault.put('ticket', tokenHash(token), JSON.stringify(made));
    this.#byHash.set(tokenHash(token), made);
    return { token, ticket: made };
  }

  /** Uses a ticket up: of two who come at once, one gets it. Null: none, used, or expired. */
  async use(token: string, at: number): Promise<Ticket | null> {
    const key = tokenHash(token);
    const found = this.#byHash.get(key);
    if (found === undefined) return null;
    this.#byHash.delete(key);
    try {
      await this.#vault.delete('ticket', key);
    } catch (cause) {
      this.#byHash.set(key, found);
      throw cause;
    }
    return found.expiresAt <= at ? null : found;
  }

  /** Takes tickets back. */
  async revoke(which: (ticket: Ticket) => boolean): Promise<void> {
    for (const [key, one] of [...this.#byHash].filter(([, t]) => which(t))) {
      if (this.#byHash.get(key) !== one) continue;
      this.#byHash.delete(key);
      await this.#vault.delete('ticket', key);
    }
  }
}
