// The codec as the caller uses it: silence, a tone to send, packets to samples. Knows frames of 20 ms only.
import { Decoder, Encoder } from '@evan/opus';

/** Length of each packet sent, in ms. */
export const FRAME_MS = 20;
/** Samples at 48 kHz in it: the step of its time stamp. */
export const FRAME_SAMPLES = 960;
/** Samples a second of what is heard. */
export const EAR_HZ = 16_000;
/** 20 ms of silence, as the codec itself says it. Sent whenever nothing is said: the line never falls silent on the wire. */
export const SILENCE = Uint8Array.of(0xf8, 0xff, 0xfe);

const RATE_HZ = 48_000;
/** Peak of a tone: -12 dBFS. */
const PEAK = 0.25 * 32_767;

/** Packets of a steady tone without end. @param hz 50 to 7000 */
export function* tonePackets(hz: number): Generator<Uint8Array, never> {
  const encoder = new Encoder({ channels: 1, sample_rate: RATE_HZ, application: 'audio' });
  encoder.bitrate = 32_000;
  encoder.complexity = 5;
  const pcm = new Int16Array(FRAME_SAMPLES);
  for (let sample = 0; ; ) {
    // The phase is counted in whole turns, so that it stays exact for days.
    for (let i = 0; i < FRAME_SAMPLES; i++, sample = (sample + 1) % RATE_HZ)
      pcm[i] = Math.round(PEAK * Math.sin((2 * Math.PI * ((hz * sample) % RATE_HZ)) / RATE_HZ));
    yield Uint8Array.from(encoder.encode(pcm));
  }
}

/** Turns one far end's packets into samples. One for each stream: it remembers what came before. */
export class EarDecoder {
  readonly #decoder = new Decoder({ channels: 1, sample_rate: EAR_HZ });

  /** 16 kHz mono samples, a copy; undefined when it is no packet of Opus. */
  decode(packet: Uint8Array): Int16Array | undefined {
    try {
      const bytes = this.#decoder.decode(packet);
      return Int16Array.from(new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1));
    } catch {
      return undefined;
    }
  }
}
