// The leak test before a call: a tone in the own ear, and a look whether the own microphone hears it. Sends nothing to anybody.
import { soundWishes } from '../../line/microphone.ts';

/** The test tone. */
export const LEAK_TEST_HZ = 1_250;
/** Beside the tone, where the room's own noise is measured. */
const BESIDE_HZ = [1_100, 1_400];
/** Peak of the tone, full scale 1: as loud as a voice in the ear. */
const LOUDNESS = 0.25;
const BEFORE_MS = 700;
const TONE_MS = 1_500;
/** The way to the ear and back takes a moment; what came before it does not count. */
const SETTLE_MS = 500;
/** Louder than this at the microphone, it leaks, dBFS. */
const LIMIT_DB = -60;
/** It must stand out of the room's noise by this, dB. */
const ABOVE_NOISE_DB = 8;
const SILENT_DB = -150;

/** Level of a sine at `hz` in samples (full scale 1), dBFS, by Goertzel's recurrence under a Hann window. */
export function levelAt(samples: Float32Array, hz: number, rateHz: number): number {
  const k = 2 * Math.cos((2 * Math.PI * hz) / rateHz);
  let s1 = 0;
  let s2 = 0;
  for (const [i, sample] of samples.entries()) {
    const s0 = sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / samples.length)) + k * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  const power = s1 * s1 + s2 * s2 - k * s1 * s2;
  const amplitude = (4 * Math.sqrt(Math.max(0, power))) / samples.length;
  return Math.max(SILENT_DB, 20 * Math.log10(amplitude + 1e-9));
}

/** Levels at the test tone and beside it, dBFS. */
export interface Look {
  readonly toneDb: number;
  readonly noiseDb: number;
}

/** What the test came to. `beforeDb`: at the tone before it was played. */
export interface LeakResult {
  readonly levelDb: number;
  readonly beforeDb: number;
  readonly passed: boolean;
}

/** Passed: the tone is not heard at the microphone. A tone that was there before it was played fails too: then nothing is proved. */
export function judge(before: readonly Look[], during: readonly Look[]): LeakResult {
  const loudest = (looks: readonly Look[]): Look =>
    looks.reduce((a, b) => (b.toneDb > a.toneDb ? b : a), { toneDb: SILENT_DB, noiseDb: SILENT_DB });
  const heard = loudest(during);
  const round = (db: number) => Math.round(db * 10) / 10;
  const passed = during.length > 0 && (heard.toneDb < LIMIT_DB || heard.toneDb - heard.noiseDb < ABOVE_NOISE_DB);
  return { levelDb: round(heard.toneDb), beforeDb: round(loudest(before).toneDb), passed };
}

function lookNow(analyser: AnalyserNode): Look {
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  const at = (hz: number) => levelAt(samples, hz, analyser.context.sampleRate);
  return { toneDb: at(LEAK_TEST_HZ), noiseDb: Math.max(...BESIDE_HZ.map(at)) };
}

async function looks(analyser: AnalyserNode, ms: number): Promise<Look[]> {
  const seen: Look[] = [];
  for (const end = performance.now() + ms; performance.now() < end; ) {
    await new Promise((done) => setTimeout(done, 100));
    seen.push(lookNow(analyser));
  }
  return seen;
}

/** Runs the test, about 3 s, with a microphone of its own that takes no echo out. To be called inside a press.
 *  @throws DOMException when the microphone or the sound may not be used */
export async function runLeakTest(microphoneId: string): Promise<LeakResult> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: soundWishes(false, microphoneId), video: false });
  const context = new AudioContext();
  try {
    await context.resume();
    const analyser = new AnalyserNode(context, { fftSize: 8_192 });
    new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(analyser);
    await looks(analyser, SETTLE_MS);
    const before = await looks(analyser, BEFORE_MS);
    const tone = new OscillatorNode(context, { frequency: LEAK_TEST_HZ });
    tone.connect(new GainNode(context, { gain: LOUDNESS })).connect(context.destination);
    tone.start();
    await looks(analyser, SETTLE_MS);
    const during = await looks(analyser, TONE_MS);
    tone.stop();
    return judge(before, during);
  } finally {
    for (const track of stream.getTracks()) track.stop();
    await context.close().catch(() => undefined);
  }
}
