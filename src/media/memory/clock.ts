// A clock that tests move by hand.
import type { MediaClock } from '../clock.ts';

/** Both clocks stand still until `advance`. */
export class ManualClock implements MediaClock {
  #monoMs = 1_000;
  #wallMs: number;

  constructor(wallMs = Date.UTC(2026, 0, 5, 8, 0, 0)) {
    this.#wallMs = wallMs;
  }
  monoMs = (): number => this.#monoMs;
  wallMs = (): number => this.#wallMs;
  advance(ms: number): void {
    this.#monoMs += ms;
    this.#wallMs += ms;
  }
}
