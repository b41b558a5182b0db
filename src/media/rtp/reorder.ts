// Puts the packets of one stream back in order for the recorder: waits at most a short window for a missing one. Never for live sound.
import type { RtpIn } from './packet.ts';
import { seqAdd, seqDistance } from './sequence.ts';

/** Longest wait for a missing packet, in milliseconds. */
export const REORDER_WINDOW_MS = 200;
const MAX_HELD = 64;
/** A jump of more packets than this is a new stream, not a hole. */
const RESTART_PACKETS = 500;

/** What the window lets through. `lost`: packets that are now known to be missing before this one. */
export interface Ordered<P extends RtpIn> {
  readonly packet: P;
  readonly lost: number;
}

/** How long a window waits for a missing packet, and how many it holds meanwhile. */
export interface ReorderLimits {
  readonly windowMs: number;
  readonly maxHeld: number;
}

/** A packet that came when its place had already been written. */
export type OnLate<P extends RtpIn> = (packet: P) => void;

/** A window over one stream. Packets come out in order, each once; `onLate` gets those that came after their place was passed. */
export class ReorderWindow<P extends RtpIn> {
  readonly #onLate: OnLate<P>;
  readonly #limits: ReorderLimits;
  #held: P[] = [];
  #next: number | undefined;

  constructor(onLate: OnLate<P>, limits: ReorderLimits = { windowMs: REORDER_WINDOW_MS, maxHeld: MAX_HELD }) {
    this.#onLate = onLate;
    this.#limits = limits;
  }

  /** Takes a packet and returns those that are in order now. */
  push(packet: P): Ordered<P>[] {
    if (this.#next !== undefined && Math.abs(seqDistance(this.#next, packet.seq)) > RESTART_PACKETS) {
      const rest = this.flush();
      this.#next = undefined;
      return [...rest, ...this.push(packet)];
    }
    if (this.#next === undefined) this.#next = packet.seq;
    if (seqDistance(this.#next, packet.seq) < 0) this.#onLate(packet);
    else this.#insert(packet);
    const out = this.#drain();
    if (this.#held.length > this.#limits.maxHeld) out.push(...this.#skipHole());
    return out;
  }

  /** Gives up on what is missing for longer than the window. */
  tick(nowMonoMs: number): Ordered<P>[] {
    const out: Ordered<P>[] = [];
    while (this.#held[0] !== undefined && nowMonoMs - this.#oldestMonoMs() > this.#limits.windowMs) out.push(...this.#skipHole());
    return out;
  }

  /** Everything that is held, in order. */
  flush(): Ordered<P>[] {
    const out: Ordered<P>[] = [];
    while (this.#held.length > 0) out.push(...this.#skipHole());
    return out;
  }

  #insert(packet: P): void {
    let at = this.#held.length;
    while (at > 0 && seqDistance((this.#held[at - 1] as P).seq, packet.seq) < 0) at -= 1;
    if (at > 0 && (this.#held[at - 1] as P).seq === packet.seq) return; // a second copy
    this.#held.splice(at, 0, packet);
  }

  #drain(): Ordered<P>[] {
    const out: Ordered<P>[] = [];
    while (this.#held[0]?.seq === this.#next) out.push(this.#release(0));
    return out;
  }

  #skipHole(): Ordered<P>[] {
    const first = this.#held[0];
    if (first === undefined || this.#next === undefined) return [];
    return [this.#release(seqDistance(this.#next, first.seq)), ...this.#drain()];
  }

  #release(lost: number): Ordered<P> {
    const packet = this.#held.shift() as P;
    this.#next = seqAdd(packet.seq, 1);
    return { packet, lost };
  }

  #oldestMonoMs(): number {
    return Math.min(...this.#held.map((packet) => packet.arrivalMonoMs));
  }
}
