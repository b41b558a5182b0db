// All rooms of this box: opened, loaded at start, found by id. Gives each its reactions; decides nothing.

import { isOver } from '../core/incident/incident.ts';
import type { Person, Role } from '../core/incident/topic.ts';
import type { Clock } from '../ports/clock.ts';
import type { Media } from '../ports/media.ts';
import type { Store } from '../ports/store.ts';
import type { IncidentLine } from '../protocol/http.ts';
import { newId } from './access/tokens.ts';
import type { Config } from './config.ts';
import { Links } from './links.ts';
import { StreamLog } from './log.ts';
import { Dues } from './reactions/dues.ts';
import { LoudhailerLease } from './reactions/loudhailer.ts';
import { PhoneWatch } from './reactions/phones.ts';
import { Sound } from './reactions/sound.ts';
import { failLateTexts } from './reactions/texts.ts';
import { WaitingRoom } from './reactions/waiting.ts';
import { Room } from './room.ts';
import { Signalling } from './signals.ts';

const STREAMS = 'incident/';

/** A room with all that belongs to it. */
export interface House {
  readonly id: string;
  readonly room: Room;
  readonly sound: Sound;
  readonly signals: Signalling;
  readonly links: Links;
  readonly dues: Dues;
  readonly phones: PhoneWatch;
  readonly loudhailer: LoudhailerLease;
  readonly waiting: WaitingRoom;
  /** Hashes of log lines, by their numbers; undefined where there is no such line. @throws StoreFault */
  readonly lineHash: (seq: number) => Promise<string | undefined>;
}

/** Every incident of this box. */
export class Rooms {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #media: Media;
  readonly #law: Config['law'];
  readonly #houses = new Map<string, House>();

  constructor(parts: { readonly store: Store; readonly clock: Clock; readonly media: Media; readonly config: Pick<Config, 'law'> }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#media = parts.media;
    this.#law = parts.config.law;
  }

  /** Loads every incident of the store and takes up the sound of those that are open. A log that does not verify is left out and named. */
  async loadAll(onCorrupt: (id: string, cause: unknown) => void): Promise<void> {
    for (const stream of await this.#store.streams(STREAMS)) {
      const id = stream.slice(STREAMS.length);
      try {
        await this.adopt(id);
      } catch (cause) {
        onCorrupt(id, cause);
      }
    }
  }

  /** Takes up an incident that was written into the store beside it. */
  async adopt(id: string): Promise<void> {
    if (!this.#houses.has(id)) await this.#take(id);
  }

  async #take(id: string): Promise<House> {
    const log = new StreamLog(`${STREAMS}${id}`, this.#store, this.#clock);
    const room = await Room.load(log, this.#clock);
    const signals = new Signalling(room, this.#clock);
    const sound = new Sound({ id, room, media: this.#media, signals });
    const house: House = {
      id,
      room,
      sound,
      signals,
      links: new Links(room),
      dues: new Dues(room, this.#clock),
      phones: new PhoneWatch(room),
      loudhailer: new LoudhailerLease(room),
      waiting: new WaitingRoom(room),
      lineHash: (seq) => log.hashOf(seq),
    };
    this.#houses.set(id, house);
    failLateTexts(room);
    const { incident } = room.state;
    if (incident.openedAt !== null && !isOver(incident)) await sound.start();
    // Its closing was cut off by the end of a server: nobody is heard any more, so nobody waits for this.
    if (incident.closing !== null && incident.closedAt === null) void sound.finish();
    return house;
  }

  /** Opens a new incident for its opener. */
  async open(opener: Person, asks: { readonly title: string; readonly exercise: boolean }): Promise<House> {
    const id = newId('i');
    const house = await this.#take(id);
    const outcome = await house.room.submit(opener, { type: 'open-incident', incidentId: id, ...asks, ...this.#law });
    if ('rule' in outcome) {
      house.dues.stop();
      house.waiting.stop();
      this.#houses.delete(id);
      throw new Error(`the incident could not be opened: ${outcome.why}`);
    }
    await house.sound.start();
    return house;
  }

  /** The house of an incident in which this person has a role; undefined otherwise, so that nothing tells a stranger that it exists. */
  find(id: string, personId: string): House | undefined {
    const house = this.#houses.get(id);
    return (house?.room.state.people[personId]?.roles.length ?? 0) > 0 ? house : undefined;
  }

  /** Gives an invited person his role, as the invitation said. */
  async admit(id: string, who: { readonly personId: string; readonly name: string; readonly role: Role }): Promise<void> {
    await this.#houses.get(id)?.room.submit({ kind: 'parley' }, { type: 'assign-role', ...who });
  }

  /** The house of an incident, for the box itself. */
  get(id: string): House | undefined {
    return this.#houses.get(id);
  }

  all(): readonly House[] {
    return [...this.#houses.values()];
  }

  /** True while a line of any incident is in a call. */
  haveCalls(): boolean {
    return this.all().some((h) => h.room.state.lines.unsafe > 0);
  }

  /** Incidents in which this person has a role, newest first. */
  listFor(personId: string): readonly IncidentLine[] {
    return this.all()
      .filter((h) => this.find(h.id, personId) !== undefined)
      .map(({ id, room: { state } }) => ({
        id,
        title: state.incident.title,
        exercise: state.incident.exercise,
        openedAt: state.incident.openedAt,
        closedAt: state.incident.closedAt,
      }))
      .sort((a, b) => (b.openedAt ?? 0) - (a.openedAt ?? 0));
  }

  #stopClocks(): void {
    for (const { dues, waiting } of this.all()) {
      dues.stop();
      waiting.stop();
    }
  }

  /** The server goes away; the sound of every open incident goes on. */
  async detach(): Promise<void> {
    this.#stopClocks();
    await Promise.all(this.all().map((h) => h.sound.detach()));
  }

  /** The box is shut down in order: recordings are finished. */
  async shutDown(): Promise<void> {
    this.#stopClocks();
    await Promise.all(this.all().map((h) => h.sound.close()));
  }
}
