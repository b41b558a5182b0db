// Time and chance as things that can be handed in, so that waits can be tested. Nothing of calls or sound.

/** A clock that counts up, in ms, and timers on it. */
export interface Timing {
  /** Monotonic, ms. */
  now(): number;
  /** Runs `act` once after `ms`; the result calls it off. */
  after(ms: number, act: () => void): () => void;
  /** Evenly spread over 0 (included) to 1 (not included). */
  dice(): number;
}

/** The clock of this process. */
export const realTiming: Timing = {
  now: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  dice: () => Math.random(),
};

/** Runs `act` every `ms` until the result is called. */
export function every(timing: Timing, ms: number, act: () => void): () => void {
  let stop: () => void = () => {};
  const again = () => {
    stop = timing.after(ms, () => {
      again();
      act();
    });
  };
  again();
  return () => stop();
}

/** Pause before try number `tries` (0 first): 300 to 3000 ms, growing, spread so that many callers do not come at once. */
export function pauseMs(tries: number, dice: () => number): number {
  const top = Math.min(3_000, 700 * 1.25 ** Math.min(tries, 20));
  return 300 + dice() * (top - 300);
}
