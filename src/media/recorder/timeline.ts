// Where a packet belongs in a recording, so that file time is real time: by RTP time inside a stream, by wall clock between streams. Pure.
import { OPUS_RATE } from '../rtp/opus.ts';
import type { RtpIn } from '../rtp/packet.ts';
import { tsDistance } from '../rtp/sequence.ts';

/** When RTP time and arrival disagree by more than this about a hole, arrival is believed, in samples (2 s). */
const TRUST_SAMPLES = 96_000;
const SAMPLES_A_MS = OPUS_RATE / 1000;

interface Placed {
  readonly stream: string;
  readonly ts: number;
  readonly samples: number;
  readonly arrivalMonoMs: number;
}

/** A hole before a packet, in samples at 48 kHz, and which clock measured it. */
export interface Hole {
  readonly samples: number;
  readonly by: 'rtp' | 'wall';
}

export class Timeline {
  #last: Placed | undefined;

  /** The hole before this packet, which is taken as placed. `samples`: the packet's own length. */
  place(stream: string, packet: RtpIn, samples: number): Hole {
    const hole = this.#holeBefore(stream, packet);
    this.#last = { stream, ts: packet.ts, samples, arrivalMonoMs: packet.arrivalMonoMs };
    return hole;
  }

  /** Samples since the end of what was placed, by the monotonic clock; 0 before the first packet. */
  samplesSince(nowMonoMs: number): number {
    const last = this.#last;
    return last === undefined ? 0 : Math.max(0, Math.round((nowMonoMs - last.arrivalMonoMs) * SAMPLES_A_MS) - last.samples);
  }

  #holeBefore(stream: string, packet: RtpIn): Hole {
    const last = this.#last;
    if (last === undefined) return { samples: 0, by: 'rtp' };
    const byWall = this.samplesSince(packet.arrivalMonoMs);
    if (last.stream !== stream) return { samples: byWall, by: 'wall' };
    const byRtp = tsDistance(last.ts, packet.ts) - last.samples;
    if (Math.abs(byRtp - byWall) > TRUST_SAMPLES) return { samples: byWall, by: 'wall' };
    return { samples: Math.max(0, byRtp), by: 'rtp' };
  }
}
