// The room of one incident: the only writer of its log. Decides, appends, reduces, fans out. Touches nothing else in the world.
import assert from 'node:assert';
import { randomBytes } from 'node:crypto';
import { asEntry, LATE, type UnloggedEntry } from '../core/incident/late.ts';
import { decide, EMPTY, isWellFormed, mayGoUnlogged, reduce, sees } from '../core/incident/log.ts';
import { type Actor, type Draft, isRefusal, type Refusal, type Role, refuse, type Viewer } from '../core/incident/topic.ts';
import type { IncidentState } from '../core/incident/topics.ts';
import type { Clock } from '../ports/clock.ts';
import { StoreFault } from '../ports/store.ts';
import { type Logged, type StreamLog, type Wanted, whoText } from './log.ts';

/** What a command came to: the seq of its last entry (or of the head, when nothing had to change); or that it took effect and is
 *  not in the log yet; or why not. */
export type Outcome = { readonly seq: number } | { readonly unlogged: true } | Refusal;

/** One console's view of the log. `send` gets the JSON text of entries and stubs, in order. */
export interface Watcher {
  readonly personId: string;
  readonly send: (entries: readonly string[]) => void;
  /** The person's roles changed: what he held is void; everything he may see follows. */
  readonly reset: (roles: readonly Role[]) => void;
}

/** What a console brings when it comes back: the seq of its last entry, and the roles with which it saw them all. */
export interface Holds {
  readonly after: number;
  readonly roles: readonly Role[];
}

/** Called after entries are durable and the state has moved; with no entries, when something took effect unlogged. */
export type OnCommit = (state: IncidentState, entries: readonly Logged[]) => void;

interface Asked {
  readonly who: Actor;
  readonly id: string | undefined;
  readonly raw: unknown;
  readonly settle: (outcome: Outcome) => void;
}

interface Kept {
  readonly logged: Logged;
  readonly full: string;
  readonly stub: string;
}

interface Batch {
  readonly at: number;
  readonly wanted: readonly Wanted[];
  readonly outcomes: readonly { readonly asked: Asked; readonly outcome: Outcome; readonly writes: boolean }[];
}

const NOT_WRITABLE = refuse(
  'E9',
  'The log cannot be written now. Nothing was changed.',
  'Free space on the disk or look at the health page; then try again.',
);

/** One incident's log and state. Everything that is ever known of the incident went through `submit`. */
export class Room {
  readonly #log: StreamLog;
  readonly #clock: Clock;
  readonly #kept: Kept[] = [];
  readonly #done = new Map<string, number>();
  readonly #watchers = new Map<Watcher, readonly Role[]>();
  readonly #listeners = new Set<OnCommit>();
  #queue: Asked[] = [];
  #draining: Promise<void> | null = null;
  /** By the log alone. */
  #state: IncidentState = EMPTY;
  /** What took effect and waits for the log, oldest first; and the state with it. */
  #unlogged: readonly UnloggedEntry[] = [];
  #lived: IncidentState = EMPTY;
  #writable = true;

  private constructor(log: StreamLog, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** Loads a room from its log. @throws StoreFault */
  static async load(log: StreamLog, clock: Clock): Promise<Room> {
    const room = new Room(log, clock);
    await log.load((logged) => room.#keep(logged));
    return room;
  }

  /** The state of the world: by the log, and by what took effect while it could not be written. `seq` is the log's. */
  get state(): IncidentState {
    return this.#lived;
  }

  /** What took effect and is not in the log yet, oldest first. */
  get unlogged(): readonly UnloggedEntry[] {
    return this.#unlogged;
  }

  /** Number of the last line of the log. */
  get seq(): number {
    return this.#kept.length;
  }

  /** Lines with seq > `after`, in order, at most `limit`. For the box itself: who may see them is not asked. */
  logged(after: number, limit: number): readonly Logged[] {
    return this.#kept.slice(Math.max(0, after), Math.max(0, after) + limit).map((kept) => kept.logged);
  }

  /** Tries to enter what waits for the log. Resolved when it was tried. */
  async enterUnlogged(): Promise<void> {
    if (this.#unlogged.length === 0) return;
    this.#draining ??= this.#drain(true);
    await this.#draining;
  }

  /** False after a write failed, until one succeeds. */
  get writable(): boolean {
    return this.#writable;
  }

  /** Reactions and doors register here; called in order, after the senders were answered. Returns how to stop. */
  listen(listener: OnCommit): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks for a command. Never throws for what came over the wire.
   *  @param id makes it idempotent for this actor: the same id again is answered from the log and not done twice. */
  submit(who: Actor, raw: unknown, id?: string): Promise<Outcome> {
    return new Promise((settle) => {
      this.#queue.push({ who, id, raw, settle });
      this.#draining ??= this.#drain();
    });
  }

  /** Sends what `watcher` lacks, then everything as it comes. Returns how to stop. Who has no role gets stubs only.
   *  What he holds is void when it was seen with other roles than he has now, or is of a longer log than this one. */
  watch(watcher: Watcher, holds: Holds): () => void {
    const viewer = this.#viewer(watcher.personId);
    this.#watchers.set(watcher, viewer.roles);
    const valid = holds.after <= this.#kept.length && (holds.after === 0 || sameRoles(holds.roles, viewer.roles));
    if (!valid) watcher.reset(viewer.roles);
    this.#sendRange(watcher, viewer, valid ? holds.after : 0);
    return () => this.#watchers.delete(watcher);
  }

  #viewer(personId: string): Viewer {
    return { personId, roles: this.#state.people[personId]?.roles ?? [] };
  }

  #sendRange(watcher: Watcher, viewer: Viewer, after: number): void {
    const texts = this.#kept.slice(after).map((kept) => view(viewer, kept));
    if (texts.length > 0) watcher.send(texts);
  }

  async #drain(even = false): Promise<void> {
    if (even && this.#queue.length === 0) await this.#commit({ at: this.#clock.now().at, wanted: this.#late(), outcomes: [] });
    // All that waits is decided at once and written in one commit: order of arrival, each on the state the one before left.
    while (this.#queue.length > 0) {
      const asked = this.#queue;
      this.#queue = [];
      await this.#commit(this.#decideAll(asked));
    }
    this.#draining = null;
  }

  #decideAll(all: readonly Asked[]): Batch {
    const { at } = this.#clock.now();
    const batch = { at, wanted: [...this.#late()], outcomes: [] as Batch['outcomes'][number][] };
    const inBatch = new Map(batch.wanted.map(({ who, cmd }, i) => [keyOf({ who, id: cmd }) ?? '', this.#state.seq + i + 1]));
    let state = { ...this.#lived, seq: this.#state.seq + batch.wanted.length };
    for (const asked of all) {
      const key = keyOf(asked);
      const before = key === undefined ? undefined : (this.#done.get(key) ?? inBatch.get(key));
      if (before !== undefined) {
        batch.outcomes.push({ asked, outcome: { seq: before }, writes: before > this.#state.seq });
        continue;
      }
      const step = decideOne(state, asked, at);
      if ('rule' in step) {
        batch.outcomes.push({ asked, outcome: step, writes: false });
        continue;
      }
      batch.wanted.push(...step.drafts.map((draft) => ({ draft, who: asked.who, cmd: asked.id })));
      state = step.after;
      if (key !== undefined && step.drafts.length > 0) inBatch.set(key, state.seq);
      batch.outcomes.push({ asked, outcome: { seq: state.seq }, writes: step.drafts.length > 0 });
    }
    return batch;
  }

  async #commit({ at, wanted, outcomes }: Batch): Promise<void> {
    const from = this.#kept.length;
    const { logged, failed } = wanted.length === 0 ? { logged: [], failed: false } : await this.#write(wanted, at);
    for (const one of logged) this.#keep(one);
    const before = this.#unlogged.length;
    for (const { asked, outcome, writes } of outcomes) asked.settle(failed && writes ? this.#live(asked, at) : outcome);
    if (logged.length > 0) this.#fanOut(from);
    if (logged.length === 0 && this.#unlogged.length === before) return;
    for (const listener of [...this.#listeners]) told(() => listener(this.#lived, logged));
  }

  /** What waits, as entries to write before all others: the state they left is what all others were decided on. */
  #late(): readonly Wanted[] {
    return this.#unlogged.map((one) => ({ draft: { type: LATE, payload: one }, who: { kind: 'parley' }, cmd: one.id }));
  }

  /** The log refuses: what closes, a take-over and the same leg coming back take effect all the same (E20); nothing else does. */
  #live(asked: Asked, at: number): Outcome {
    if (!mayGoUnlogged(this.#lived, asked.raw)) return NOT_WRITABLE;
    const step = decideOne(this.#lived, asked, at);
    if ('rule' in step) return step;
    const fresh = step.drafts.map(({ type: what, payload }) => ({ id: lateId(), at, who: asked.who, what, payload }));
    this.#unlogged = [...this.#unlogged, ...fresh];
    this.#relive();
    return { unlogged: true };
  }

  #relive(): void {
    const { seq } = this.#state;
    this.#lived = this.#unlogged.reduce((state, one) => reduce(state, asEntry(one, seq)), this.#state);
  }

  /** Writes a batch. A write that was given up may still have reached the disk: then the next one conflicts, and what is there is taken up. */
  async #write(wanted: readonly Wanted[], at: number): Promise<{ logged: readonly Logged[]; failed: boolean }> {
    try {
      const logged = await this.#log.append(wanted, at);
      this.#writable = true;
      return { logged, failed: false };
    } catch (cause) {
      this.#writable = false;
      const found: Logged[] = [];
      if (cause instanceof StoreFault && cause.code === 'conflict') await this.#log.load((one) => found.push(one)).catch(() => undefined);
      return { logged: found, failed: true };
    }
  }

  #keep(logged: Logged): void {
    const { entry, leafHash, cmd } = logged;
    this.#kept.push({ logged, full: JSON.stringify(entry), stub: JSON.stringify({ seq: entry.seq, leafHash }) });
    this.#state = reduce(this.#state, entry);
    if (entry.type === LATE) {
      const { id } = entry.payload as UnloggedEntry;
      this.#unlogged = this.#unlogged.filter((one) => one.id !== id);
    }
    this.#relive();
    const key = keyOf({ who: entry.who, id: cmd });
    if (key !== undefined) this.#done.set(key, entry.seq);
  }

  #fanOut(from: number): void {
    const fresh = this.#kept.slice(from);
    for (const [watcher, roles] of this.#watchers) {
      const viewer = this.#viewer(watcher.personId);
      if (sameRoles(roles, viewer.roles)) {
        told(() => watcher.send(fresh.map((kept) => view(viewer, kept))));
        continue;
      }
      this.#watchers.set(watcher, viewer.roles);
      told(() => watcher.reset(viewer.roles));
      told(() => this.#sendRange(watcher, viewer, 0));
    }
  }
}

function lateId(): string {
  return `late-${randomBytes(16).toString('hex')}`;
}

function view(viewer: Viewer, { logged, full, stub }: Kept): string {
  return sees(viewer, logged.entry) ? full : stub;
}

function keyOf({ who, id }: { readonly who: Actor; readonly id: string | undefined }): string | undefined {
  return id === undefined ? undefined : `${id} ${whoText(who)}`;
}

function sameRoles(a: readonly Role[], b: readonly Role[]): boolean {
  return a.length === b.length && a.every((r) => b.includes(r));
}

/** What one command comes to, and the state that it leaves. */
type Step = { readonly drafts: readonly Draft[]; readonly after: IncidentState } | Refusal;

/** A bug in one topic refuses one command, whether it is in deciding or in what follows; it must not stop the room. */
function decideOne(state: IncidentState, asked: Asked, at: number): Step {
  try {
    const drafts = decide(state, asked.raw, { at, who: asked.who });
    if (isRefusal(drafts)) return drafts;
    let after = state;
    for (const { type, payload } of drafts) {
      assert(isWellFormed(type, payload), `${type} is not well formed`);
      after = reduce(after, { seq: after.seq + 1, at, who: asked.who, type, payload });
    }
    return { drafts, after };
  } catch (cause) {
    process.emitWarning(`a decision failed: ${cause instanceof Error ? cause.stack : String(cause)}`);
    return refuse(
      'E8',
      'Parley made a mistake with this command. Nothing was changed.',
      'Try another way, and tell whoever looks after Parley.',
    );
  }
}

/** A mistake of one who is told must not keep the others from being told, nor stop the room. */
function told(tell: () => void): void {
  try {
    tell();
  } catch (cause) {
    process.emitWarning(`a listener failed: ${cause instanceof Error ? cause.stack : String(cause)}`);
  }
}
