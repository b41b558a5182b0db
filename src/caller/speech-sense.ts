// Tells from decoded sound whether somebody speaks: by energy over the room's own noise. A steady tone (the tune of a line on hold)
// is no speech. Pure state; the time of each frame is an argument.
import { EAR_HZ } from './opus.ts';

/** What a frame changed. `spokenMs`: from the first to the last frame with speech in it. */
export type SpeechChange = { readonly is: 'began' } | { readonly is: 'ended'; readonly spokenMs: number };

/** Quieter than this is never speech, dBFS. */
const QUIETEST_DB = -52;
/** Speech is this much over the noise, dB. */
const OVER_NOISE_DB = 9;
/** The noise is believed to rise this fast at most, dB a frame of 20 ms: a long word is not noise. */
const NOISE_RISE_DB = 0.05;
/** A noise louder than this is not believed, dBFS. */
const LOUDEST_NOISE_DB = -38;
/** So many of the last frames with speech make a beginning. */
const ENOUGH = 4;
const LOOK_BACK = 6;
/** Pause after which the other side has finished, ms. Shorter ones lie between words. */
const HANGOVER_MS = 700;
/** Share of a frame's energy within one narrow band that makes it a tone. */
const TONE_SHARE = 0.97;
const FULL_SCALE = 32_768;

/** Level of samples, dBFS, -100 at least. */
export function levelDb(pcm: Int16Array): number {
  let sum = 0;
  for (const sample of pcm) sum += sample * sample;
  return sum === 0 ? -100 : Math.max(-100, 10 * Math.log10(sum / pcm.length / FULL_SCALE ** 2));
}

/** Level of one tone in samples of 16 kHz, dBFS as of a sine's own level (Goertzel, with a Hann window against its neighbours). */
export function toneDb(pcm: Int16Array, hz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / EAR_HZ);
  let [before, last] = [0, 0];
  for (const [i, sample] of pcm.entries()) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / pcm.length);
    [before, last] = [last, (sample / FULL_SCALE) * window + turn * last - before];
  }
  const power = before * before + last * last - turn * before * last;
  // A sine of amplitude a gives |X| = a * n/4 with this window; its own level is a^2 / 2.
  const level = (8 * power) / pcm.length ** 2;
  return level <= 1e-10 ? -100 : 10 * Math.log10(level);
}

/** True when nearly all energy lies at one pitch: few words do, and none for long. */
export function isTone(pcm: Int16Array): boolean {
  // A sine obeys x[n] = c * x[n-1] - x[n-2]; what this cannot foretell is not part of it.
  let [num, den, sum] = [0, 0, 0];
  for (let i = 2; i < pcm.length; i++) {
    const [now, one, two] = [pcm[i] as number, pcm[i - 1] as number, pcm[i - 2] as number];
    num += one * (now + two);
    den += one * one;
    sum += now * now;
  }
  if (sum === 0) return false;
  const hz = (Math.acos(Math.max(-1, Math.min(1, num / den / 2))) * EAR_HZ) / (2 * Math.PI);
  return 10 ** (toneDb(pcm, hz) / 10) > TONE_SHARE * 10 ** (levelDb(pcm) / 10);
}

export class SpeechSense {
  #noiseDb = -70;
  #recent: boolean[] = [];
  #beganMs: number | undefined;
  #lastMs = 0;

  /** True from the first word to the pause that ends it. */
  get isSpeech(): boolean {
    return this.#beganMs !== undefined;
  }

  /** How long the other side has been speaking, ms; 0 when it does not. */
  speakingMs(nowMs: number): number {
    return this.#beganMs === undefined ? 0 : nowMs - this.#beganMs;
  }

  /** One frame that was heard at `nowMs`. @param raiseDb speech must be louder by this much, as while we speak ourselves and may hear our own echo */
  frame(pcm: Int16Array, nowMs: number, raiseDb = 0): SpeechChange | undefined {
    const db = levelDb(pcm);
    const isLoud = db > raiseDb + Math.max(QUIETEST_DB, this.#noiseDb + OVER_NOISE_DB) && !isTone(pcm);
    this.#noiseDb = Math.min(LOUDEST_NOISE_DB, db < this.#noiseDb ? Math.max(-70, db) : this.#noiseDb + NOISE_RISE_DB);
    this.#recent = [...this.#recent.slice(1 - LOOK_BACK), isLoud];
    const isEnough = this.#recent.filter(Boolean).length >= ENOUGH;
    if (isEnough || (isLoud && this.#beganMs !== undefined)) this.#lastMs = nowMs;
    if (!isEnough || this.#beganMs !== undefined) return this.quiet(nowMs);
    this.#beganMs = nowMs;
    return { is: 'began' };
  }

  /** Time passed, with or without frames. */
  quiet(nowMs: number): SpeechChange | undefined {
    if (this.#beganMs === undefined || nowMs - this.#lastMs < HANGOVER_MS) return undefined;
    const spokenMs = this.#lastMs - this.#beganMs;
    this.#beganMs = undefined;
    this.#recent = [];
    return { is: 'ended', spokenMs };
  }
}
