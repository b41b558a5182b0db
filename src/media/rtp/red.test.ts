// Redundant sound: bytes there and back, and what single losses do to it on the way in and on the way out.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packetOf } from '../memory/packets.ts';
import { Listener } from '../routing/listener.ts';
import { SILENCE_20_MS } from './opus.ts';
import type { RtpIn, RtpOut } from './packet.ts';
import { readRed, spreadRed, writeRed } from './red.ts';
import { ReorderWindow } from './reorder.ts';
import { ReplayFilter } from './replay.ts';

const OPUS = 111;
const frame = fc.uint8Array({ minLength: 1, maxLength: 1_100 });
/** A frame that tells which one it is. */
const numbered = (n: number, extra = 0): Uint8Array => Uint8Array.of(0x78, n >> 8, n & 0xff, ...new Uint8Array(extra));
const numberOf = (payload: Uint8Array): number => ((payload[1] ?? 0) << 8) | (payload[2] ?? 0);

/** Which of `count` packets are lost: never two in a row, and not the last, after which nothing could bring it back. */
const singleLosses = (count: number) =>
  fc.array(fc.boolean(), { minLength: count, maxLength: count }).map((wish) => {
    const lost = wish.map(() => false);
    for (let i = 0; i < count - 1; i++) lost[i] = wish[i] === true && lost[i - 1] !== true;
    return lost;
  });

/** Redundant packets as a browser sends them: each carries the one before. */
function sentBy(count: number, firstSeq: number, firstTs: number): RtpIn[] {
  return Array.from({ length: count }, (_, i) => {
    const before = i === 0 ? undefined : { payload: numbered(i - 1), backSamples: 960 };
    const place = { seq: (firstSeq + i) & 0xffff, ts: (firstTs + i * 960) >>> 0, arrivalMonoMs: i * 20 };
    return packetOf({ ...place, payload: writeRed(OPUS, numbered(i), before) });
  });
}

/** What the leg lets through. */
function through(packets: readonly RtpIn[]): RtpIn[] {
  const filter = new ReplayFilter();
  return packets.flatMap((packet) => spreadRed(packet, OPUS)).filter(({ seq }) => filter.accept(seq));
}

describe('a redundant packet', () => {
  it('[R30] is read as it was written', () => {
    fc.assert(
      fc.property(frame, frame, fc.integer({ min: 1, max: 20_000 }), (primary, payload, backSamples) => {
        const read = readRed(writeRed(OPUS, primary, { payload, backSamples }), OPUS);
        const fits = payload.length <= 1_023 && backSamples <= 16_383;
        expect(read).toEqual({ primary, copies: fits ? [{ payload, backSamples }] : [] });
      }),
    );
  });

  it('[R30] has the bytes of RFC 2198', () => {
    // F=1 type 111, 960 back, 2 bytes; F=0 type 111; the copy; the frame.
    expect([...writeRed(OPUS, Uint8Array.of(7, 8, 9), { payload: Uint8Array.of(5, 6), backSamples: 960 })]).toEqual([
      0xef, 0x0f, 0x00, 0x02, 0x6f, 5, 6, 7, 8, 9,
    ]);
  });

  it('[R30] gives several copies their numbers and times, oldest first, over the wrap', () => {
    const bytes = Uint8Array.of(0xef, 0x1e, 0x00, 0x01, 0xef, 0x0f, 0x00, 0x01, 0x6f, 1, 2, 3);
    const spread = spreadRed(packetOf({ seq: 1, ts: 960, payload: bytes }), OPUS);
    expect(spread.map(({ seq, ts, payload, isCopy }) => [seq, ts, [...payload], isCopy])).toEqual([
      [0xffff, 2 ** 32 - 960, [1], true],
      [0, 0, [2], true],
      [1, 960, [3], undefined],
    ]);
  });

  it('[R30] is dropped whole when it is damaged, and its copies of another kind are left out', () => {
    const whole = writeRed(OPUS, Uint8Array.of(9), { payload: Uint8Array.of(5, 6), backSamples: 960 });
    for (let length = 0; length < whole.length; length++)
      expect(spreadRed(packetOf({ payload: whole.subarray(0, length) }), OPUS)).toEqual([]);
    expect(spreadRed(packetOf({ payload: Uint8Array.of(0, 1, 2) }), OPUS)).toEqual([]);
    const other = Uint8Array.from(whole);
    other[0] = 0x80 | 13;
    expect(spreadRed(packetOf({ payload: other }), OPUS).map(({ payload }) => [...payload])).toEqual([[9]]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (payload) => {
        for (const one of spreadRed(packetOf({ payload }), OPUS)) expect(one.payload.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a lost packet of a redundant stream', () => {
  it('[R31] is no lost sound on the way in, as long as no two are lost in a row', () => {
    const start = fc.record({ seq: fc.integer({ min: 0, max: 0xffff }), ts: fc.integer({ min: 0, max: 0xffff_ffff }) });
    fc.assert(
      fc.property(singleLosses(60), start, (lost, { seq, ts }) => {
        lost[0] = false; // what came before the first packet is nobody's
        const came = through(sentBy(60, seq, ts).filter((_, i) => !lost[i]));
        expect(came.map(({ payload }) => numberOf(payload))).toEqual(Array.from({ length: 60 }, (_, i) => i));
        const window = new ReorderWindow<RtpIn>(() => undefined);
        const ordered = [...came.flatMap((packet) => window.push(packet)), ...window.flush()];
        expect(ordered.reduce((sum, one) => sum + one.lost, 0)).toBe(0);
        expect(ordered.map(({ packet }) => (packet.ts - ts) >>> 0)).toEqual(Array.from({ length: 60 }, (_, i) => i * 960));
      }),
    );
  });

  it('[R31] two in a row cost one frame, and what was only late is taken once', () => {
    const sent = sentBy(10, 100, 0);
    expect(through(sent.filter((_, i) => i !== 4 && i !== 5)).map(({ payload }) => numberOf(payload))).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9]);
    const swapped = [...sent.slice(0, 4), sent[5] as RtpIn, sent[4] as RtpIn, ...sent.slice(6)];
    expect(through(swapped).map(({ payload }) => numberOf(payload))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('[R31] is no lost sound on the way out either, after a loss on the way in', () => {
    fc.assert(
      fc.property(singleLosses(40), singleLosses(40), (lostIn, lostOut) => {
        lostIn[0] = false;
        lostOut[0] = false;
        const sent: RtpOut[] = [];
        const listener = listening(sent);
        for (const packet of through(sentBy(40, 65_520, 7).filter((_, i) => !lostIn[i])))
          listener.forward('a', 'a/1', packet, packet.arrivalMonoMs);
        expect(sent).toHaveLength(40);
        const onTheWire = sent.map((out) => packetOf({ seq: out.seq, ts: out.ts, payload: writeRed(OPUS, out.payload, out.before) }));
        const heard = through(onTheWire.filter((_, i) => !lostOut[i]));
        expect(heard.map(({ payload }) => numberOf(payload))).toEqual(Array.from({ length: 40 }, (_, i) => i));
      }),
    );
  });
});

/** A listener with one slot that 'a' feeds from the start. */
function listening(sent: RtpOut[]): Listener {
  const listener = new Listener({ warm: true, random: () => 0.5, send: (_, packet) => sent.push(packet) > 0 });
  listener.resize(1, 0);
  listener.openFor(['a'], [null], 0);
  return listener;
}

describe('copies and changes of who is heard', () => {
  it('[A30] no packet after a change carries a copy of a voice that was taken out', () => {
    const stints = fc.array(fc.record({ source: fc.constantFrom('a', 'b', null), count: fc.integer({ min: 0, max: 5 }) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(stints, (plan) => {
        const sent: RtpOut[] = [];
        const listener = new Listener({ warm: true, random: () => 0.5, send: (_, packet) => sent.push(packet) > 0 });
        listener.resize(1, 0);
        const seqs = { a: 0, b: 30_000 };
        let nowMs = 0;
        for (const { source, count } of plan) {
          const before = listener.plan;
          const until = sent.length;
          listener.closeFor([source], nowMs);
          listener.openFor([source], before, nowMs);
          for (let i = 0; i < count; i++) {
            nowMs += 20;
            // Both talk all the time; only one is let through.
            for (const name of ['a', 'b'] as const) {
              seqs[name] += 1;
              const seq = seqs[name];
              const payload = Uint8Array.of(0x78, name.charCodeAt(0), 1);
              listener.forward(name, `${name}/1`, packetOf({ seq, ts: seq * 960, payload }), nowMs);
            }
            listener.tick(nowMs);
          }
          const copied = sent.slice(until).flatMap(({ before: copy }) => (copy === undefined ? [] : [copy.payload]));
          for (const payload of copied) expect(String.fromCharCode(payload[1] ?? 0)).toBe(source);
        }
      }),
    );
  });

  it('[A30] silence carries no copy, and the first packet after it neither', () => {
    const sent: RtpOut[] = [];
    const listener = listening(sent);
    for (let i = 1; i <= 3; i++) listener.forward('a', 'a/1', packetOf({ seq: i, ts: i * 960, payload: numbered(i) }), i * 20);
    listener.closeFor([null], 60);
    listener.tick(80);
    listener.openFor(['b'], [null], 90);
    listener.forward('b', 'b/1', packetOf({ seq: 9, ts: 0, payload: numbered(9) }), 100);
    listener.forward('b', 'b/1', packetOf({ seq: 10, ts: 960, payload: numbered(10) }), 120);
    expect(sent.map(({ payload, before }) => [payload === SILENCE_20_MS, before === undefined ? null : numberOf(before.payload)])).toEqual([
      [false, null],
      [false, 1],
      [false, 2],
      [true, null],
      [false, null],
      [false, 9],
    ]);
  });

  it('[A30] a copy of a moment before an edge opened is not let through by it', () => {
    const sent: RtpOut[] = [];
    const listener = listening(sent);
    const late = packetOf({ seq: 5, ts: 4_800, payload: numbered(5), isCopy: true });
    listener.forward('a', 'a/1', late, 0);
    listener.forward('a', 'a/1', packetOf({ seq: 6, ts: 5_760, payload: numbered(6) }), 0);
    listener.forward('a', 'a/1', packetOf({ seq: 7, ts: 6_720, payload: numbered(7), isCopy: true }), 20);
    expect(sent.map(({ payload }) => numberOf(payload))).toEqual([6, 7]);
  });
});
