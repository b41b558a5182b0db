// What the machine says to the person while it has the floor, and when: by turns, and after a whisper. No clock of its own, no sound.
import type { SpeechChange } from '../caller/speech-sense.ts';

/** Ids of its lines in their order: open questions, reflections, labels, a summary; no promise, no demand. */
export const LINES: readonly string[] = [
  'open',
  'more',
  'label-alone',
  'quiet',
  'meant',
  'label-tired',
  'honest',
  'summary',
  'next',
  'time',
];
/** Said in turn when all lines are said. */
const AFTERWARDS: readonly string[] = ['more', 'time'];

/** After it got the floor, ms. */
const FIRST_MS = 1_500;
/** After the person has finished, ms. */
const ANSWER_MS = 1_200;
/** After a whisper, ms: it is taken at once. */
const WHISPERED_MS = 500;
/** Nobody said anything for so long, ms: longer than the simulated person waits. */
const SILENCE_MS = 12_000;

/** One talker for as long as it has the floor. Times are ms of one clock. */
export class Talker {
  readonly #beganMs: number;
  #said = 0;
  #saidMs: number | null = null;
  #isPersonSpeaking: boolean;
  #personMs = Number.NEGATIVE_INFINITY;
  #isWhispering = false;
  #whisperMs = Number.NEGATIVE_INFINITY;

  /** @param isPersonSpeaking whether he speaks at this moment */
  constructor(nowMs: number, isPersonSpeaking: boolean) {
    this.#beganMs = nowMs;
    this.#isPersonSpeaking = isPersonSpeaking;
  }

  /** The person began or ended. */
  heard(change: SpeechChange, nowMs: number): void {
    this.#isPersonSpeaking = change.is === 'began';
    if (change.is === 'ended') this.#personMs = nowMs;
  }

  /** Somebody's key into the ear is held, or was let go. */
  whisper(isOpen: boolean, nowMs: number): void {
    if (this.#isWhispering && !isOpen) this.#whisperMs = nowMs;
    this.#isWhispering = isOpen;
  }

  /** Its line came to an end, whole or not. */
  finished(nowMs: number): void {
    this.#saidMs = nowMs;
  }

  /** The line that is due now, or null. It counts as begun: `finished` follows. */
  next(nowMs: number): string | null {
    if (this.#isPersonSpeaking || this.#isWhispering || !this.#isDue(nowMs)) return null;
    const line = LINES[this.#said] ?? AFTERWARDS[this.#said % AFTERWARDS.length] ?? null;
    this.#said += 1;
    return line;
  }

  #isDue(nowMs: number): boolean {
    const saidMs = this.#saidMs;
    if (saidMs === null) return nowMs - Math.max(this.#beganMs, this.#personMs) >= FIRST_MS;
    if (this.#whisperMs > saidMs) return nowMs - this.#whisperMs >= WHISPERED_MS;
    if (this.#personMs > saidMs) return nowMs - this.#personMs >= ANSWER_MS;
    return nowMs - saidMs >= SILENCE_MS;
  }
}
