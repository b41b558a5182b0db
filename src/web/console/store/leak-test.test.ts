// The leak test's measure and its verdict; the sound itself is tested in real Chromium (test/e2e/leak.test.ts).
import { describe, expect, it } from 'vitest';
import { judge, LEAK_TEST_HZ, levelAt } from './leak-test.ts';

const RATE = 48_000;
const sine = (hz: number, db: number) =>
  Float32Array.from({ length: 8_192 }, (_, i) => 10 ** (db / 20) * Math.sin((2 * Math.PI * hz * i) / RATE));
const look = (samples: Float32Array) => ({
  toneDb: levelAt(samples, LEAK_TEST_HZ, RATE),
  noiseDb: Math.max(levelAt(samples, 1_100, RATE), levelAt(samples, 1_400, RATE)),
});
const quiet = look(new Float32Array(8_192));

describe('the leak test', () => {
  it('[A41] measures the level of its tone, and of no other', () => {
    expect(look(sine(LEAK_TEST_HZ, -30)).toneDb).toBeCloseTo(-30, 0);
    expect(look(sine(440, -12)).toneDb).toBeLessThan(-80);
  });

  it('[A41] is passed when the microphone does not hear the tone, whatever else it hears', () => {
    expect(judge([quiet], [quiet])).toMatchObject({ passed: true });
    expect(judge([quiet], [look(sine(440, -12))])).toMatchObject({ passed: true });
    expect(judge([quiet], [look(sine(LEAK_TEST_HZ, -75))])).toMatchObject({ passed: true });
  });

  it('[A41] fails when the tone comes back once, and when it was there already', () => {
    const leak = look(sine(LEAK_TEST_HZ, -45));
    expect(judge([quiet], [quiet, leak, quiet])).toMatchObject({ passed: false, levelDb: -45 });
    expect(judge([leak], [leak])).toMatchObject({ passed: false, beforeDb: -45 });
  });

  it('[A41] proves nothing when nothing was measured', () => {
    expect(judge([quiet], [])).toMatchObject({ passed: false });
  });
});
