// What the caller hears: decoded once, told as speech that began and ended, and as levels of tones where asked. Sends nothing.
import { EAR_HZ, EarDecoder } from './opus.ts';
import { type SpeechChange, SpeechSense, toneDb } from './speech-sense.ts';
import type { Timing } from './timing.ts';

export interface EarParts {
  readonly timing: Timing;
  /** True while the caller speaks: what comes back of its own voice is then no speech. */
  readonly isSpeaking: () => boolean;
  readonly onSpeech: (change: SpeechChange) => void;
  /** Tones whose level is told, in Hz. */
  readonly tones: readonly number[];
  /** Levels in dBFS of the last 200 ms with sound, by Hz. */
  readonly onTones: (db: Readonly<Record<string, number>>) => void;
}

/** What hears: packets in, speech and tones out. */
export interface Ears {
  /** One packet that came in. */
  hear(packet: Uint8Array, stream: string): void;
  /** To be called some times a second: time passes when no packet comes. */
  tick(): void;
  isSpeech(): boolean;
  speakingMs(): number;
}

/** Own voice that comes back over a loudspeaker is quieter than a person close to the microphone. */
const ECHO_DB = 8;
const TONE_SAMPLES = EAR_HZ / 5;

/** Makes ears for one stream at a time; a new stream gets a new decoder. */
export function makeEars({ timing, isSpeaking, onSpeech, tones, onTones }: EarParts): Ears {
  const sense = new SpeechSense();
  let decoder = new EarDecoder();
  let streamNow = '';
  const window = new Int16Array(TONE_SAMPLES);
  let filled = 0;

  const tell = (change: SpeechChange | undefined) => {
    if (change !== undefined) onSpeech(change);
  };

  const measure = (pcm: Int16Array) => {
    for (const sample of pcm) {
      window[filled++] = sample;
      if (filled < window.length) continue;
      filled = 0;
      onTones(Object.fromEntries(tones.map((hz) => [hz, Math.round(toneDb(window, hz) * 10) / 10])));
    }
  };

  return {
    hear: (packet, stream) => {
      if (stream !== streamNow) {
        decoder = new EarDecoder();
        streamNow = stream;
      }
      const pcm = decoder.decode(packet);
      if (pcm === undefined) return;
      tell(sense.frame(pcm, timing.now(), isSpeaking() ? ECHO_DB : 0));
      if (tones.length > 0) measure(pcm);
    },
    tick: () => tell(sense.quiet(timing.now())),
    isSpeech: () => sense.isSpeech,
    speakingMs: () => sense.speakingMs(timing.now()),
  };
}
