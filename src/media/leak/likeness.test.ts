// Likeness of one voice and one microphone on real speech: the rendered voices of the practice call, through the codec as on a line.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decoder, Encoder } from '@evan/opus';
import { describe, expect, it } from 'vitest';
import { readPage } from '../recorder/ogg.ts';
import { Likeness, type Match } from './likeness.ts';
import { Spectra } from './spectra.ts';

const RATE = 16_000;
const FRAME = 320;
const VOICES = join(import.meta.dirname, '../../caller/voice');
/** As in watch.ts; a leak must be above it, two voices well below. */
const RAISE = 0.5;

function voice(prefix: string, most = 99): Int16Array {
  const decoder = new Decoder({ channels: 1, sample_rate: RATE });
  const files = readdirSync(VOICES)
    .filter((name) => name.startsWith(prefix) && name.endsWith('.opus'))
    .slice(0, most);
  const samples: number[] = [];
  for (const file of files) {
    const bytes = readFileSync(join(VOICES, file));
    let number = 0;
    for (let page = readPage(bytes, 0); page !== undefined; page = readPage(bytes, page.end)) {
      number += 1;
      if (number <= 2) continue;
      for (const packet of page.packets) {
        const out = decoder.decode(packet);
        samples.push(...new Int16Array(out.buffer, out.byteOffset, out.byteLength >> 1));
      }
    }
  }
  return Int16Array.from(samples);
}

/** Through the codec and back, as each leg's sound comes. */
function onTheLine(pcm: Int16Array): Int16Array {
  const encoder = new Encoder({ channels: 1, sample_rate: RATE, application: 'voip' });
  encoder.bitrate = 32_000;
  encoder.complexity = 3;
  const decoder = new Decoder({ channels: 1, sample_rate: RATE });
  const out = new Int16Array(pcm.length);
  for (let at = 0; at + FRAME <= pcm.length; at += FRAME) {
    const bytes = decoder.decode(encoder.encode(pcm.subarray(at, at + FRAME)));
    out.set(new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1).subarray(0, FRAME), at);
  }
  return out;
}

interface Part {
  readonly pcm: ArrayLike<number>;
  readonly db: number;
  readonly delayMs?: number;
}

/** What a microphone takes: parts at their levels and delays, and a room's noise at -65 dBFS. */
function microphone(seconds: number, parts: readonly Part[]): Int16Array {
  let seed = 7;
  const noise = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return (seed / 2 ** 32 - 0.5) * 64;
  };
  return Int16Array.from({ length: seconds * RATE }, (_, i) => {
    let sample = noise();
    for (const { pcm, db, delayMs = 0 } of parts) {
      const at = i - delayMs * 16;
      if (at >= 0) sample += (pcm[at % pcm.length] ?? 0) * 10 ** (db / 20);
    }
    return Math.max(-32_768, Math.min(32_767, Math.round(sample)));
  });
}

const tone = (hz: number) => Float32Array.from({ length: RATE }, (_, i) => 8_000 * Math.sin((2 * Math.PI * hz * i) / RATE));

/** All looks, with the time of each in ms. */
function compare(original: Int16Array, mic: Int16Array): (Match & { atMs: number })[] {
  const [x, w] = [new Spectra(), new Spectra()];
  const likeness = new Likeness(x, w);
  const looks: (Match & { atMs: number })[] = [];
  for (let at = 0; at + FRAME <= mic.length; at += FRAME) {
    const n = at / FRAME;
    const arrival = { stream: 's', ts: n * 960, monoMs: 5_000 + n * 20 };
    x.push(original.subarray(at, at + FRAME), arrival);
    w.push(mic.subarray(at, at + FRAME), arrival);
    likeness.advance((match) => looks.push({ ...match, atMs: n * 20 }));
  }
  return looks;
}

const share = (looks: readonly Match[]) => looks.filter((look) => look.likeness >= RAISE).length / looks.length;
const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const SECONDS = 16;
const coach = voice('coach');
const person = voice('person', 12);
const coachOnLine = onTheLine(microphone(SECONDS, [{ pcm: coach, db: 0 }]));

describe('likeness', () => {
  it.each([50, 130, 250])(
    '[A42] finds a voice 20 dB softer and %i ms later, and says how late and how loud',
    { timeout: 60_000 },
    (delayMs) => {
      const looks = compare(coachOnLine, onTheLine(microphone(SECONDS, [{ pcm: coach, db: -20, delayMs }])));
      expect(share(looks.filter((look) => look.atMs > 1_500))).toBeGreaterThan(0.95);
      expect(Math.abs(middle(looks.map((look) => look.delayMs)) - delayMs)).toBeLessThanOrEqual(20);
      expect(Math.abs(middle(looks.map((look) => look.gainDb)) + 20)).toBeLessThan(6);
      // Within 0.9 s of its first sound: what is left of the second is for the way to the screens.
      const firstSoundMs = coachOnLine.findIndex((sample) => Math.abs(sample) > 600) / 16;
      const raised = looks.findIndex((look, i) => i > 0 && look.likeness >= RAISE && (looks[i - 1]?.likeness ?? 0) >= RAISE);
      expect((looks[raised]?.atMs ?? 1e9) - firstSoundMs - delayMs).toBeLessThan(900);
    },
  );

  it('[A42] never takes two voices for one, nor one voice that says two things, with rests in between', { timeout: 120_000 }, () => {
    const rests = (pcm: Int16Array, onS: number, offS: number) =>
      Int16Array.from({ length: 60 * RATE }, (_, i) => ((i / RATE) % (onS + offS) < onS ? (pcm[i % pcm.length] ?? 0) : 0));
    const half = person.length >> 1;
    const pairs = [
      [rests(coach, 2, 3), rests(person, 1.7, 1.1)],
      [rests(coach, 0.6, 2), rests(person, 5, 0.3)],
      [rests(person.subarray(0, half), 3, 1), rests(person.subarray(half), 3, 0.7)],
    ] as const;
    for (const [a, b] of pairs) {
      const looks = compare(onTheLine(a), onTheLine(microphone(60, [{ pcm: b, db: 0 }])));
      expect(looks.length).toBeGreaterThan(400);
      expect(Math.max(...looks.map((look) => look.likeness))).toBeLessThan(RAISE - 0.05);
    }
  });

  it('[A42] finds a tone under a louder other tone, and takes no tone for another', { timeout: 60_000 }, () => {
    const original = onTheLine(microphone(6, [{ pcm: tone(1580), db: 0 }]));
    const leak = [
      { pcm: tone(930), db: 0 },
      { pcm: tone(1580), db: -20 },
    ];
    expect(share(compare(original, onTheLine(microphone(6, leak))).slice(5))).toBe(1);
    expect(share(compare(original, onTheLine(microphone(6, leak.slice(0, 1)))))).toBe(0);
    expect(share(compare(original, onTheLine(microphone(6, []))))).toBe(0);
  });

  it('[A42] tells the louder copy from the softer: who is heard in a neighbour’s microphone does not leak', { timeout: 60_000 }, () => {
    const looks = compare(
      onTheLine(microphone(8, [{ pcm: person, db: -20, delayMs: 3 }])),
      onTheLine(microphone(8, [{ pcm: person, db: 0 }])),
    );
    expect(middle(looks.map((look) => look.gainDb))).toBeGreaterThan(12);
  });

  it('[A42] goes on after a hole in one of the two, and after one began anew', () => {
    const [x, w] = [new Spectra(), new Spectra()];
    const likeness = new Likeness(x, w);
    const pcm = microphone(8, [{ pcm: coach, db: 0 }]);
    let last: Match | undefined;
    for (let n = 0; n < 390; n++) {
      const frame = pcm.subarray(n * FRAME, (n + 1) * FRAME);
      // 300 ms are lost, and later the stream has another name and another count.
      const stream = n < 200 ? 'a' : 'b';
      if (n < 100 || n > 115) x.push(frame, { stream, ts: (n < 200 ? n : n + 9_999) * 960, monoMs: 900 + n * 20 });
      w.push(frame, { stream: 'w', ts: n * 960, monoMs: 900 + n * 20 });
      likeness.advance((match) => {
        last = match;
      });
    }
    expect(last?.likeness).toBeGreaterThan(0.9);
    expect(last?.delayMs).toBe(0);
  });
});
