// Makes one unbroken RTP stream for a listening slot out of whatever sources feed it in turn. Pure arithmetic, no I/O.
import { FRAME_MS, FRAME_SAMPLES } from './opus.ts';
import type { RtpIn, RtpOut } from './packet.ts';
import { seqAdd, seqDistance, tsAdd, tsDistance } from './sequence.ts';

/** A jump of more packets than this inside one source is a restart of the sender, not loss. */
const RESTART_PACKETS = 500;
/** A jump of more samples than this (10 s) against the clock of the packets is a restart too. */
const RESTART_SAMPLES = 480_000;

interface Stint {
  readonly key: string;
  readonly firstSeq: number;
  readonly seqOffset: number;
  readonly tsOffset: number;
  /** Newest number and time stamp of the source in this stint. */
  topSeq: number;
  topTs: number;
  topPayload: Uint8Array;
}

/** Where the numbers of a slot start; random in life, fixed in tests. */
export interface SlotStart {
  readonly seq: number;
  readonly ts: number;
}

/** One slot's numbering. `key` names a source stream: leg, transport and SSRC together. */
export class SlotRewriter {
  #lastSeq: number;
  #lastTs: number;
  #lastMonoMs = Number.NEGATIVE_INFINITY;
  #sent = 0;
  #stint: Stint | undefined;

  constructor(start: SlotStart) {
    this.#lastSeq = start.seq;
    this.#lastTs = start.ts;
  }

  /** When the slot last sent, by the monotonic clock in ms; minus infinity before the first packet. */
  get lastMonoMs(): number {
    return this.#lastMonoMs;
  }

  /** True while this source stream feeds the slot without a break. */
  isOn(key: string): boolean {
    return this.#stint?.key === key;
  }

  /** The packet renumbered for this slot, or undefined for one that is older than the change to its source. */
  forward(key: string, packet: RtpIn, nowMonoMs: number): RtpOut | undefined {
    const known = this.#stint;
    if (known !== undefined && known.key === key && !restarted(known, packet)) return this.#inside(known, packet, nowMonoMs);
    const seq = seqAdd(this.#lastSeq, 1);
    const ts = this.#nextTs(nowMonoMs);
    this.#stint = {
      key,
      firstSeq: packet.seq,
      seqOffset: seq - packet.seq,
      tsOffset: ts - packet.ts,
      topSeq: packet.seq,
      topTs: packet.ts,
      topPayload: packet.payload,
    };
    return this.#take({ seq, ts, marker: true, payload: packet.payload }, nowMonoMs);
  }

  /** One packet of silence on the slot's own clock. The next source packet starts a new stint. */
  silence(payload: Uint8Array, nowMonoMs: number): RtpOut {
    this.#stint = undefined;
    return this.#take({ seq: seqAdd(this.#lastSeq, 1), ts: this.#nextTs(nowMonoMs), marker: false, payload }, nowMonoMs);
  }

  #inside(stint: Stint, packet: RtpIn, nowMonoMs: number): RtpOut | undefined {
    if (seqDistance(stint.firstSeq, packet.seq) < 0) return undefined;
    const out = { seq: seqAdd(packet.seq, stint.seqOffset), ts: tsAdd(packet.ts, stint.tsOffset), marker: false, payload: packet.payload };
    if (seqDistance(stint.topSeq, packet.seq) <= 0) return out; // late: keeps its place, moves nothing
    // Only of the stint itself: a copy must never bring back a voice that was taken out of the slot.
    const isNext = seqDistance(stint.topSeq, packet.seq) === 1;
    const before = isNext ? { before: { payload: stint.topPayload, backSamples: tsDistance(stint.topTs, packet.ts) } } : {};
    stint.topSeq = packet.seq;
    stint.topTs = packet.ts;
    stint.topPayload = packet.payload;
    return this.#take({ ...out, ...before }, nowMonoMs);
  }

  /** Time goes on by the slot's own clock, in whole frames, never backwards. */
  #nextTs(nowMonoMs: number): number {
    if (this.#sent === 0) return this.#lastTs;
    const frames = Math.max(1, Math.round((nowMonoMs - this.#lastMonoMs) / FRAME_MS));
    return tsAdd(this.#lastTs, frames * FRAME_SAMPLES);
  }

  #take(out: RtpOut, nowMonoMs: number): RtpOut {
    this.#lastSeq = out.seq;
    this.#lastTs = out.ts;
    this.#lastMonoMs = nowMonoMs;
    this.#sent += 1;
    return out;
  }
}

function restarted(stint: Stint, packet: RtpIn): boolean {
  const packets = seqDistance(stint.topSeq, packet.seq);
  const samples = tsDistance(stint.topTs, packet.ts);
  return Math.abs(packets) > RESTART_PACKETS || Math.abs(samples) > RESTART_SAMPLES || (packets > 0 && samples <= 0);
}
