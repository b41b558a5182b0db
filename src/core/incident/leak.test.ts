// When a leak test is due. Commands and entries of leaks are tested in gear.test.ts, with the call that they belong to.
import { describe, expect, it } from 'vitest';
import { isLeakTestDue } from './leak.ts';

const gear = { anna: { output: 'headset', label: 'Box', by: 'person', echo: false, confirmed: false } } as const;
const tested = (passed: boolean, label = 'Box') => ({
  gear,
  leak: { tests: { anna: { at: 100, passed, label, levelDb: -90, beforeDb: -90 } }, suspected: [] },
});

describe('a leak test', () => {
  it('[A41] is due before each call, after a failure, and with other gear', () => {
    expect(isLeakTestDue({ gear, leak: { tests: {}, suspected: [] } }, 'anna', 0)).toBe(true);
    expect(isLeakTestDue(tested(true), 'anna', 0)).toBe(false);
    expect(isLeakTestDue(tested(true), 'anna', 101)).toBe(true);
    expect(isLeakTestDue(tested(false), 'anna', 0)).toBe(true);
    expect(isLeakTestDue(tested(true, 'Other'), 'anna', 0)).toBe(true);
  });
});
