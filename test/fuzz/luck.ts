// Seeded luck for fuzz tests: the same seed, the same run. Prints what is needed to repeat a failure.

/** A small generator of numbers (mulberry32, public domain algorithm by T. Ettinger). */
export class Luck {
  #state: number;
  readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
    this.#state = seed >>> 0;
  }

  /** 0 <= x < 1 */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** Whole number, 0 <= n < below. */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  }
}

/** Seeds to run: from PARLEY_FUZZ_SEED on (else from a fresh one), and those that failed before.
 *  @param weight how many runs of an ordinary property one seed of this test is worth: `--runs 500` is five seeds at a weight of 100. */
export function seeds(failedBefore: readonly number[], weight: number): readonly number[] {
  const given = process.env['PARLEY_FUZZ_SEED'];
  const count = Math.max(1, Math.floor(Number(process.env['PARLEY_FUZZ_RUNS'] ?? '1') / weight));
  const first = given === undefined || given === '' ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  return [...failedBefore, ...Array.from({ length: count }, (_, i) => first + i)];
}
