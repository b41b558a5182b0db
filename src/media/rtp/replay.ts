// Lets each packet number of a stream through once: the window of RFC 3711 section 3.3.2, kept here because not every engine keeps it.
import { seqDistance } from './sequence.ts';

const WINDOW = 64n;
const MASK = (1n << WINDOW) - 1n;
/** A jump of more packets than this starts a new window (the sender began again). */
const RESTART_PACKETS = 500;

/** A window of 64 packets over one stream (one SSRC of one transport). */
export class ReplayFilter {
  #top: number | undefined;
  #seen = 0n;

  /** True when this number is new; false for a copy, or for one that is too old to tell. */
  accept(seq: number): boolean {
    const ahead = this.#top === undefined ? Number.POSITIVE_INFINITY : seqDistance(this.#top, seq);
    if (Math.abs(ahead) > RESTART_PACKETS) {
      this.#top = seq;
      this.#seen = 1n;
      return true;
    }
    if (ahead > 0) {
      this.#seen = ((this.#seen << BigInt(ahead)) | 1n) & MASK;
      this.#top = seq;
      return true;
    }
    const bit = 1n << BigInt(-ahead);
    if (BigInt(-ahead) >= WINDOW || (this.#seen & bit) !== 0n) return false;
    this.#seen |= bit;
    return true;
  }
}
