// Two ways to keep callers in order: one after another for a key, and only so many at once. Nothing about what they do.
import { type Refusal, refuse } from '../../core/incident/topic.ts';

/** So many may wait for one key. */
const WAITING_FOR_ONE = 20;

/** Runs work of the same key one after another; other keys are not held up. */
export class Turns {
  readonly #tails = new Map<string, { readonly last: Promise<unknown>; readonly waiting: number }>();

  /** @throws GateFull when too many wait for this key. */
  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? { last: Promise.resolve(), waiting: 0 };
    if (before.waiting >= WAITING_FOR_ONE) throw new GateFull('too many wait for one account');
    const mine = before.last.then(work, work);
    this.#tails.set(key, { last: mine.catch(() => undefined), waiting: before.waiting + 1 });
    try {
      return await mine;
    } finally {
      const now = this.#tails.get(key);
      if (now === undefined || now.waiting <= 1) this.#tails.delete(key);
      else this.#tails.set(key, { ...now, waiting: now.waiting - 1 });
    }
  }
}

/** The answer when too much is waiting already. */
export const BUSY: Refusal = refuse(
  'T20',
  'Too many people are signing in at this moment.',
  'Wait a few seconds and try again. Calls go on.',
);

/** Thrown by a gate whose queue is full. */
export class GateFull extends Error {
  override name = 'GateFull';
}

/** Lets `width` pieces of work run at once and `queue` more wait: hashing must not starve the sound or the log. */
export class Gate {
  readonly #width: number;
  readonly #queue: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(width: number, queue: number) {
    this.#width = width;
    this.#queue = queue;
  }

  /** @throws GateFull when the queue is full. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#width) {
      if (this.#waiting.length >= this.#queue) throw new GateFull('too much is waiting');
      await new Promise<void>((go) => this.#waiting.push(go));
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      // A place that falls free goes straight to the next in the queue, so that nobody slips in between.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
