// How much of one leg's sound is found in another's, and how late: coherence per band, averaged, over a range of delays. Pure state.
import { BINS, FRAME_SCALE, HOP_MS, KEEP, type Spectra } from './spectra.ts';

/** The copy may seem to come a little early, when the original's way here is the slower one; in frames. */
const EARLIEST = -5;
/** Longest way of a voice to an ear, out into a microphone and back here: 500 ms; in frames. */
const LATEST = 25;
const LAGS = LATEST - EARLIEST + 1;
/** How often the delays are looked through, in frames. */
const LOOK_EVERY = 5;
/** An original quieter than this is no voice: sum of band powers (about -60 dBFS). */
const QUIET = 1e-6;
/** The original's energy must be spread over this many frames: chance alike in a few proves nothing. */
const LEAST_SPREAD = 7;
/** Frames that must be compared before anything is told. */
const LEAST_FRAMES = 15;
/** Bins of the original this far below its strongest say nothing (-45 dB). */
const BELOW_PEAK = 10 ** -4.5;
/** In the microphone what is this far below its own strongest bin (-50 dB), or this quiet (-95 dBFS a bin), counts as noise. */
const NOISE_BELOW_PEAK = 1e-5;
const NOISE = 10 ** -9.5;

/** The best match of the moment. */
export interface Match {
  /** 0 to 1: how much of the original's bands is found again. */
  readonly likeness: number;
  /** How much later, ms; below 0 when it seems earlier. */
  readonly delayMs: number;
  /** Level of the copy against the original, dB. */
  readonly gainDb: number;
}

const NONE: Match = { likeness: 0, delayMs: 0, gainDb: -100 };

/** One original and one microphone. */
export class Likeness {
  readonly #original: Spectra;
  readonly #microphone: Spectra;
  readonly #re = new Float32Array(LAGS * BINS);
  readonly #im = new Float32Array(LAGS * BINS);
  #done = -1;
  #compared = 0;

  constructor(original: Spectra, microphone: Spectra) {
    this.#original = original;
    this.#microphone = microphone;
  }

  /** Takes in what both have now; calls back at each look, 10 a second while sound comes. */
  advance(onMatch: (match: Match) => void): void {
    const last = Math.min(this.#microphone.latest, this.#original.latest + EARLIEST);
    const first = Math.max(this.#done + 1, this.#microphone.oldest, this.#original.oldest + LATEST);
    if (first > this.#done + 1) this.#forget();
    for (let n = first; n <= last; n++) {
      this.#take(n);
      this.#done = n;
      this.#compared += 1;
      if (n % LOOK_EVERY === 0 && this.#compared >= LEAST_FRAMES) onMatch(this.#look(n));
    }
  }

  #forget(): void {
    this.#re.fill(0);
    this.#im.fill(0);
    this.#compared = 0;
  }

  #take(n: number): void {
    const mic = this.#microphone.frame(n);
    const scale = (1 - KEEP) * FRAME_SCALE;
    for (let lag = 0; lag < LAGS; lag++) {
      const original = this.#original.frame(n - lag - EARLIEST);
      const base = lag * BINS;
      for (let b = 0; b < BINS; b++) {
        const xr = original[2 * b] as number;
        const xi = original[2 * b + 1] as number;
        const wr = mic[2 * b] as number;
        const wi = mic[2 * b + 1] as number;
        const at = base + b;
        this.#re[at] = KEEP * (this.#re[at] as number) + scale * (xr * wr + xi * wi);
        this.#im[at] = KEEP * (this.#im[at] as number) + scale * (xr * wi - xi * wr);
      }
    }
  }

  #look(n: number): Match {
    const mic = this.#microphone.power(n);
    let peak = 0;
    for (let b = 0; b < BINS; b++) peak = Math.max(peak, mic[b] as number);
    const noise = NOISE + peak * NOISE_BELOW_PEAK;
    let best = NONE;
    for (let lag = 0; lag < LAGS; lag++) {
      const found = this.#at(lag, { n, mic, noise });
      if (found.likeness > best.likeness) best = found;
    }
    return best;
  }

  #at(lag: number, { n, mic, noise }: { n: number; mic: Float32Array; noise: number }): Match {
    const of = n - lag - EARLIEST;
    const power = this.#original.power(of);
    if (this.#original.level(of) < QUIET || this.#original.spread(of) < LEAST_SPREAD) return NONE;
    let peak = 0;
    for (let b = 0; b < BINS; b++) peak = Math.max(peak, power[b] as number);
    const least = peak * BELOW_PEAK;
    let sum = 0;
    let weights = 0;
    let copied = 0;
    let had = 0;
    for (let b = 0; b < BINS; b++) {
      const x = power[b] as number;
      if (x < least) continue;
      const at = lag * BINS + b;
      const cross = (this.#re[at] as number) ** 2 + (this.#im[at] as number) ** 2;
      // Loud bands count more, but not by their full power: what leaks from a headset has lost its lows.
      const weight = Math.sqrt(x);
      sum += (weight * cross) / (x * ((mic[b] as number) + noise));
      weights += weight;
      copied += cross / x;
      had += x;
    }
    const gainDb = 10 * Math.log10(copied / had + 1e-10);
    return { likeness: Math.min(1, sum / weights), delayMs: (lag + EARLIEST) * HOP_MS, gainDb };
  }
}
