// The people stream of this box: its only writer. Decides, appends, then moves its state. Secrets and sessions live elsewhere.
import assert from 'node:assert';
import { type Actor, isRefusal, type Refusal, refuse } from '../../core/incident/topic.ts';
import {
  decidePeople,
  isPeopleEntry,
  NO_PEOPLE,
  type PeopleCommand,
  type PeopleState,
  reducePeople,
  type Where,
} from '../../core/readiness/people.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Store, StoreFault } from '../../ports/store.ts';
import { StreamLog } from '../log.ts';

/** What the box itself did, and not somebody at a browser. */
export const THIS_BOX: Where = { address: 'this box', agent: 'parley' };

/** Nobody comes in unrecorded: what cannot be written is not done. */
export const NOT_WRITABLE = refuse(
  'E9',
  'The record of people cannot be written now. Nothing was changed.',
  'Free space on the disk or look at the health page; then try again. Who is signed in stays so.',
);

/** Who asks, and from where. `by`: null for the box and for people not yet known. */
export interface Asking {
  readonly by: string | null;
  readonly from: Where;
}

export class People {
  readonly #log: StreamLog;
  readonly #clock: Clock;
  #state: PeopleState = NO_PEOPLE;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(log: StreamLog, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** Reads and verifies the stream. @throws StoreFault */
  static async load(store: Store, clock: Clock): Promise<People> {
    const people = new People(new StreamLog('people', store, clock), clock);
    await people.#log.load(({ entry }) => {
      people.#state = reducePeople(people.#state, entry);
    });
    return people;
  }

  get state(): PeopleState {
    return this.#state;
  }

  /** One command after another. Null: done and on disk (or nothing had to change); else why not. */
  submit(command: PeopleCommand, asking: Asking): Promise<Refusal | null> {
    const done = this.#last.then(() => this.#one(command, asking));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #one(command: PeopleCommand, { by, from }: Asking): Promise<Refusal | null> {
    const { at } = this.#clock.now();
    const decision = decidePeople(this.#state, command, { at, from });
    if (isRefusal(decision)) return decision;
    for (const { type, payload } of decision) assert(isPeopleEntry(type, payload), `${type} is not well formed`);
    try {
      const logged = await this.#log.append(
        decision.map((draft) => ({ draft, who: authorOf(by), cmd: undefined })),
        at,
      );
      for (const { entry } of logged) this.#state = reducePeople(this.#state, entry);
      return null;
    } catch (cause) {
      if (cause instanceof StoreFault) return NOT_WRITABLE;
      throw cause;
    }
  }
}

/** Without a name: a line of the log is never erased, so a name may stand in payloads only. */
function authorOf(by: string | null): Actor {
  return by === null ? { kind: 'parley' } : { kind: 'person', personId: by, name: '' };
}
