// What leaves the caller: one packet every 20 ms, for ever, paced by the clock and not by timers. A line, a tone, or silence.
import { FRAME_MS, SILENCE } from './opus.ts';
import type { Timing } from './timing.ts';

/** A packet and its place in time: `index` counts frames of 20 ms since the start, gaps included. */
export type SendFrame = (packet: Uint8Array, index: number) => void;

/** What speaks, from `start` to `stop` without a gap. */
export interface Mouth {
  start(): void;
  stop(): void;
  /** Says these packets, after what is being said. True when all were sent, false when it was hushed before the end. */
  say(packets: Iterable<Uint8Array>): Promise<boolean>;
  /** Breaks off, and forgets what waits. */
  hush(): void;
  isSpeaking(): boolean;
}

/** After a longer stop of the whole process what was missed is skipped, so that a burst does not follow. */
const MOST_LATE_FRAMES = 10;

function* silence(): Generator<Uint8Array, never> {
  for (;;) yield SILENCE;
}

interface Utterance {
  readonly packets: Iterator<Uint8Array>;
  readonly done: (whole: boolean) => void;
}

/** Makes a mouth; nothing is sent before `start`. @param rest what is sent while nothing is said: silence, or a tone */
export function makeMouth(timing: Timing, send: SendFrame, rest: Iterator<Uint8Array, never> = silence()): Mouth {
  const waiting: Utterance[] = [];
  let startedMs = 0;
  let index = 0;
  let isOn = false;
  let stopTimer: () => void = () => {};

  const nextPacket = (): Uint8Array => {
    for (let now = waiting[0]; now !== undefined; now = waiting[0]) {
      const { done, value } = now.packets.next();
      if (done !== true) return value;
      waiting.shift();
      now.done(true);
    }
    return rest.next().value;
  };

  const beat = () => {
    const due = Math.floor((timing.now() - startedMs) / FRAME_MS);
    if (due - index > MOST_LATE_FRAMES) index = due;
    for (; index <= due && isOn; index++) send(nextPacket(), index);
    if (isOn) stopTimer = timing.after(Math.max(1, startedMs + index * FRAME_MS - timing.now()), beat);
  };

  const hush = () => {
    for (const { done } of waiting.splice(0)) done(false);
  };

  return {
    start: () => {
      if (isOn) return;
      isOn = true;
      startedMs = timing.now();
      index = 0;
      beat();
    },
    stop: () => {
      isOn = false;
      stopTimer();
      hush();
    },
    say: (packets) => new Promise((done) => waiting.push({ packets: packets[Symbol.iterator](), done })),
    hush,
    isSpeaking: () => waiting.length > 0,
  };
}
