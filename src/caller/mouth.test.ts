// Packets against a clock that the test turns.
import { describe, expect, it } from 'vitest';
import { HandClock } from './hand-clock.ts';
import { makeMouth } from './mouth.ts';
import { SILENCE } from './opus.ts';

function set() {
  const clock = new HandClock();
  const sent: { atMs: number; index: number; byte: number }[] = [];
  const mouth = makeMouth(clock, (packet, index) => sent.push({ atMs: clock.now(), index, byte: packet[0] as number }));
  return { clock, sent, mouth };
}
const line = (byte: number, count: number) => Array.from({ length: count }, () => Uint8Array.of(byte));

describe('the mouth', () => {
  it('[N40] sends a packet every 20 ms, silence too, and never drifts', () => {
    const { clock, sent, mouth } = set();
    clock.pass(1_000);
    expect(sent).toEqual([]);
    mouth.start();
    clock.pass(60_000);
    expect(sent.length).toBe(3_001);
    expect(sent.every((one, i) => one.index === i && one.atMs === 1_000 + i * 20 && one.byte === SILENCE[0])).toBe(true);
  });

  it('[N40] keeps its pace when timers come late, and makes no burst after a long stop', () => {
    const { clock, sent, mouth } = set();
    mouth.start();
    clock.pass(100);
    clock.jump(90);
    clock.pass(110);
    expect(sent.at(-1)?.index).toBe(15);
    expect(sent.map((one) => one.index)).toEqual(sent.map((_, i) => i));
    const before = sent.length;
    clock.jump(5_000);
    clock.pass(100);
    expect(sent.length - before).toBeLessThan(8);
    expect(sent.at(-1)?.index).toBe(270);
  });

  it('[S2] says lines one after the other, whole, and tells when each is said', async () => {
    const { clock, sent, mouth } = set();
    const told: string[] = [];
    mouth.start();
    void mouth.say(line(1, 3)).then((whole) => told.push(`first ${whole}`));
    void mouth.say(line(2, 2)).then((whole) => told.push(`second ${whole}`));
    expect(mouth.isSpeaking()).toBe(true);
    await clock.passAsync(200);
    expect(sent.slice(1, 6).map((one) => one.byte)).toEqual([1, 1, 1, 2, 2]);
    expect(sent.slice(6).every((one) => one.byte === SILENCE[0])).toBe(true);
    expect(told).toEqual(['first true', 'second true']);
    expect(mouth.isSpeaking()).toBe(false);
  });

  it('[S3] breaks off at once when hushed, and goes on in silence', async () => {
    const { clock, sent, mouth } = set();
    mouth.start();
    const said = mouth.say(line(1, 100));
    const never = mouth.say(line(2, 100));
    clock.pass(200);
    mouth.hush();
    const count = sent.length;
    clock.pass(200);
    expect(await said).toBe(false);
    expect(await never).toBe(false);
    expect(sent.slice(count).map((one) => one.byte)).toEqual(Array.from({ length: 10 }, () => SILENCE[0]));
  });

  it('[N40] sends nothing after it was stopped, and leaves no timer', async () => {
    const { clock, sent, mouth } = set();
    mouth.start();
    const said = mouth.say(line(1, 100));
    clock.pass(100);
    mouth.stop();
    const count = sent.length;
    clock.pass(1_000);
    expect(sent.length).toBe(count);
    expect(clock.waiting).toBe(0);
    expect(await said).toBe(false);
  });

  it('rests on what it is given in place of silence', () => {
    const clock = new HandClock();
    const bytes: number[] = [];
    const mouth = makeMouth(
      clock,
      (packet) => bytes.push(packet[0] as number),
      (function* (): Generator<Uint8Array, never> {
        for (let i = 0; ; i++) yield Uint8Array.of(i);
      })(),
    );
    mouth.start();
    clock.pass(40);
    mouth.hush();
    mouth.stop();
    mouth.start();
    clock.pass(20);
    expect(bytes).toEqual([0, 1, 2, 3, 4]);
  });
});
