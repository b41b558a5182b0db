// Reaction: a loudhailer stays open only as long as the console that opened it says, again and again, that its key is held.
import { phoneOf } from '../../core/incident/phones.ts';
import { EDGE_LEASE_MS } from '../../protocol/limits.ts';
import type { Room } from '../room.ts';

/** The leases of one incident's loudhailers. */
export class LoudhailerLease {
  readonly #room: Room;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(room: Room) {
    this.#room = room;
    room.listen(() => this.#follow());
    this.#follow();
  }

  /** This person's console says that the key is still held. Of anybody else it means nothing. */
  holding(personId: string, lineId: string): void {
    if (this.#holder(lineId) === personId) this.#start(lineId);
  }

  /** The person's last console went away. */
  left(personId: string): void {
    for (const lineId of [...this.#timers.keys()]) if (this.#holder(lineId) === personId) this.#close(lineId, 'the console went away');
  }

  #holder(lineId: string): string | undefined {
    return phoneOf(this.#room.state.phones, lineId).loudhailer?.by;
  }

  #follow(): void {
    for (const lineId of Object.keys(this.#room.state.phones)) {
      const isOpen = this.#holder(lineId) !== undefined;
      if (isOpen && !this.#timers.has(lineId)) this.#start(lineId);
      else if (!isOpen) this.#stop(lineId);
    }
  }

  #start(lineId: string): void {
    this.#stop(lineId);
    const over = () => this.#close(lineId, 'its console fell silent');
    this.#timers.set(lineId, setTimeout(over, EDGE_LEASE_MS).unref());
  }

  #stop(lineId: string): void {
    clearTimeout(this.#timers.get(lineId));
    this.#timers.delete(lineId);
  }

  #close(lineId: string, cause: string): void {
    // Begun anew first: when the log refuses this time, it is asked again.
    this.#start(lineId);
    void this.#room.submit({ kind: 'parley' }, { type: 'close-loudhailer-of', lineId, cause });
  }
}
