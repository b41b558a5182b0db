// The scene's hands and ears on a call that is only switches, with time in the test's hand.
import { describe, expect, it } from 'vitest';
import type { Call } from './call.ts';
import { HandClock } from './hand-clock.ts';
import { makeMouth } from './mouth.ts';
import { makeStage, type StageEvent } from './stage.ts';

const MS = 2_000;
const voice = new Map([['a', { id: 'a', text: 'A.', ms: MS, packets: Array.from({ length: MS / 20 }, () => Uint8Array.of(1)) }]]);

function set() {
  const clock = new HandClock();
  const sent: number[] = [];
  const events: StageEvent[] = [];
  const mouth = makeMouth(clock, (packet) => sent.push(packet[0] as number));
  mouth.start();
  const state = { speechSinceMs: null as number | null, canTalk: true, isHeld: false, isOver: false };
  const call: Call = {
    mouth,
    ears: {
      isSpeech: () => state.speechSinceMs !== null,
      speakingMs: () => (state.speechSinceMs === null ? 0 : clock.now() - state.speechSinceMs),
    },
    canTalk: () => state.canTalk,
    isHeld: () => state.isHeld,
    isOver: () => state.isOver,
    hangUp: () => {},
    drop: () => {},
  };
  const stage = makeStage({ timing: clock, call, voice, onEvent: (event) => events.push(event) });
  /** What a promise gave, as soon as it gave it. */
  const watch = <T>(promise: Promise<T>) => {
    const seen: { value?: T; atMs?: number } = {};
    void promise.then((value) => {
      seen.value = value;
      seen.atMs = clock.now();
    });
    return seen;
  };
  return { clock, mouth, sent, events, state, stage, watch, spoken: () => sent.filter((byte) => byte === 1).length };
}

describe('on the stage', () => {
  it('[S2] a line is said whole and told', async () => {
    const { clock, events, stage, watch, spoken } = set();
    const said = watch(stage.say('a'));
    await clock.passAsync(MS + 200);
    expect(said.value).toBe('said');
    expect(spoken()).toBe(MS / 20);
    expect(events).toEqual([{ event: 'spoke', line: 'a', text: 'A.', ms: expect.any(Number) }]);
    expect(Math.abs((events[0] as { ms: number }).ms - MS)).toBeLessThanOrEqual(70);
  });

  it('[S2] a line waits until the other side has stopped', async () => {
    const { clock, state, stage, spoken } = set();
    state.speechSinceMs = 0;
    void stage.say('a');
    await clock.passAsync(5_000);
    expect(spoken()).toBe(0);
    state.speechSinceMs = null;
    await clock.passAsync(1_000);
    expect(spoken()).toBeGreaterThan(30);
  });

  it('[S3] a line is broken off when talked into for more than 0.6 s, and not for a short word', async () => {
    const { clock, state, events, stage, watch, spoken } = set();
    const said = watch(stage.say('a'));
    await clock.passAsync(400);
    state.speechSinceMs = clock.now();
    await clock.passAsync(500);
    state.speechSinceMs = null;
    await clock.passAsync(300);
    expect(said.value).toBeUndefined();
    state.speechSinceMs = clock.now();
    await clock.passAsync(750);
    expect(said.value).toBe('interrupted');
    const count = spoken();
    await clock.passAsync(1_000);
    expect(spoken()).toBe(count);
    expect(count).toBeLessThan(MS / 20);
    expect(events.map((one) => one.event)).toEqual(['interrupted']);
  });

  it('[S3] a line is broken off when the line is put on hold', async () => {
    const { clock, stage, watch, spoken, mouth } = set();
    const said = watch(stage.say('a'));
    await clock.passAsync(400);
    mouth.hush();
    await clock.passAsync(100);
    expect(said.value).toBe('interrupted');
    expect(spoken()).toBeLessThan(30);
  });

  it('[S2] silence is silence after the time asked for, not before', async () => {
    const { clock, stage, watch } = set();
    const heard = watch(stage.listen(8_000));
    await clock.passAsync(7_900);
    expect(heard.value).toBeUndefined();
    await clock.passAsync(200);
    expect(heard.value).toBe('silence');
  });

  it('[S2] an answer is waited for to its end, however long it takes to begin', async () => {
    const { clock, state, stage, watch } = set();
    const heard = watch(stage.listen(8_000));
    await clock.passAsync(7_000);
    state.speechSinceMs = clock.now();
    await clock.passAsync(20_000);
    expect(heard.value).toBeUndefined();
    state.speechSinceMs = null;
    await clock.passAsync(100);
    expect(heard.value).toBe('spoken');
  });

  it('[S3] while on hold or lost nothing is said, for as long as it takes', async () => {
    const { clock, state, stage, watch } = set();
    expect(await stage.untilHeard()).toBe(false);
    state.canTalk = false;
    const back = watch(stage.untilHeard());
    await clock.passAsync(600_000);
    expect(back.value).toBeUndefined();
    state.canTalk = true;
    await clock.passAsync(100);
    expect(back.value).toBe(true);
  });

  it('[S2] every wait ends when the call is over', async () => {
    const { clock, state, stage, watch } = set();
    state.canTalk = false;
    state.speechSinceMs = 0;
    const all = [stage.say('a'), stage.listen(8_000), stage.pause(9_000), stage.untilHeard()].map((one) => watch<unknown>(one));
    await clock.passAsync(200);
    state.isOver = true;
    await clock.passAsync(100);
    expect(all.map((one) => one.atMs !== undefined)).toEqual([true, true, true, true]);
    await expect(stage.say('no such line')).rejects.toThrow('no line');
  });
});
