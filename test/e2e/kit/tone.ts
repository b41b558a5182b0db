// Steady tones: made as WAV files for fake microphones, measured in samples. Pure, except for writing the file.
import { writeFile } from 'node:fs/promises';

const WAV_RATE_HZ = 48_000;
const WAV_SECONDS = 60;
const TONE_PEAK = 10 ** (-12 / 20);

/** Tones that keep apart: none lies within 50 Hz of another, of two to five times another, or of the sum or difference of two others.
 *  All pass a telephone (300 to 3400 Hz). Give each microphone of a test its own. */
export const TONES_HZ = [440, 600, 760, 930, 1090, 1250, 1420, 1580, 1910, 2070] as const;

/** Writes a WAV file, 16 bit mono 48 kHz, of a sine at `hz` with a peak of -12 dBFS. `hz` is a whole number, so that whole
 *  periods fill each second and the file. Chromium still loses up to 15 ms where it begins the file anew: once a minute. */
export async function writeToneWav(file: string, hz: number): Promise<void> {
  if (!Number.isInteger(hz) || hz < 1 || hz > 20_000) throw new Error(`a tone needs a whole number of Hz from 1 to 20000, not ${hz}`);
  const second = Buffer.alloc(WAV_RATE_HZ * 2);
  for (let i = 0; i < WAV_RATE_HZ; i++) {
    second.writeInt16LE(Math.round(32_767 * TONE_PEAK * Math.sin((2 * Math.PI * hz * i) / WAV_RATE_HZ)), i * 2);
  }
  await writeFile(file, Buffer.concat([wavHeader(second.length * WAV_SECONDS), ...Array<Buffer>(WAV_SECONDS).fill(second)]));
}

/** A piece of a made sound: a sine from one second to another of the file. `db`: its peak, dBFS. */
export interface TonePart {
  readonly hz: number;
  readonly db: number;
  readonly fromS: number;
  readonly toS: number;
}

/** Writes a WAV file of `seconds`, 16 bit mono 48 kHz, in which these sines sound, one over the other. */
export async function writePartsWav(file: string, seconds: number, parts: readonly TonePart[]): Promise<void> {
  const data = Buffer.alloc(seconds * WAV_RATE_HZ * 2);
  const sounding = parts.map((part) => ({ ...part, peak: 32_767 * 10 ** (part.db / 20) }));
  for (let i = 0; i < seconds * WAV_RATE_HZ; i++) {
    let sample = 0;
    for (const { hz, peak, fromS, toS } of sounding)
      if (i >= fromS * WAV_RATE_HZ && i < toS * WAV_RATE_HZ) sample += peak * Math.sin((2 * Math.PI * hz * i) / WAV_RATE_HZ);
    data.writeInt16LE(Math.round(sample), i * 2);
  }
  await writeFile(file, Buffer.concat([wavHeader(data.length), data]));
}

function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // one channel
  header.writeUInt32LE(WAV_RATE_HZ, 24);
  header.writeUInt32LE(WAV_RATE_HZ * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** A stretch of sound: `length` samples of `samples` from `start`, `rateHz` of them a second. */
export interface Stretch {
  readonly samples: ArrayLike<number>;
  readonly start: number;
  readonly length: number;
  readonly rateHz: number;
}

/** Level of a tone in dBFS (a full-scale sine is 0; never below -120), by Goertzel's recurrence under a Hann window.
 *  Two tones are told apart when they differ by 4 / duration: 47 Hz at 4096 samples of 48 kHz.
 *  The text of this function is also run inside pages: it must stay complete in itself. */
export function toneDb(stretch: Stretch, hz: number): number {
  const { samples, start, length, rateHz } = stretch;
  const turn = (2 * Math.PI) / length;
  const k = 2 * Math.cos((2 * Math.PI * hz) / rateHz);
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < length; i++) {
    const s0 = (samples[start + i] ?? 0) * (0.5 - 0.5 * Math.cos(turn * i)) + k * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  const power = s1 * s1 + s2 * s2 - k * s1 * s2;
  const amplitude = (4 * Math.sqrt(Math.max(0, power))) / length;
  return Math.max(-120, 20 * Math.log10(amplitude + 1e-9));
}
