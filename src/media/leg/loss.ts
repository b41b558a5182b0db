// Counts missing packets of a leg over the last second, from the numbers alone.
import type { RtpIn } from '../rtp/packet.ts';
import { seqDistance } from '../rtp/sequence.ts';

const RESTART_PACKETS = 500;
const WINDOW_MS = 1_000;

export class LossCounter {
  #stream = '';
  #top = 0;
  #events: { monoMs: number; missing: number }[] = [];

  add(stream: string, packet: RtpIn): void {
    const ahead = stream === this.#stream ? seqDistance(this.#top, packet.seq) : 1;
    const late = ahead < 0 && -ahead < RESTART_PACKETS;
    if (late) this.#events.push({ monoMs: packet.arrivalMonoMs, missing: -1 });
    else if (ahead > 1 && ahead < RESTART_PACKETS) this.#events.push({ monoMs: packet.arrivalMonoMs, missing: ahead - 1 });
    if (!late) this.#top = packet.seq;
    this.#stream = stream;
  }

  /** Packets missing in the last second. */
  lost(nowMonoMs: number): number {
    this.#events = this.#events.filter((event) => nowMonoMs - event.monoMs <= WINDOW_MS);
    return Math.max(
      0,
      this.#events.reduce((sum, event) => sum + event.missing, 0),
    );
  }
}
