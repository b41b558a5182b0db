// Watches pairs of legs for sound that leaks: raises, repeats while it lasts, clears. Knows legs; time is an argument.
import type { FromWorker, WorkerGuard } from '../../protocol/worker.ts';
import { Likeness, type Match } from './likeness.ts';
import { type Arrival, Spectra } from './spectra.ts';

/** From this likeness on it counts as the same sound. Two voices that say different things stay below (see likeness.test.ts). */
const RAISE = 0.5;
/** Looks in a row, 100 ms each, before it is told. */
const RAISE_LOOKS = 2;
/** A copy louder than its original, by more than this in dB, is the original: the other microphone hears this voice. */
const LOUDEST_COPY_DB = 6;
/** Told again at this interval while it lasts, ms. */
const REPEAT_MS = 1_000;
/** Not seen for this long it is over, ms. */
const CLEAR_MS = 4_000;

export type LeakSignal = Extract<FromWorker, { t: 'leak' }>;

interface Pair {
  readonly guard: WorkerGuard;
  readonly likeness: Likeness;
  looks: number;
  seenMonoMs: number;
  toldMonoMs: number;
  isOn: boolean;
}

const keyOf = ({ secret, microphone }: WorkerGuard): string => `${secret}>${microphone}`;

/** All pairs of one room. Costs nothing while there is none. */
export class LeakWatch {
  readonly #signal: (signal: LeakSignal) => void;
  readonly #spectra = new Map<string, Spectra>();
  #pairs = new Map<string, Pair>();
  /** Pairs that are watched no more while their alarm stands. */
  readonly #closing = new Map<string, Pair>();

  constructor(signal: (signal: LeakSignal) => void) {
    this.#signal = signal;
  }

  /** Watches these pairs and no other. A pair that stays keeps what it knows. */
  set(guards: readonly WorkerGuard[]): void {
    const wanted = new Set(guards.flatMap(({ secret, microphone }) => [secret, microphone]));
    for (const leg of this.#spectra.keys()) if (!wanted.has(leg)) this.#spectra.delete(leg);
    const before = this.#pairs;
    this.#pairs = new Map(guards.map((guard) => [keyOf(guard), before.get(keyOf(guard)) ?? this.#pair(guard)]));
    // A voice that was closed leaks no more; the alarm stays for a moment, so that somebody sees it.
    for (const [key, pair] of before) if (pair.isOn && !this.#pairs.has(key)) this.#closing.set(key, pair);
  }

  /** Decoded sound of a leg, 16 kHz. */
  push(leg: string, pcm: Int16Array, arrival: Arrival): void {
    this.#spectra.get(leg)?.push(pcm, arrival);
  }

  /** Call about every 10 ms. */
  tick(nowMonoMs: number): void {
    for (const pair of this.#pairs.values()) {
      pair.likeness.advance((match) => this.#saw(pair, match, nowMonoMs));
      this.#fade(pair, nowMonoMs);
    }
    for (const [key, pair] of this.#closing) {
      this.#fade(pair, nowMonoMs);
      if (!pair.isOn || this.#pairs.get(key)?.isOn) this.#closing.delete(key);
    }
  }

  #pair(guard: WorkerGuard): Pair {
    const of = (leg: string): Spectra => {
      const known = this.#spectra.get(leg) ?? new Spectra();
      this.#spectra.set(leg, known);
      return known;
    };
    const likeness = new Likeness(of(guard.secret), of(guard.microphone));
    return { guard, likeness, looks: 0, seenMonoMs: 0, toldMonoMs: Number.NEGATIVE_INFINITY, isOn: false };
  }

  #saw(pair: Pair, match: Match, nowMonoMs: number): void {
    const isLeak = match.likeness >= RAISE && match.gainDb <= LOUDEST_COPY_DB;
    pair.looks = isLeak ? pair.looks + 1 : 0;
    if (pair.looks < RAISE_LOOKS) return;
    pair.isOn = true;
    pair.seenMonoMs = nowMonoMs;
    if (nowMonoMs - pair.toldMonoMs < REPEAT_MS) return;
    pair.toldMonoMs = nowMonoMs;
    this.#tell(pair, true, match);
  }

  #fade(pair: Pair, nowMonoMs: number): void {
    if (!pair.isOn || nowMonoMs - pair.seenMonoMs < CLEAR_MS) return;
    pair.isOn = false;
    pair.toldMonoMs = Number.NEGATIVE_INFINITY;
    this.#tell(pair, false, { likeness: 0, delayMs: 0, gainDb: -100 });
  }

  #tell({ guard }: Pair, on: boolean, { likeness, delayMs, gainDb }: Match): void {
    const round = (value: number): number => Math.round(value * 100) / 100;
    this.#signal({ t: 'leak', ...guard, on, likeness: round(likeness), delayMs, gainDb: round(gainDb) });
  }
}
