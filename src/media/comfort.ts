// The sound a far end hears on hold: two soft tones and a long rest, over and over. Made once, never speech, never a voice of the team.
import { Encoder } from '@evan/opus';
import { FRAME_MS, FRAME_SAMPLES, OPUS_RATE } from './rtp/opus.ts';

const LOOP_MS = 4_000;
/** Peak of a tone; soft, about -26 dBFS. */
const PEAK = 0.05;
const TONES = [
  { startMs: 200, lengthMs: 700, hz: 392 },
  { startMs: 900, lengthMs: 900, hz: 330 },
] as const;

/** Sample of the loop at `ms`, -1 to 1. */
function sampleAt(ms: number): number {
  return TONES.reduce((sum, { startMs, lengthMs, hz }) => {
    const phase = (ms - startMs) / lengthMs;
    if (phase < 0 || phase > 1) return sum;
    return sum + PEAK * Math.sin(Math.PI * phase) ** 2 * Math.sin((2 * Math.PI * hz * ms) / 1000);
  }, 0);
}

/** The loop as Opus packets of 20 ms; it begins and ends in silence, so that it can follow itself. */
export function encodeComfort(): Uint8Array[] {
  const encoder = new Encoder({ channels: 1, sample_rate: OPUS_RATE, application: 'audio' });
  encoder.bitrate = 24_000;
  encoder.complexity = 5;
  const frame = (index: number): Uint8Array => {
    const pcm = Int16Array.from({ length: FRAME_SAMPLES }, (_, i) =>
      Math.round(32_767 * sampleAt((((index * FRAME_SAMPLES + i) * 1000) / OPUS_RATE) % LOOP_MS)),
    );
    return Uint8Array.from(encoder.encode(pcm));
  };
  const frames = LOOP_MS / FRAME_MS;
  for (let index = 0; index < 10; index++) frame(index + frames - 10); // settles the encoder in the silence before the loop
  return Array.from({ length: frames }, (_, index) => frame(index));
}
