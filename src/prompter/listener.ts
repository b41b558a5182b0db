// The machine's ears: one for each voice that it is sent, told apart by who feeds which slot. Tells of speech; remembers no word.
import { type Ears, makeEars } from '../caller/ears.ts';
import type { SpeechChange } from '../caller/speech-sense.ts';
import type { Timing } from '../caller/timing.ts';

export interface ListenerParts {
  readonly timing: Timing;
  readonly isSpeaking: () => boolean;
  /** A voice began or ended. `leg`: whose. */
  readonly onSpeech: (leg: string, change: SpeechChange) => void;
}

export interface Listener {
  /** Who feeds each slot, as the box says. */
  slots(legs: readonly (string | null)[]): void;
  /** A packet. `stream`: as the way of sound names it, its second part being the slot. */
  hear(packet: Uint8Array, stream: string): void;
  /** To be called some times a second. */
  tick(): void;
  isSpeech(leg: string): boolean;
  /** How long this voice has been speaking, ms. */
  speakingMs(leg: string): number;
}

/** Makes ears; nothing is heard before the box said who feeds the slots. */
export function makeListener({ timing, isSpeaking, onSpeech }: ListenerParts): Listener {
  const byLeg = new Map<string, Ears>();
  let fed: readonly (string | null)[] = [];
  const earsOf = (leg: string): Ears => {
    const known = byLeg.get(leg);
    if (known !== undefined) return known;
    const made = makeEars({ timing, isSpeaking, tones: [], onTones: () => {}, onSpeech: (change) => onSpeech(leg, change) });
    byLeg.set(leg, made);
    return made;
  };
  return {
    slots: (legs) => {
      fed = legs;
    },
    hear: (packet, stream) => {
      const leg = fed[Number(stream.split('/')[1])];
      if (leg !== undefined && leg !== null) earsOf(leg).hear(packet, `${leg} ${stream}`);
    },
    tick: () => {
      for (const ears of byLeg.values()) ears.tick();
    },
    isSpeech: (leg) => byLeg.get(leg)?.isSpeech() ?? false,
    speakingMs: (leg) => byLeg.get(leg)?.speakingMs() ?? 0,
  };
}
