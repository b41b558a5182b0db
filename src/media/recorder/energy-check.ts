// Believes a recording only when the bytes on the disk decode to the sound that came in. Reads nothing by itself.
import { dbOf, meanSquareOf, PcmDecoder } from '../leg/meter.ts';
import { readPage } from './ogg.ts';

/** Below this level live sound is too soft to compare, in dBFS. */
const QUIET_DB = -60;
/** A recording this much below the live sound is not that sound, in dB. */
const TOLERANCE_DB = 15;

/** same: the file has the sound. quiet: nothing to compare. silent: the file lacks it. */
export interface EnergyVerdict {
  readonly verdict: 'same' | 'quiet' | 'silent';
  readonly detail: string;
}

/** Decodes pages of one leg as they were read back from its file. */
export class EnergyCheck {
  #decoder = new PcmDecoder();

  /** `liveMeanSquares`: what the packets of this page had when they came, 0 to 1 each. */
  judge(pageBytes: Buffer, liveMeanSquares: readonly number[]): EnergyVerdict {
    const liveDb = dbOf(mean(liveMeanSquares));
    if (liveMeanSquares.length === 0 || liveDb < QUIET_DB) return { verdict: 'quiet', detail: '' };
    const page = readPage(pageBytes, 0);
    if (page === undefined || page.end !== pageBytes.length) return { verdict: 'silent', detail: 'the last page on the disk is damaged' };
    const fileDb = dbOf(mean(page.packets.map((packet) => meanSquareOf(this.#decoder.decode(packet) ?? new Int16Array(1)))));
    if (fileDb >= liveDb - TOLERANCE_DB) return { verdict: 'same', detail: '' };
    return { verdict: 'silent', detail: `live ${liveDb.toFixed(0)} dBFS, file ${fileDb.toFixed(0)} dBFS` };
  }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
