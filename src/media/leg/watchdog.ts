// Decides from the packets alone whether a leg lives: never waits for ICE. Pure state, time is an argument.
import { LEG_AMBER_MS, LEG_LOST_MS } from '../../protocol/limits.ts';
import type { LegState } from '../../protocol/worker.ts';

/** A far end that only listens sends reports and checks every few seconds, not sound; its limits are wider, in milliseconds. */
const LISTEN_ONLY_AMBER_MS = 4_000;
const LISTEN_ONLY_LOST_MS = 8_000;
/** A camera sends pictures when it has them, and none while a page is behind another; its limits are wider too, in milliseconds. */
const CAMERA_AMBER_MS = 2_000;
const CAMERA_LOST_MS = 6_000;
/** A new transport that brings nothing for this long is no path, in milliseconds. */
const CONNECT_LIMIT_MS = 10_000;

export interface LegChange {
  readonly state: LegState;
  readonly cause: string;
}

/** What a far end sends, and so what tells that it lives. */
export type Sends = 'sound' | 'pictures' | 'nothing';

const LIMITS: Readonly<Record<Sends, { amberMs: number; lostMs: number }>> = {
  sound: { amberMs: LEG_AMBER_MS, lostMs: LEG_LOST_MS },
  pictures: { amberMs: CAMERA_AMBER_MS, lostMs: CAMERA_LOST_MS },
  nothing: { amberMs: LISTEN_ONLY_AMBER_MS, lostMs: LISTEN_ONLY_LOST_MS },
};

export class Watchdog {
  #state: LegState = 'connecting';
  #lastMonoMs: number;
  #sends: Sends = 'sound';

  constructor(nowMonoMs: number) {
    this.#lastMonoMs = nowMonoMs;
  }

  get state(): LegState {
    return this.#state;
  }

  /** A transport was negotiated; `sends` is `nothing` for a far end that only listens or looks. A leg that is up stays up. */
  negotiated(sends: Sends, nowMonoMs: number): LegChange | undefined {
    this.#sends = sends;
    if (this.#state !== 'lost' && this.#state !== 'connecting') return undefined;
    this.#lastMonoMs = nowMonoMs;
    return this.#enter('connecting', 'negotiated');
  }

  /** Sound or a picture came. */
  media(nowMonoMs: number): LegChange | undefined {
    this.#lastMonoMs = nowMonoMs;
    return this.#state === 'up' ? undefined : this.#enter('up', this.#sends);
  }

  /** Life without sound; counts only for a far end that sends nothing. */
  alive(nowMonoMs: number): LegChange | undefined {
    if (this.#sends !== 'nothing') return undefined;
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
    const { amberMs, lostMs } = LIMITS[this.#sends];
    if (this.#state === 'connecting' && silentMs >= CONNECT_LIMIT_MS)
      return this.#enter('lost', `nothing within ${CONNECT_LIMIT_MS} ms of the answer`);
    if (this.#state !== 'up' && this.#state !== 'amber') return undefined;
    if (silentMs >= lostMs) return this.#enter('lost', `nothing for ${lostMs} ms`);
    if (silentMs >= amberMs && this.#state === 'up') return this.#enter('amber', `nothing for ${amberMs} ms`);
    return undefined;
  }

  #enter(state: LegState, cause: string): LegChange {
    this.#state = state;
    return { state, cause };
  }
}
