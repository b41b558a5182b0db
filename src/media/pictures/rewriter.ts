// Makes one unbroken RTP stream of pictures for a viewing slot out of whatever cameras feed it in turn. Pure arithmetic, no I/O.
import { seqAdd, seqDistance, tsAdd } from '../rtp/sequence.ts';
import { opensKeyframe } from './codec.ts';
import { RESTART_PACKETS } from './gaps.ts';
import { type PictureIn, type PictureOut, TICKS_A_MS } from './packet.ts';

interface Stint {
  readonly stream: string;
  readonly firstSeq: number;
  readonly seqOffset: number;
  readonly tsOffset: number;
  topSeq: number;
}

/** One slot's numbering. A camera comes in with a key picture only: what comes before it is not for this slot. */
export class PictureRewriter {
  #lastSeq: number;
  #lastTs: number;
  #lastMonoMs: number | undefined;
  #stint: Stint | undefined;

  constructor(start: { readonly seq: number; readonly ts: number }) {
    this.#lastSeq = start.seq;
    this.#lastTs = start.ts;
  }

  /** True while nothing of this stream can be shown before its next key picture. */
  isWaiting(stream: string): boolean {
    return this.#stint?.stream !== stream;
  }

  /** The next packet begins anew, with a key picture. */
  stop(): void {
    this.#stint = undefined;
  }

  /** The packet renumbered for this slot; undefined while it waits for a key picture, and for what is older than that picture. */
  forward(stream: string, packet: PictureIn, nowMonoMs: number): PictureOut | undefined {
    const known = this.#stint;
    const jumped = known !== undefined && Math.abs(seqDistance(known.topSeq, packet.seq)) > RESTART_PACKETS;
    if (known === undefined || known.stream !== stream || jumped) return this.#begin(stream, packet, nowMonoMs);
    if (seqDistance(known.firstSeq, packet.seq) < 0) return undefined;
    const out = this.#numbered(known, packet);
    if (seqDistance(known.topSeq, packet.seq) > 0) {
      known.topSeq = packet.seq;
      this.#passed(out, nowMonoMs);
    }
    return out;
  }

  #begin(stream: string, packet: PictureIn, nowMonoMs: number): PictureOut | undefined {
    this.#stint = undefined;
    if (!opensKeyframe(packet.codec, packet.payload)) return undefined;
    const elapsedMs = this.#lastMonoMs === undefined ? 0 : nowMonoMs - this.#lastMonoMs;
    const seq = seqAdd(this.#lastSeq, 1);
    const ts = tsAdd(this.#lastTs, Math.max(1, Math.round(elapsedMs * TICKS_A_MS)));
    this.#stint = { stream, firstSeq: packet.seq, seqOffset: seq - packet.seq, tsOffset: ts - packet.ts, topSeq: packet.seq };
    const out = this.#numbered(this.#stint, packet);
    this.#passed(out, nowMonoMs);
    return out;
  }

  #numbered(stint: Stint, packet: PictureIn): PictureOut {
    const { marker, payload, codec } = packet;
    return { seq: seqAdd(packet.seq, stint.seqOffset), ts: tsAdd(packet.ts, stint.tsOffset), marker, payload, codec };
  }

  #passed(out: PictureOut, nowMonoMs: number): void {
    this.#lastSeq = out.seq;
    this.#lastTs = out.ts;
    this.#lastMonoMs = nowMonoMs;
  }
}
