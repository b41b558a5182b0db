// When the machine whispers and what: by who speaks and for how long, and nothing else. No clock of its own, no sound, no socket.
import type { SpeechChange } from '../caller/speech-sense.ts';
import { words } from './words.ts';

/** Whose voice: the person on the line, or whoever talks to him. */
export type Voice = 'person' | 'primary';

/** A whisper that is due: which line, and what it goes by. */
export interface Whisper {
  readonly line: string;
  readonly basis: string;
}

/** At most one whisper in this time, ms. */
export const WHISPER_EVERY_MS = 20_000;
/** Nobody speaks for so long after the person's turn: the primary may need a word, ms. The simulated person waits 8 s. */
const SILENCE_MS = 3_500;
/** Between a voice and a whisper, ms: it must not be spoken into. */
const BREATH_MS = 800;
/** A turn of the primary that is longer than this is one to speak of, ms. */
const LONG_TURN_MS = 15_000;
/** A turn of the person that is shorter than this gave little to go on with, ms. */
const SHORT_MS = 3_000;

/** Said when the person gave little, and in turn when he gave more. */
const ON_SHORT = 'open';
const ON_SILENCE: readonly string[] = ['feeling', 'echo'];

interface Turn {
  readonly speaks: boolean;
  readonly endedMs: number;
  readonly spokenMs: number;
}

const NEVER: Turn = { speaks: false, endedMs: Number.NEGATIVE_INFINITY, spokenMs: 0 };

/** One coach for one call. Times are ms of one clock. */
export class Coach {
  #turns: Record<Voice, Turn> = { person: NEVER, primary: NEVER };
  #whisperedMs = Number.NEGATIVE_INFINITY;
  #talkedOver = false;
  #isLong = false;
  #silences = 0;

  /** A voice began or ended. */
  heard(voice: Voice, change: SpeechChange, nowMs: number): void {
    if (change.is === 'began') {
      this.#talkedOver ||= voice === 'primary' && this.#turns.person.speaks;
      this.#turns[voice] = { ...this.#turns[voice], speaks: true };
      return;
    }
    this.#turns[voice] = { speaks: false, endedMs: nowMs, spokenMs: change.spokenMs };
    if (voice === 'primary') this.#isLong = change.spokenMs > LONG_TURN_MS;
  }

  /** Somebody speaks: no time for a whisper. */
  get isSpeech(): boolean {
    return this.#turns.person.speaks || this.#turns.primary.speaks;
  }

  /** The whisper that is due now, or null. It counts as whispered. */
  next(nowMs: number): Whisper | null {
    const { person, primary } = this.#turns;
    const quietMs = nowMs - Math.max(person.endedMs, primary.endedMs);
    const mayNot = this.isSpeech || person.endedMs === NEVER.endedMs || quietMs < BREATH_MS;
    if (mayNot || nowMs - this.#whisperedMs < WHISPER_EVERY_MS) return null;
    const whisper = this.#choose(quietMs);
    if (whisper === null) return null;
    this.#whisperedMs = nowMs;
    this.#talkedOver = false;
    this.#isLong = false;
    return whisper;
  }

  #choose(quietMs: number): Whisper | null {
    const { person, primary } = this.#turns;
    if (this.#talkedOver) return { line: 'slow', basis: words.basis.talkedOver };
    if (this.#isLong) return { line: 'promise', basis: words.basis.longTurn(primary.spokenMs) };
    if (person.endedMs <= primary.endedMs || quietMs < SILENCE_MS) return null;
    const basis = words.basis.silence(person.spokenMs, quietMs);
    if (person.spokenMs < SHORT_MS) return { line: ON_SHORT, basis };
    const line = ON_SILENCE[this.#silences % ON_SILENCE.length] ?? ON_SHORT;
    this.#silences += 1;
    return { line, basis };
  }
}
