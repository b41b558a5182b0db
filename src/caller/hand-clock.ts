// A clock that a test turns by hand. Only tests use it.
import type { Timing } from './timing.ts';

interface Alarm {
  readonly dueMs: number;
  readonly act: () => void;
}

/** Time stands still but for `pass`; the die always shows `luck`. */
export class HandClock implements Timing {
  #nowMs = 0;
  #alarms: Alarm[] = [];
  readonly #luck: number;

  constructor(luck = 0.5) {
    this.#luck = luck;
  }

  now(): number {
    return this.#nowMs;
  }
  dice(): number {
    return this.#luck;
  }
  after(ms: number, act: () => void): () => void {
    const alarm = { dueMs: this.#nowMs + ms, act };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((one) => one !== alarm);
    };
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#alarms.length;
  }

  /** Lets time pass, timers in their order. */
  pass(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (let next = this.#next(endMs); next !== undefined; next = this.#next(endMs)) this.#run(next);
    this.#nowMs = endMs;
  }

  /** The same, and what waits on promises goes on in between. */
  async passAsync(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settle();
    for (let next = this.#next(endMs); next !== undefined; next = this.#next(endMs)) {
      this.#run(next);
      await settle();
    }
    this.#nowMs = endMs;
  }

  /** The whole process stood still: time went on, no timer ran. */
  jump(ms: number): void {
    this.#nowMs += ms;
  }

  #next(endMs: number): Alarm | undefined {
    const [first] = this.#alarms.toSorted((a, b) => a.dueMs - b.dueMs);
    return first !== undefined && first.dueMs <= endMs ? first : undefined;
  }

  #run(alarm: Alarm): void {
    this.#alarms = this.#alarms.filter((one) => one !== alarm);
    this.#nowMs = Math.max(this.#nowMs, alarm.dueMs);
    alarm.act();
  }
}

const settle = () => new Promise<void>((done) => setImmediate(done));
