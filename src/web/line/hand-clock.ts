// For tests: a clock that stands until it is told to go on.
import type { Timing } from './timing.ts';

export interface HandClock extends Timing {
  /** Goes on by `ms`, running what is due on the way, in order. */
  pass(ms: number): void;
}

export function makeHandClock(): HandClock {
  let now = 0;
  let timers: { at: number; act: () => void }[] = [];
  return {
    now: () => now,
    dice: () => 0.5,
    after: (ms, act) => {
      const timer = { at: now + ms, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    pass: (ms) => {
      const end = now + ms;
      for (;;) {
        const due = timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers = timers.filter((one) => one !== due);
        now = Math.max(now, due.at);
        due.act();
      }
      now = end;
    },
  };
}

/** Lets everything that waits for promises, and not for the clock, run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
