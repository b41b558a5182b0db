// The worker's two clocks as one value that tests can replace. No timers here.

/** Monotonic time orders and measures; wall time only labels. Both in milliseconds, with fractions where the system has them. */
export interface MediaClock {
  monoMs(): number;
  wallMs(): number;
}

/** The clocks of this process. */
export const systemClock: MediaClock = {
  monoMs: () => performance.now(),
  wallMs: () => Date.now(),
};
