// What can be read from an Opus packet without decoding it (RFC 6716 section 3), and packets of pure silence.

/** Samples a second of every Opus time stamp. */
export const OPUS_RATE = 48_000;
/** Samples in 20 ms. */
export const FRAME_SAMPLES = 960;
/** Length of a usual frame, in milliseconds. */
export const FRAME_MS = 20;
const MAX_PACKET_SAMPLES = 5_760;

const SILK_FRAME = [480, 960, 1_920, 2_880];
const HYBRID_FRAME = [480, 960];
const CELT_FRAME = [120, 240, 480, 960];

/** Samples at 48 kHz of one frame, by the configuration number in the first byte. */
function frameSamples(config: number): number {
  if (config < 12) return SILK_FRAME[config & 3] as number;
  if (config < 16) return HYBRID_FRAME[config & 1] as number;
  return CELT_FRAME[config & 3] as number;
}

/** Length of an Opus packet in samples at 48 kHz; undefined when it is not a valid packet (empty, or longer than 120 ms). */
export function packetSamples(payload: Uint8Array): number | undefined {
  const toc = payload[0];
  if (toc === undefined) return undefined;
  const code = toc & 3;
  const frames = code === 0 ? 1 : code < 3 ? 2 : (payload[1] ?? 0) & 63;
  const samples = frames * frameSamples(toc >> 3);
  return samples > 0 && samples <= MAX_PACKET_SAMPLES ? samples : undefined;
}

const silence = (toc: number): Uint8Array => Uint8Array.of(toc, 0xff, 0xfe);

/** 20 ms of silence: full band, mono, the codec's own silence flag. */
export const SILENCE_20_MS: Uint8Array = silence(0xf8);

const SILENCE_BY_SAMPLES: readonly (readonly [number, Uint8Array])[] = [
  [960, SILENCE_20_MS],
  [480, silence(0xf0)],
  [240, silence(0xe8)],
  [120, silence(0xe0)],
];

/** Packets of silence that fill `samples`, to the next lower 2.5 ms. */
export function* silenceFor(samples: number): Generator<{ payload: Uint8Array; samples: number }> {
  let left = samples;
  for (const [size, payload] of SILENCE_BY_SAMPLES) {
    for (; left >= size; left -= size) yield { payload, samples: size };
  }
}
