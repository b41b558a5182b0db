// A leg's sound as short spectra on the room's clock, so that two legs can be compared. Decides nothing; time is an argument.

/** Samples a second that are looked at: speech is below 3400 Hz. */
const RATE = 8_000;
const SAMPLES_A_MS = RATE / 1000;
/** One spectrum every 20 ms, of 64 ms. */
const HOP = 160;
const WINDOW = 512;
/** Time from one spectrum to the next, ms. */
export const HOP_MS = 20;
/** How far back spectra are kept. */
const KEPT = 64;
/** Every second bin from 313 to 3375 Hz: mains hum lies below. */
const FIRST_BIN = 20;
const BIN_STEP = 2;
/** Bins of one spectrum. */
export const BINS = 99;
/** Powers are smoothed over about this long, ms. */
export const SMOOTH_MS = 500;
/** What stays of a smoothed value from one spectrum to the next. */
export const KEEP = Math.exp(-HOP_MS / SMOOTH_MS);
/** Sound that is further from its place on the clock than this begins anew, ms. */
const ADRIFT_MS = 400;
const RTP_A_SAMPLE = 48_000 / RATE;
const FULL_SCALE = 32_768;

const HALF = WINDOW / 2;
const HANN = Float64Array.from({ length: WINDOW }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / WINDOW));
const COS = Float64Array.from({ length: WINDOW }, (_, i) => Math.cos((2 * Math.PI * i) / WINDOW));
const SIN = Float64Array.from({ length: WINDOW }, (_, i) => -Math.sin((2 * Math.PI * i) / WINDOW));
/** A sine of full scale has this power in its bin. */
const NORM = (WINDOW / 4) ** 2;
const REVERSED = Uint16Array.from({ length: HALF }, (_, i) => reversed(i));

function reversed(value: number): number {
  let out = 0;
  for (let bit = 1; bit < HALF; bit <<= 1) out = (out << 1) | (value & bit ? 1 : 0);
  return out;
}

const re = new Float64Array(HALF);
const im = new Float64Array(HALF);

/** The spectrum of WINDOW samples: pairs of real samples as one complex, transformed in place, then told apart. */
function transform(samples: Float64Array, end: number, out: Float32Array): void {
  const start = end - WINDOW;
  const at = (i: number): number => (samples[(start + i) % samples.length] as number) * (HANN[i] as number);
  for (let i = 0; i < HALF; i++) {
    const to = REVERSED[i] as number;
    re[to] = at(2 * i);
    im[to] = at(2 * i + 1);
  }
  for (let size = 2; size <= HALF; size <<= 1) butterflies(size);
  for (let b = 0; b < BINS; b++) {
    const k = FIRST_BIN + b * BIN_STEP;
    const ar = re[k] as number;
    const ai = im[k] as number;
    const br = re[HALF - k] as number;
    const bi = im[HALF - k] as number;
    const oddRe = (ai + bi) / 2;
    const oddIm = (br - ar) / 2;
    out[2 * b] = (ar + br) / 2 + oddRe * (COS[k] as number) - oddIm * (SIN[k] as number);
    out[2 * b + 1] = (ai - bi) / 2 + oddRe * (SIN[k] as number) + oddIm * (COS[k] as number);
  }
}

function butterflies(size: number): void {
  const half = size / 2;
  const step = WINDOW / size;
  for (let begin = 0; begin < HALF; begin += size) {
    for (let i = 0; i < half; i++) {
      const a = begin + i;
      const b = a + half;
      const c = COS[i * step] as number;
      const s = SIN[i * step] as number;
      const tr = (re[b] as number) * c - (im[b] as number) * s;
      const ti = (re[b] as number) * s + (im[b] as number) * c;
      re[b] = (re[a] as number) - tr;
      im[b] = (im[a] as number) - ti;
      re[a] = (re[a] as number) + tr;
      im[a] = (im[a] as number) + ti;
    }
  }
}

interface Place {
  readonly stream: string;
  readonly ts: number;
  readonly sample: number;
}

/** Where a piece of sound stands: its stream, its RTP time, when it came. */
export interface Arrival {
  readonly stream: string;
  readonly ts: number;
  readonly monoMs: number;
}

/** Spectra of one leg. Frame `n` ends at `n * HOP_MS` of the monotonic clock. */
export class Spectra {
  readonly #samples = new Float64Array(WINDOW * 4);
  /** Real and imaginary parts in turn, scaled so that a full-scale sine has power 1. */
  readonly #frames = Array.from({ length: KEPT }, () => new Float32Array(2 * BINS));
  readonly #powers = Array.from({ length: KEPT }, () => new Float32Array(BINS));
  readonly #level = new Float64Array(KEPT);
  readonly #spread = new Float64Array(KEPT);
  #sum = 0;
  #sumOfSquares = 0;
  #place: Place | undefined;
  #next = 0;
  #latest = -1;
  #first = Number.POSITIVE_INFINITY;

  /** The newest frame; -1 before the first. */
  get latest(): number {
    return this.#latest;
  }
  /** The oldest frame that is still kept. */
  get oldest(): number {
    return Math.max(this.#first, this.#latest - KEPT + 1);
  }

  frame(n: number): Float32Array {
    return this.#frames[n % KEPT] as Float32Array;
  }
  /** Smoothed power of each bin up to frame `n`. */
  power(n: number): Float32Array {
    return this.#powers[n % KEPT] as Float32Array;
  }
  /** Sum of the smoothed power. */
  level(n: number): number {
    return this.#level[n % KEPT] as number;
  }

  /** Over how many frames the smoothed power up to `n` is spread: one loud frame alone proves no likeness. */
  spread(n: number): number {
    return this.#spread[n % KEPT] as number;
  }

  /** Takes 16 kHz samples of one packet. What comes late is passed over, holes are silent. */
  push(pcm: Int16Array, arrival: Arrival): void {
    const count = pcm.length >> 1;
    const sample = this.#placeOf(arrival, count);
    if (sample < this.#next) return;
    while (this.#next < sample) this.#put(0);
    for (let i = 0; i < count; i++) this.#put(((pcm[2 * i] as number) + (pcm[2 * i + 1] as number)) / (2 * FULL_SCALE));
  }

  #placeOf({ stream, ts, monoMs }: Arrival, count: number): number {
    const byClock = Math.max(0, Math.round(monoMs * SAMPLES_A_MS) - count);
    const before = this.#place;
    const byRtp = before?.stream === stream ? before.sample + Math.round(((ts - before.ts) | 0) / RTP_A_SAMPLE) : undefined;
    const fits = byRtp !== undefined && Math.abs(byRtp - byClock) < ADRIFT_MS * SAMPLES_A_MS;
    const sample = fits ? byRtp : byClock;
    if (!fits && (sample < this.#next - WINDOW || sample > this.#next + RATE)) this.#begin(sample);
    this.#place = { stream, ts, sample };
    return fits ? sample : Math.max(sample, this.#next);
  }

  #begin(sample: number): void {
    this.#samples.fill(0);
    this.#next = sample;
    this.#latest = -1;
    this.#first = Number.POSITIVE_INFINITY;
    this.#sum = 0;
    this.#sumOfSquares = 0;
  }

  #put(value: number): void {
    this.#samples[this.#next % this.#samples.length] = value;
    this.#next += 1;
    if (this.#next % HOP === 0) this.#close(this.#next / HOP);
  }

  #close(n: number): void {
    const frame = this.frame(n);
    const before = this.#latest === n - 1 ? this.power(n - 1) : undefined;
    const power = this.power(n);
    let level = 0;
    let own = 0;
    if (this.#isSilent()) frame.fill(0);
    else transform(this.#samples, this.#next + this.#samples.length, frame);
    for (let b = 0; b < BINS; b++) {
      const fr = frame[2 * b] as number;
      const fi = frame[2 * b + 1] as number;
      const here = (fr * fr + fi * fi) / NORM;
      const now = KEEP * (before?.[b] ?? 0) + (1 - KEEP) * here;
      power[b] = now;
      level += now;
      own += here;
    }
    this.#sum = KEEP * this.#sum + own;
    this.#sumOfSquares = KEEP * KEEP * this.#sumOfSquares + own * own;
    this.#spread[n % KEPT] = this.#sumOfSquares > 0 ? (this.#sum * this.#sum) / this.#sumOfSquares : 0;
    this.#level[n % KEPT] = level;
    this.#latest = n;
    this.#first = Math.min(this.#first, n);
  }

  /** Nothing in the last window: digital silence needs no transform. */
  #isSilent(): boolean {
    const size = this.#samples.length;
    for (let i = this.#next - WINDOW + size; i < this.#next + size; i += 7) if (this.#samples[i % size] !== 0) return false;
    return true;
  }
}

/** Scale of the products of two frames: a full-scale sine with itself is 1. */
export const FRAME_SCALE = 1 / NORM;
