// When a picture was, so that file time is real time: by RTP time inside a stream, by wall clock between streams. Pure.
import { TICKS_A_MS } from '../../pictures/packet.ts';
import { tsDistance } from '../../rtp/sequence.ts';

/** When RTP time and arrival disagree by more than this, arrival is believed, in milliseconds. */
const TRUST_MS = 2_000;

/** What is needed of a picture to place it. */
export interface Timed {
  readonly ts: number;
  readonly arrivalMonoMs: number;
}

export class PictureClock {
  #last: (Timed & { readonly stream: string; readonly atMs: number }) | undefined;

  /** Milliseconds since the first picture that was placed; grows with each. */
  place(stream: string, { ts, arrivalMonoMs }: Timed): number {
    const last = this.#last;
    const atMs = last === undefined ? 0 : Math.max(last.atMs + 1, last.atMs + stepOf(last, stream, { ts, arrivalMonoMs }));
    this.#last = { stream, ts, arrivalMonoMs, atMs };
    return atMs;
  }
}

function stepOf(last: Timed & { stream: string }, stream: string, next: Timed): number {
  const byWall = next.arrivalMonoMs - last.arrivalMonoMs;
  if (last.stream !== stream) return byWall;
  const byRtp = tsDistance(last.ts, next.ts) / TICKS_A_MS;
  return Math.abs(byRtp - byWall) > TRUST_MS ? byWall : byRtp;
}
