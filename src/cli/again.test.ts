// Which ends are crashes, and how long the pause is.
import { describe, expect, it } from 'vitest';
import { EXIT_SETTINGS } from '../protocol/limits.ts';
import { afterEnd, type Ended } from './again.ts';

const crash: Ended = { code: null, signal: 'SIGKILL', wasReady: true, wasReadyOnce: true, isStopping: false, failures: 0 };

describe('a server that ended', () => {
  it('[N100] is started again at once after a crash, by a signal or by itself', () => {
    for (const end of [crash, { ...crash, code: 1, signal: null }])
      expect(afterEnd(end)).toEqual({ do: 'again', pauseMs: 50, failures: 0 });
  });

  it('[N101] stays ended when it was asked to end, ended in order, or has a setting that cannot be used', () => {
    expect(afterEnd({ ...crash, isStopping: true })).toEqual({ do: 'end', code: 0 });
    expect(afterEnd({ ...crash, code: 0, signal: null })).toEqual({ do: 'end', code: 0 });
    expect(afterEnd({ ...crash, code: EXIT_SETTINGS, signal: null })).toEqual({ do: 'end', code: EXIT_SETTINGS });
    expect(afterEnd({ ...crash, code: 1, signal: null, wasReady: false, wasReadyOnce: false })).toEqual({ do: 'end', code: 1 });
  });

  it('[N102] waits longer after each start that came to nothing, five seconds at most, and gives up after twenty', () => {
    const pauses: number[] = [];
    for (let failures = 0; ; ) {
      const next = afterEnd({ ...crash, wasReady: false, failures });
      if (next.do === 'end') break;
      pauses.push(next.pauseMs);
      failures = next.failures;
      expect(pauses.length).toBeLessThan(50);
    }
    expect(pauses.slice(0, 4)).toEqual([100, 200, 400, 800]);
    expect(Math.max(...pauses)).toBe(5_000);
    expect(pauses.length).toBe(19);
  });
});
