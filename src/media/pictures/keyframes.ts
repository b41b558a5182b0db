// Limits how often a camera is asked for a key picture: each costs as much as seconds of ordinary ones. Pure state, time is an argument.

/** Least time between two asks, in milliseconds. */
export const KEYFRAME_EVERY_MS = 500;

/** The asks to one camera. */
export class KeyframeAsks {
  #lastMonoMs = Number.NEGATIVE_INFINITY;
  #wanted = false;

  /** Somebody needs a key picture. True when to ask for it now; otherwise it is asked for when the time has come. */
  want(nowMonoMs: number): boolean {
    this.#wanted = true;
    return this.due(nowMonoMs);
  }

  /** True when a wanted key picture is to be asked for now. */
  due(nowMonoMs: number): boolean {
    if (!this.#wanted || nowMonoMs - this.#lastMonoMs < KEYFRAME_EVERY_MS) return false;
    this.#lastMonoMs = nowMonoMs;
    this.#wanted = false;
    return true;
  }

  /** A key picture came: what was wanted is there. */
  came(): void {
    this.#wanted = false;
  }
}
