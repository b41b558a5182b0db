// Missing packets of one camera's stream: which to ask for again, when to give one up. Pure state, time is an argument.
import { seqAdd, seqDistance } from '../rtp/sequence.ts';

/** A packet may be this late by itself before it is asked for, in milliseconds. */
const FIRST_ASK_MS = 10;
/** Between two asks for the same packet, in milliseconds: more than the way there and back on a mobile network, mostly. */
const ASK_AGAIN_MS = 60;
/** A packet that is missing for this long is given up, in milliseconds. The recorder waits a little longer than this. */
export const GIVE_UP_MS = 450;
/** More missing packets than this are not worth asking for: a new key picture is cheaper. */
const MAX_MISSING = 200;
/** A jump of more packets than this is a sender that began again. */
export const RESTART_PACKETS = 2_000;

interface Missing {
  readonly sinceMonoMs: number;
  askMonoMs: number;
}

/** Gaps of one stream (one SSRC of one transport). */
export class Gaps {
  readonly #missing = new Map<number, Missing>();
  #top: number | undefined;
  #final = false;

  /** Takes the number of a packet. False for a copy, or for one that nobody waits for any more. */
  accept(seq: number, nowMonoMs: number): boolean {
    const ahead = this.#top === undefined ? 1 : seqDistance(this.#top, seq);
    if (this.#top === undefined || Math.abs(ahead) > RESTART_PACKETS) {
      this.#missing.clear();
      this.#final = this.#top !== undefined;
      this.#top = seq;
      return true;
    }
    if (ahead > 0) {
      this.#notice(ahead, nowMonoMs);
      this.#top = seq;
      return true;
    }
    return this.#missing.delete(seq);
  }

  /** Numbers to ask for now. */
  ask(nowMonoMs: number): number[] {
    const due: number[] = [];
    for (const [seq, entry] of this.#missing) {
      if (nowMonoMs - entry.sinceMonoMs >= GIVE_UP_MS) {
        this.#missing.delete(seq);
        this.#final = true;
      } else if (nowMonoMs >= entry.askMonoMs) {
        entry.askMonoMs = nowMonoMs + ASK_AGAIN_MS;
        due.push(seq);
      }
    }
    return due;
  }

  /** True once after a packet was given up: pictures are broken until the next key picture. */
  takeFinal(): boolean {
    const final = this.#final;
    this.#final = false;
    return final;
  }

  #notice(ahead: number, nowMonoMs: number): void {
    if (ahead - 1 + this.#missing.size > MAX_MISSING) {
      this.#missing.clear();
      this.#final = true;
      return;
    }
    for (let step = 1; step < ahead; step++) {
      this.#missing.set(seqAdd(this.#top as number, step), { sinceMonoMs: nowMonoMs, askMonoMs: nowMonoMs + FIRST_ASK_MS });
    }
  }
}
