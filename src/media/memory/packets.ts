// Packets and tones for tests of the worker.
import { Encoder } from '@evan/opus';
import { FRAME_SAMPLES } from '../rtp/opus.ts';
import type { RtpIn } from '../rtp/packet.ts';

/** A packet; what is not given is small and harmless. */
export function packetOf(given: Partial<RtpIn> = {}): RtpIn {
  return { seq: 1, ts: 960, ssrc: 7, payload: Uint8Array.of(0xf8, 0xff, 0xfe), arrivalMonoMs: 1_000, arrivalWallMs: 0, ...given };
}

/** A tone as Opus packets of 20 ms. `peak`: 0 to 1. */
export function tonePackets(hz: number, frames: number, peak = 0.3): Uint8Array[] {
  const encoder = new Encoder({ channels: 1, sample_rate: 48_000, application: 'voip' });
  encoder.bitrate = 24_000;
  return Array.from({ length: frames }, (_, frame) => {
    const pcm = Int16Array.from({ length: FRAME_SAMPLES }, (_unused, i) =>
      Math.round(32_767 * peak * Math.sin((2 * Math.PI * hz * (frame * FRAME_SAMPLES + i)) / 48_000)),
    );
    return Uint8Array.from(encoder.encode(pcm));
  });
}
