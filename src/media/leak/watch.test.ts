// Alarms of leaking sound: raised, repeated, cleared. Tones stand for voices; how speech is told apart is in likeness.test.ts.
import { describe, expect, it } from 'vitest';
import { type LeakSignal, LeakWatch } from './watch.ts';

const FRAME = 320;
const GUARD = { secret: 'leg-s', microphone: 'leg-m' };
const tone = (hz: number, peak: number) => (n: number) =>
  Int16Array.from({ length: FRAME }, (_, i) => Math.round(peak * Math.sin((2 * Math.PI * hz * (n * FRAME + i)) / 16_000)));
const WHISPER = tone(1_580, 6_000);
const LEAK = tone(1_580, 600);
const OTHER = tone(930, 6_000);

/** Two legs and a clock. */
function scene() {
  const signals: (LeakSignal & { atMs: number })[] = [];
  let n = 0;
  const watch = new LeakWatch((signal) => signals.push({ ...signal, atMs: n * 20 }));
  const run = (ms: number, secret: ((n: number) => Int16Array) | null, microphone: (n: number) => Int16Array) => {
    for (const end = n + ms / 20; n < end; n++) {
      const arrival = { stream: 's', ts: n * 960, monoMs: 1_000 + n * 20 };
      if (secret !== null) watch.push('leg-s', secret(n), arrival);
      watch.push('leg-m', microphone(n), arrival);
      watch.tick(1_000 + n * 20);
    }
  };
  return { watch, signals, run, now: () => n * 20 };
}

describe('the watch for leaks', () => {
  it('[A42] raises within a second of the first leaking sound, and tells again while it lasts', () => {
    const { watch, signals, run, now } = scene();
    watch.set([GUARD]);
    run(2_000, WHISPER, OTHER);
    expect(signals).toEqual([]);
    const from = now();
    run(5_000, WHISPER, LEAK);
    expect(signals[0]).toMatchObject({ ...GUARD, on: true });
    expect((signals[0]?.atMs ?? 1e9) - from).toBeLessThan(900);
    expect(signals.filter((s) => s.on).length).toBeGreaterThanOrEqual(4);
  });

  it('[A45] clears some seconds after it was heard last, also when the pair is watched no more, and raises anew', () => {
    const { watch, signals, run } = scene();
    watch.set([GUARD]);
    run(2_000, WHISPER, LEAK);
    run(3_000, WHISPER, OTHER);
    expect(signals.some((s) => !s.on)).toBe(false);
    run(3_000, WHISPER, OTHER);
    expect(signals.at(-1)).toMatchObject({ on: false });
    run(2_000, WHISPER, LEAK);
    expect(signals.at(-1)).toMatchObject({ on: true });
    watch.set([]);
    run(2_000, WHISPER, LEAK);
    expect(signals.at(-1)).toMatchObject({ on: true });
    run(4_000, WHISPER, LEAK);
    expect(signals.at(-1)).toMatchObject({ on: false });
    expect(signals.filter((s) => !s.on)).toHaveLength(2);
  });

  it('[A42] says nothing of a pair that is not watched, of silence, and of a voice that a neighbour’s microphone hears', () => {
    const { watch, signals, run } = scene();
    run(3_000, WHISPER, LEAK);
    watch.set([GUARD]);
    run(3_000, null, LEAK);
    run(3_000, tone(1_580, 0), tone(1_580, 0));
    run(3_000, LEAK, WHISPER);
    expect(signals).toEqual([]);
  });
});
