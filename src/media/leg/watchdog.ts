// Decides from the packets alone whether a leg lives: never waits for ICE. Pure state, time is an argument.
import { LEG_AMBER_MS, LEG_LOST_MS } from '../../protocol/limits.ts';
import type { LegState } from '../../protocol/worker.ts';

/** A far end that only listens sends reports and checks every few seconds, not sound; its limits are wider, in milliseconds. */
const LISTEN_ONLY_AMBER_MS = 4_000;
const LISTEN_ONLY_LOST_MS = 8_000;
/** A new transport that brings nothing for this long is no path, in milliseconds. */
const CONNECT_LIMIT_MS = 10_000;

export interface LegChange {
  readonly state: LegState;
  readonly cause: string;
}

export class Watchdog {
  #state: LegState = 'connecting';
  #lastMonoMs: number;
  #sendsSound = true;

  constructor(nowMonoMs: number) {
    this.#lastMonoMs = nowMonoMs;
  }

  get state(): LegState {
    return this.#state;
  }

  /** A transport was negotiated; `sendsSound` is false for a far end that only listens. A leg that is up stays up. */
  negotiated(sendsSound: boolean, nowMonoMs: number): LegChange | undefined {
    this.#sendsSound = sendsSound;
    if (this.#state !== 'lost' && this.#state !== 'connecting') return undefined;
    this.#lastMonoMs = nowMonoMs;
    return this.#enter('connecting', 'negotiated');
  }

  sound(nowMonoMs: number): LegChange | undefined {
    this.#lastMonoMs = nowMonoMs;
    return this.#state === 'up' ? undefined : this.#enter('up', 'sound');
  }

  /** Life without sound; counts only for a far end that has no microphone. */
  alive(nowMonoMs: number): LegChange | undefined {
    if (this.#sendsSound) return undefined;
    this.#lastMonoMs = nowMonoMs;
    return this.#state === 'up' ? undefined : this.#enter('up', 'far end listens');
  }

  /** The last transport of the leg is gone. */
  pathGone(cause: string): LegChange | undefined {
    return this.#state === 'ended' || this.#state === 'lost' ? undefined : this.#enter('lost', cause);
  }

  ended(reason: string): LegChange | undefined {
    return this.#state === 'ended' ? undefined : this.#enter('ended', reason);
  }

  tick(nowMonoMs: number): LegChange | undefined {
    const silentMs = nowMonoMs - this.#lastMonoMs;
    const { amberMs, lostMs } = this.#limits();
    if (this.#state === 'connecting' && silentMs >= CONNECT_LIMIT_MS)
      return this.#enter('lost', `nothing within ${CONNECT_LIMIT_MS} ms of the answer`);
    if (this.#state !== 'up' && this.#state !== 'amber') return undefined;
    if (silentMs >= lostMs) return this.#enter('lost', `nothing for ${lostMs} ms`);
    if (silentMs >= amberMs && this.#state === 'up') return this.#enter('amber', `nothing for ${amberMs} ms`);
    return undefined;
  }

  #limits(): { amberMs: number; lostMs: number } {
    return this.#sendsSound
      ? { amberMs: LEG_AMBER_MS, lostMs: LEG_LOST_MS }
      : { amberMs: LISTEN_ONLY_AMBER_MS, lostMs: LISTEN_ONLY_LOST_MS };
  }

  #enter(state: LegState, cause: string): LegChange {
    this.#state = state;
    return { state, cause };
  }
}
