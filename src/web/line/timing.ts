// Time and chance for the pages, as things that can be handed in. No DOM.

/** A clock that counts up, in ms, and timers on it. */
export interface Timing {
  /** Monotonic, ms. */
  now(): number;
  /** Runs `act` once after `ms`; the result calls it off. */
  after(ms: number, act: () => void): () => void;
  /** Evenly spread over 0 (included) to 1 (not included). */
  dice(): number;
}

/** The browser's own. */
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

/** How long to wait before try number `tries` (0 first), ms: between 300 and 3000, spread so that many pages do not come at once.
 *  Short at first: after a gap in the network every tenth of a second is silence in somebody's ear. */
export function pauseMs(tries: number, dice: () => number): number {
  const top = Math.min(3_000, 700 * 1.25 ** Math.min(tries, 20));
  return 300 + dice() * (top - 300);
}
