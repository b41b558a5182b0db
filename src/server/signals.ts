// What is true of this moment and never logged: presence, levels, link health. Sent whole, five times a second.
import { legOfPerson } from '../core/incident/legs.ts';
import type { Clock } from '../ports/clock.ts';
import type { LegSignal, Signals } from '../protocol/team.ts';
import type { Room } from './room.ts';

const EVERY_MS = 200;
const NO_SOUND: LegSignal = { state: 'connecting', db: -100, lost: 0, recording: false };

type Far = Signals['far'][string];
type Present = { readonly personId: string; muted: boolean };

/** The moment of one incident: gathered from all sides, sent to every console. */
export class Signalling {
  readonly #room: Room;
  readonly #clock: Clock;
  readonly #listeners = new Set<(text: string) => void>();
  readonly #present = new Map<object, Present>();
  #legs: Record<string, LegSignal> = {};
  #far: Record<string, Far> = {};
  #timer: NodeJS.Timeout | null = null;
  edges: Signals['edges'] = [];
  worker: Signals['worker'] = 'none';

  constructor(room: Room, clock: Clock) {
    this.#room = room;
    this.#clock = clock;
  }

  /** Merges what is newly known of a leg. An ended leg is forgotten. */
  leg(name: string, news: Partial<LegSignal>): void {
    if (news.state === 'ended') delete this.#legs[name];
    else this.#legs[name] = { ...(this.#legs[name] ?? NO_SOUND), ...news };
  }

  clearLegs(): void {
    this.#legs = {};
  }

  /** What a far end tells of itself; null when its socket is gone. */
  far(lineId: string, news: Far | null): void {
    if (news === null) delete this.#far[lineId];
    else this.#far[lineId] = news;
  }

  /** A console comes; `key` stands for its socket. */
  arrive(key: object, personId: string): void {
    this.#present.set(key, { personId, muted: false });
  }

  /** A console goes. True when it was the person's last. */
  leave(key: object): boolean {
    const gone = this.#present.get(key);
    this.#present.delete(key);
    return gone !== undefined && ![...this.#present.values()].some((p) => p.personId === gone.personId);
  }

  mute(key: object, on: boolean): void {
    const present = this.#present.get(key);
    if (present !== undefined) present.muted = on;
  }

  /** The moment for a third party: himself, and whom he hears while he has the floor. Nothing of the team (V30). */
  nowFor(personId: string): Signals {
    const leg = legOfPerson(personId);
    const { legs, present, edges, ...rest } = this.now();
    return {
      ...rest,
      legs: legs[leg] === undefined ? {} : { [leg]: legs[leg] },
      present: present.filter((one) => one.personId === personId),
      far: {},
      unlogged: [],
      edges: edges.filter((edge) => edge.to === leg || (edge.from === leg && edge.to.startsWith('line.'))),
    };
  }

  /** Sends the moment as JSON text to `listener` until the returned function is called. No listener, no timer. */
  listen(listener: (text: string) => void): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.#tick(), EVERY_MS).unref();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0 || this.#timer === null) return;
      clearInterval(this.#timer);
      this.#timer = null;
    };
  }

  now(): Signals {
    return {
      at: this.#clock.now().at,
      legs: this.#legs,
      present: [...this.#present.values()],
      far: this.#far,
      edges: this.edges,
      worker: this.worker,
      logWritable: this.#room.writable,
      unlogged: this.#room.unlogged,
    };
  }

  #tick(): void {
    const text = JSON.stringify({ t: 'signals', signals: this.now() });
    for (const listener of this.#listeners) listener(text);
  }
}
