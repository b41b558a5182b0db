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

/** Seeds to run: one given by PARLEY_FUZZ_SEED, else a fresh one, and in either case those that failed before. */
export function seeds(failedBefore: readonly number[]): readonly number[] {
  const given = process.env['PARLEY_FUZZ_SEED'];
  const runs = Number(process.env['PARLEY_FUZZ_RUNS'] ?? '1');
  const first = given === undefined || given === '' ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  return [...failedBefore, ...Array.from({ length: runs }, (_, i) => first + i)];
}
