// Sessions: which cookie is which person's, until when, and how fresh. In memory, with a copy in the vault. Knows no passwords.
import { z } from 'zod';
import { idOf } from '../../core/incident/topic.ts';
import type { SessionEnd } from '../../core/readiness/people.ts';
import type { Vault } from '../../ports/store.ts';
import { type Asking, THIS_BOX } from './people.ts';
import { newId, newToken, tokenHash } from './tokens.ts';

/** After this long a session must prove itself again, in ms (R5). */
export const REAUTH_MS = 12 * 3600_000;
/** So long without a touch, and the screen is locked, in ms (R5). */
export const IDLE_MS = 30 * 60_000;
/** A session past its time lives on while it is used; so long without use ends it, in ms (R9). */
export const UNUSED_MS = 3600_000;
/** What is kept of activity may be this old on disk, in ms. */
const KEEP_EVERY_MS = 60_000;
const SESSIONS_A_PERSON = 20;

const kept = z.strictObject({
  id: idOf,
  personId: idOf,
  startedAt: z.number(),
  /** When it last proved who sits there. */
  authAt: z.number(),
  /** When a person last did something. */
  activeAt: z.number(),
  /** When anything of it was last seen, a socket's presence too. */
  seenAt: z.number(),
  /** Came by password alone: may do nothing but set a second factor. */
  pending: z.boolean(),
  address: z.string(),
});
/** One session. `id` may be logged and shown; the cookie may not. Times in ms. */
export type Session = Readonly<z.infer<typeof kept>>;

interface Live {
  readonly key: string;
  session: Session;
  savedAt: number;
  sockets: number;
  graceTold: boolean;
}

/** A session that is over. `last`: the person has no other. */
export interface Ended {
  readonly session: Session;
  readonly cause: SessionEnd;
  readonly asking: Asking;
  readonly last: boolean;
}

export class Sessions {
  readonly #vault: Vault;
  readonly #byKey = new Map<string, Live>();
  readonly #listeners = new Set<(ended: Ended) => void>();
  /** Ended, and still on a disk that refused. */
  readonly #toDelete = new Set<string>();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** Reads what was kept. Must be awaited before use. */
  async load(): Promise<void> {
    for (const { key, value } of await this.#vault.list('session')) {
      const parsed = kept.safeParse(JSON.parse(value));
      if (parsed.success) this.#byKey.set(key, { key, session: parsed.data, savedAt: parsed.data.activeAt, sockets: 0, graceTold: false });
      else await this.#vault.delete('session', key);
    }
  }

  /** Starts a session. A person's oldest one ends when he has too many. */
  async start(
    who: { readonly personId: string; readonly pending: boolean; readonly address: string },
    at: number,
  ): Promise<{ cookie: string; session: Session }> {
    const cookie = newToken();
    const session: Session = { id: newId('s'), ...who, startedAt: at, authAt: at, activeAt: at, seenAt: at };
    const live: Live = { key: tokenHash(cookie), session, savedAt: at, sockets: 0, graceTold: false };
    await this.#save(live, at);
    this.#byKey.set(live.key, live);
    const mine = this.of(who.personId).filter((s) => s.id !== session.id && this.#live(s)?.sockets === 0);
    for (const old of mine.slice(0, Math.max(0, mine.length + 1 - SESSIONS_A_PERSON))) await this.end(old, 'unused');
    return { cookie, session };
  }

  /** The session behind a cookie, or undefined. */
  find(cookie: string | undefined): Session | undefined {
    return cookie === undefined || cookie.length > 100 ? undefined : this.#byKey.get(tokenHash(cookie))?.session;
  }

  /** False once it has ended. */
  isOpen(session: Session): boolean {
    return this.#live(session) !== undefined;
  }

  /** A person's sessions, oldest first. */
  of(personId: string): readonly Session[] {
    return this.all()
      .filter((s) => s.personId === personId)
      .sort((a, b) => a.startedAt - b.startedAt);
  }

  all(): readonly Session[] {
    return [...this.#byKey.values()].map((live) => live.session);
  }

  /** Something of it was seen; `active`: a person did something. Written down once a minute at most. */
  seen(session: Session, at: number, active: boolean): void {
    const live = this.#live(session);
    if (live === undefined) return;
    live.session = { ...live.session, seenAt: at, ...(active ? { activeAt: at } : {}) };
    // Lost activity costs one more prompt, so a disk that refuses is no reason to stop anybody.
    if (at - live.savedAt >= KEEP_EVERY_MS) void this.#save(live, at).catch(() => undefined);
  }

  /** It proved who sits there, now. */
  async proved(session: Session, at: number): Promise<void> {
    const live = this.#live(session);
    if (live === undefined) return;
    live.session = { ...live.session, authAt: at, activeAt: at, seenAt: at, pending: false };
    live.graceTold = false;
    await this.#save(live, at);
  }

  /** A socket of this session is open until the returned function is called: the session is in use. `now`: a clock, ms. */
  attach(session: Session, now: () => number): () => void {
    const live = this.#live(session);
    if (live === undefined) return () => undefined;
    live.sockets += 1;
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      live.sockets -= 1;
      this.seen(session, now(), false);
    };
  }

  /** True while a socket of it is open, or it was used within the hour. */
  inUse(session: Session, at: number): boolean {
    return (this.#live(session)?.sockets ?? 0) > 0 || at - session.seenAt < UNUSED_MS;
  }

  /** True once: that a session goes on past its time is told one time each. */
  tellGrace(session: Session): boolean {
    const live = this.#live(session);
    if (live === undefined || live.graceTold) return false;
    live.graceTold = true;
    return true;
  }

  /** Ends a session at once; listeners are called before this returns its promise. Never fails: the vault follows when it can. */
  async end(session: Session, cause: SessionEnd, asking: Asking = { by: null, from: THIS_BOX }): Promise<void> {
    const live = this.#live(session);
    if (live === undefined) return;
    this.#byKey.delete(live.key);
    const ended: Ended = { session: live.session, cause, asking, last: this.of(session.personId).length === 0 };
    for (const listener of [...this.#listeners]) listener(ended);
    this.#toDelete.add(live.key);
    await this.retryDeletes();
  }

  /** Deletes from the vault what could not be deleted before. */
  async retryDeletes(): Promise<void> {
    for (const key of [...this.#toDelete]) {
      try {
        await this.#vault.delete('session', key);
        this.#toDelete.delete(key);
      } catch {
        return;
      }
    }
  }

  /** Calls `listener` in the moment in which a session ends, whatever ends it. Returns how to stop. */
  onEnded(listener: (ended: Ended) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #live({ id }: Session): Live | undefined {
    return [...this.#byKey.values()].find((live) => live.session.id === id);
  }

  async #save(live: Live, at: number): Promise<void> {
    live.savedAt = at;
    await this.#vault.put('session', live.key, JSON.stringify(live.session));
  }
}
