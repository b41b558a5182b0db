// Speech, tones and noise as the caller's ears meet them: the rendered lines themselves are the speech.
import { describe, expect, it } from 'vitest';
import { EAR_HZ, EarDecoder, FRAME_MS, SILENCE, tonePackets } from './opus.ts';
import { isTone, levelDb, SpeechSense, toneDb } from './speech-sense.ts';
import { loadVoice } from './voice.ts';

const FRAME = (EAR_HZ * FRAME_MS) / 1000;

function decoded(packets: Iterable<Uint8Array>): Int16Array[] {
  const decoder = new EarDecoder();
  return [...packets].map((packet) => decoder.decode(packet) ?? new Int16Array());
}

function* take<T>(source: Iterator<T>, count: number): Generator<T> {
  for (let i = 0; i < count; i++) yield source.next().value as T;
}

const sine = (hz: number, amplitude: number, length: number) =>
  Int16Array.from({ length }, (_, i) => Math.round(amplitude * 32_767 * Math.sin((2 * Math.PI * hz * i) / EAR_HZ)));

const scaled = (frames: readonly Int16Array[], db: number) =>
  frames.map((pcm) => pcm.map((sample) => Math.round(sample * 10 ** (db / 20))));

/** Noise by a fixed rule, so that each run is the same. */
function noise(frames: number, amplitude: number): Int16Array[] {
  let state = 12_345;
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state / 2 ** 31 - 1) * amplitude * 32_767;
  };
  return Array.from({ length: frames }, () => Int16Array.from({ length: FRAME }, () => Math.round(next())));
}

/** Feeds frames; gives every change with its time. */
function feel(sense: SpeechSense, frames: readonly Int16Array[], fromMs = 0, raiseDb = 0) {
  return frames.flatMap((pcm, i) => {
    const change = sense.frame(pcm, fromMs + i * FRAME_MS, raiseDb);
    return change === undefined ? [] : [{ atMs: fromMs + i * FRAME_MS, ...change }];
  });
}

const quiet = (ms: number) => decoded(Array.from({ length: ms / FRAME_MS }, () => SILENCE));
const clips = [...loadVoice('person').values(), ...loadVoice('coach').values()];

describe('speech', () => {
  it.each(clips.map((clip) => [clip.id, clip] as const))('[S5] is noticed soon and to its end, loud or soft: %s', (_, clip) => {
    for (const db of [0, -14]) {
      const changes = feel(new SpeechSense(), [...quiet(400), ...scaled(decoded(clip.packets), db), ...quiet(2_000)]);
      const [first] = changes;
      expect(first?.is).toBe('began');
      expect(first?.atMs).toBeLessThan(400 + 700);
      expect(changes.at(-1)?.is).toBe('ended');
      const spokenMs = changes.reduce((sum, change) => sum + (change.is === 'ended' ? change.spokenMs : 0), 0);
      expect(spokenMs).toBeGreaterThan(clip.ms * 0.4);
      expect(spokenMs).toBeLessThanOrEqual(clip.ms);
    }
  });

  it('[S5] is noticed over a noisy room, and the noise alone is none', () => {
    const line = decoded(loadVoice('coach').get('open')?.packets ?? []);
    const room = noise(500, 0.004);
    expect(levelDb(room[0] as Int16Array)).toBeGreaterThan(-55);
    const sense = new SpeechSense();
    feel(sense, room);
    const mixed = line.map((pcm, i) => pcm.map((sample, at) => sample + (room[i]?.[at] ?? 0)));
    expect(feel(sense, room, 20_000)).toEqual([]);
    const changes = feel(sense, [...mixed, ...room.slice(0, 100)], 40_000);
    expect(changes.map((change) => change.is)).toEqual(['began', 'ended']);
  });

  it('[S5] ends also when no packet comes any more', () => {
    const sense = new SpeechSense();
    const frames = decoded(loadVoice('person').get('job-1')?.packets ?? []).slice(0, 60);
    feel(sense, frames);
    expect(sense.isSpeech).toBe(true);
    expect(sense.quiet(60 * FRAME_MS + 600)).toBeUndefined();
    expect(sense.quiet(60 * FRAME_MS + 900)?.is).toBe('ended');
    expect(sense.speakingMs(9_999)).toBe(0);
  });

  it('[S5] that is no louder than an echo of the own voice is none while speaking', () => {
    const echo = scaled(decoded(loadVoice('person').get('job-1')?.packets ?? []), -34);
    expect(feel(new SpeechSense(), echo).length).toBeGreaterThan(0);
    expect(feel(new SpeechSense(), echo, 0, 8)).toEqual([]);
  });
});

describe('a tone', () => {
  it('[S5] is no speech: the tune of a held line, a test tone, whatever its pitch', () => {
    for (const hz of [100, 330, 392, 440, 930, 1_580, 3_000]) {
      const frames = decoded(take(tonePackets(hz), 150));
      expect(feel(new SpeechSense(), frames.slice(5)), `${hz} Hz`).toEqual([]);
    }
  });

  it('is told from two tones and from noise', () => {
    const one = sine(392, 0.05, FRAME);
    expect(isTone(one)).toBe(true);
    expect(isTone(one.map((sample, i) => sample + (sine(930, 0.05, FRAME)[i] as number)))).toBe(false);
    expect(isTone(noise(1, 0.05)[0] as Int16Array)).toBe(false);
    expect(isTone(new Int16Array(FRAME))).toBe(false);
  });

  it('has its level measured within 0.5 dB, and its neighbours 30 dB lower', () => {
    const window = sine(440, 0.1, EAR_HZ / 5);
    expect(toneDb(window, 440)).toBeCloseTo(20 * Math.log10(0.1) - 3.01, 0);
    expect(Math.abs(toneDb(window, 440) - levelDb(window))).toBeLessThan(0.5);
    expect(toneDb(window, 930)).toBeLessThan(levelDb(window) - 30);
    expect(toneDb(new Int16Array(3_200), 440)).toBe(-100);
  });
});
