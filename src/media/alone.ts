// Tells when a worker that nobody needs any more should end. Pure state, time is an argument.

/** With no server attached and no leg alive for this long, the worker ends in order, in milliseconds. */
export const ALONE_LIMIT_MS = 10 * 60_000;

export class AloneWatch {
  #neededMonoMs: number;

  constructor(nowMonoMs: number) {
    this.#neededMonoMs = nowMonoMs;
  }

  /** Call with each tick. True when the worker was of no use for the whole limit. */
  isOver(isNeeded: boolean, nowMonoMs: number): boolean {
    if (isNeeded) this.#neededMonoMs = nowMonoMs;
    return nowMonoMs - this.#neededMonoMs > ALONE_LIMIT_MS;
  }
}
