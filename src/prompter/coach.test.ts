// When a whisper is due: voices that begin and end, on a clock that is turned by hand.
import { describe, expect, it } from 'vitest';
import { Coach, WHISPER_EVERY_MS } from './coach.ts';

const began = { is: 'began' } as const;
const ended = (spokenMs: number) => ({ is: 'ended', spokenMs }) as const;

/** A coach who heard the person speak for so long, until `at`. */
function afterTurn(spokenMs: number, at: number): Coach {
  const coach = new Coach();
  coach.heard('person', began, at - spokenMs);
  coach.heard('person', ended(spokenMs), at);
  return coach;
}

describe('the machine coach', () => {
  it('[S7] whispers when nobody answered the person for some seconds, and says what it goes by', () => {
    const coach = afterTurn(5_000, 10_000);
    expect(coach.next(13_000)).toBeNull();
    const whisper = coach.next(13_600);
    expect(whisper?.line).toBe('feeling');
    expect(whisper?.basis).toContain('5 s');
    expect(whisper?.basis).toContain('4 s');
  });

  it('[S7] advises an open question where the person gave little', () => {
    expect(afterTurn(1_800, 10_000).next(14_000)?.line).toBe('open');
  });

  it('[S7] says nothing before the person spoke, nor when he was answered', () => {
    expect(new Coach().next(60_000)).toBeNull();
    const coach = afterTurn(5_000, 10_000);
    coach.heard('primary', began, 11_000);
    coach.heard('primary', ended(2_000), 13_000);
    expect(coach.next(30_000)).toBeNull();
  });

  it('[S7] says nothing while somebody speaks', () => {
    for (const voice of ['person', 'primary'] as const) {
      const coach = afterTurn(5_000, 10_000);
      coach.heard(voice, began, 12_000);
      expect(coach.next(20_000)).toBeNull();
      expect(coach.isSpeech).toBe(true);
    }
  });

  it('[S7] whispers once in 20 s at most, whatever there is to say', () => {
    const coach = afterTurn(5_000, 10_000);
    expect(coach.next(14_000)).not.toBeNull();
    const times: number[] = [];
    for (let now = 15_000; now < 120_000; now += 100) {
      if (now % 10_000 === 0) coach.heard('person', began, now);
      if (now % 10_000 === 2_000) coach.heard('person', ended(2_000), now);
      if (coach.next(now) !== null) times.push(now);
    }
    expect(times.length).toBeGreaterThan(2);
    for (const [i, at] of times.entries()) expect(at - (times[i - 1] ?? 14_000)).toBeGreaterThanOrEqual(WHISPER_EVERY_MS);
  });

  it('[S7] notices when the person was talked over, and a turn that was long', () => {
    const over = new Coach();
    over.heard('person', began, 0);
    over.heard('primary', began, 1_000);
    over.heard('person', ended(1_500), 1_500);
    over.heard('primary', ended(2_000), 3_000);
    expect(over.next(3_500)).toBeNull();
    expect(over.next(4_000)?.line).toBe('slow');
    const long = afterTurn(3_000, 5_000);
    long.heard('primary', began, 6_000);
    long.heard('primary', ended(18_000), 24_000);
    expect(long.next(25_000)).toMatchObject({ line: 'promise', basis: expect.stringContaining('18 s') });
  });
});
