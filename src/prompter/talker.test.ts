// What the machine says in the primary's seat, and when: on a clock that is turned by hand.
import { describe, expect, it } from 'vitest';
import { loadVoice } from '../caller/voice.ts';
import { LINES, Talker } from './talker.ts';

const began = { is: 'began' } as const;
const ended = { is: 'ended', spokenMs: 2_000 } as const;

describe('the machine in the primary’s seat', () => {
  it('[S10] begins by itself, and then goes on by turns', () => {
    const talker = new Talker(0, false);
    expect(talker.next(1_000)).toBeNull();
    expect(talker.next(1_500)).toBe(LINES[0]);
    talker.finished(5_000);
    talker.heard(began, 6_000);
    expect(talker.next(9_000)).toBeNull();
    talker.heard(ended, 9_000);
    expect(talker.next(10_000)).toBeNull();
    expect(talker.next(10_200)).toBe(LINES[1]);
  });

  it('[S10] lets the person finish before its first word', () => {
    const talker = new Talker(0, true);
    expect(talker.next(5_000)).toBeNull();
    talker.heard(ended, 5_000);
    expect(talker.next(6_500)).toBe(LINES[0]);
  });

  it('[S10] takes a whisper: says its next line when the key is let go, and nothing while it is held', () => {
    const talker = new Talker(0, false);
    talker.next(1_500);
    talker.finished(4_000);
    talker.whisper(true, 5_000);
    expect(talker.next(60_000)).toBeNull();
    talker.whisper(false, 61_000);
    expect(talker.next(61_400)).toBeNull();
    expect(talker.next(61_500)).toBe(LINES[1]);
  });

  it('[S10] waits long for who is silent, and never runs out of words', () => {
    const talker = new Talker(0, false);
    const said: string[] = [];
    for (let now = 0; said.length < LINES.length + 4; now += 100) {
      const line = talker.next(now);
      if (line === null) continue;
      talker.finished(now);
      expect(now - (said.length === 0 ? now : 12_000 * said.length)).toBeGreaterThanOrEqual(0);
      said.push(line);
    }
    expect(said.slice(0, LINES.length)).toEqual(LINES);
    expect(new Set(said.slice(LINES.length)).size).toBe(2);
  });

  it('[S10] has every line in its voice, in words that promise nothing', () => {
    const voice = loadVoice('negotiator');
    expect([...voice.keys()].sort()).toEqual([...LINES].sort());
    for (const { text } of voice.values()) expect(text).not.toMatch(/promise|must|have to|guarantee|will be (all right|fine|ok)/i);
  });
});
