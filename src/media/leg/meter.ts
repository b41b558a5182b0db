// Decodes a leg once, at 16 kHz, for its level. What is decoded here is never recorded or sent.
import { Decoder } from '@evan/opus';

/** Quietest level that is told, in dBFS. */
export const FLOOR_DB = -100;
const FULL_SCALE = 32_768;

/** Mean square (0 to 1) as dBFS, -100 to 0. */
export function dbOf(meanSquare: number): number {
  return meanSquare <= 0 ? FLOOR_DB : Math.max(FLOOR_DB, Math.min(0, 10 * Math.log10(meanSquare)));
}

/** Mean square of 16 bit samples, 0 to 1. */
export function meanSquareOf(pcm: Int16Array): number {
  let sum = 0;
  for (const sample of pcm) sum += sample * sample;
  return pcm.length === 0 ? 0 : sum / pcm.length / (FULL_SCALE * FULL_SCALE);
}

/** A decoder of one stream. */
export class PcmDecoder {
  readonly #decoder = new Decoder({ channels: 1, sample_rate: 16_000 });

  /** 16 kHz mono samples of one packet; undefined when the packet cannot be decoded. */
  decode(payload: Uint8Array): Int16Array | undefined {
    try {
      const bytes = this.#decoder.decode(payload);
      return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);
    } catch {
      return undefined;
    }
  }
}

/** Level of the last 200 ms or so: sums since it was last read. */
export class Meter {
  readonly #decoder = new PcmDecoder();
  #sum = 0;
  #packets = 0;
  undecodable = 0;
  /** Samples of the packet that was added last, until the next one. */
  pcm: Int16Array | undefined;

  /** Adds one packet; returns its mean square (0 to 1), undefined when it cannot be decoded. */
  add(payload: Uint8Array): number | undefined {
    const pcm = this.#decoder.decode(payload);
    this.pcm = pcm;
    if (pcm === undefined) {
      this.undecodable += 1;
      return undefined;
    }
    const meanSquare = meanSquareOf(pcm);
    this.#sum += meanSquare;
    this.#packets += 1;
    return meanSquare;
  }

  /** Level in dBFS since the last call; undefined when no packet came. */
  take(): number | undefined {
    if (this.#packets === 0) return undefined;
    const db = dbOf(this.#sum / this.#packets);
    this.#sum = 0;
    this.#packets = 0;
    return db;
  }
}
