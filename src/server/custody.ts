// The custody streams of closed incidents: their only writer. One stream an incident, each with its own chain; the incident's log is never touched.
import assert from 'node:assert';
import { type CustodyDraft, isCustody } from '../core/evidence/custody.ts';
import type { Entry, Person } from '../core/incident/topic.ts';
import type { Clock } from '../ports/clock.ts';
import { type Store, StoreFault } from '../ports/store.ts';
import { StreamLog } from './log.ts';

const STREAMS = 'custody/';

/** One incident's stream as far as it was read. */
class CustodyStream {
  readonly #log: StreamLog;
  readonly #clock: Clock;
  readonly #entries: Entry[] = [];

  constructor(log: StreamLog, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** @throws StoreFault */
  load(): Promise<void> {
    return this.#log.load(({ entry }) => this.#entries.push(entry));
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** @throws StoreFault */
  async add(who: Person, draft: CustodyDraft): Promise<void> {
    const logged = await this.#log.append([{ draft, who, cmd: undefined }], this.#clock.now().at);
    this.#entries.push(...logged.map(({ entry }) => entry));
  }
}

/** What was done with closed incidents, for all incidents of a box. */
export class Custody {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #streams = new Map<string, CustodyStream>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Puts a fact on record; true when it is on disk. What cannot be recorded must not be done. @throws StoreFault `corrupt` */
  add(incidentId: string, who: Person, draft: CustodyDraft): Promise<boolean> {
    assert(isCustody(draft), `${draft.type} is not well formed`);
    return this.#inTurn(async () => {
      const stream = await this.#stream(incidentId);
      try {
        await stream.add(who, draft);
        return true;
      } catch (cause) {
        // What is on the disk now is read anew before the next one.
        this.#streams.delete(incidentId);
        if (cause instanceof StoreFault && cause.code !== 'corrupt') return false;
        throw cause;
      }
    });
  }

  /** All that is on record of an incident's custody, oldest first. @throws StoreFault */
  read(incidentId: string): Promise<readonly Entry[]> {
    return this.#inTurn(async () => [...(await this.#stream(incidentId)).entries]);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #stream(incidentId: string): Promise<CustodyStream> {
    const known = this.#streams.get(incidentId);
    if (known !== undefined) return known;
    const stream = new CustodyStream(new StreamLog(`${STREAMS}${incidentId}`, this.#store, this.#clock), this.#clock);
    await stream.load();
    this.#streams.set(incidentId, stream);
    return stream;
  }
}
