// Properties of a listening slot's numbering over any order of sources.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packetOf } from '../memory/packets.ts';
import { FRAME_SAMPLES, SILENCE_20_MS } from './opus.ts';
import type { RtpOut } from './packet.ts';
import { SlotRewriter } from './rewriter.ts';
import { seqDistance, tsDistance } from './sequence.ts';

const start = fc.record({ seq: fc.integer({ min: 0, max: 0xffff }), ts: fc.integer({ min: 0, max: 0xffff_ffff }) });
/** What a slot is fed with, one after another: a source that sends some packets, or silence, after a pause. */
const stints = fc.array(
  fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'silence'),
    seq: fc.integer({ min: 0, max: 0xffff }),
    ts: fc.integer({ min: 0, max: 0xffff_ffff }),
    count: fc.integer({ min: 1, max: 20 }),
    pauseMs: fc.integer({ min: 0, max: 3_000 }),
  }),
  { minLength: 1, maxLength: 15 },
);

/** Feeds a slot without loss and returns what left it, with the time of each packet. */
function feed(
  begin: { seq: number; ts: number },
  plan: readonly { key: string; seq: number; ts: number; count: number; pauseMs: number }[],
) {
  const slot = new SlotRewriter(begin);
  const out: { packet: RtpOut; monoMs: number; first: boolean }[] = [];
  let monoMs = 1_000;
  for (const [index, stint] of plan.entries()) {
    monoMs += stint.pauseMs;
    for (let i = 0; i < stint.count; i++) {
      const source = packetOf({ seq: (stint.seq + i) & 0xffff, ts: (stint.ts + i * FRAME_SAMPLES) >>> 0 });
      const packet = stint.key === 'silence' ? slot.silence(SILENCE_20_MS, monoMs) : slot.forward(`${stint.key}/${index}`, source, monoMs);
      if (packet !== undefined) out.push({ packet, monoMs, first: i === 0 });
      monoMs += 20;
    }
  }
  return out;
}

describe('a slot', () => {
  it('[A6] numbers its packets one after another over any change of sources', () => {
    fc.assert(
      fc.property(start, stints, (begin, plan) => {
        const out = feed(begin, plan);
        expect(out.length).toBe(plan.reduce((sum, stint) => sum + stint.count, 0));
        for (let i = 1; i < out.length; i++) expect(seqDistance(out[i - 1]!.packet.seq, out[i]!.packet.seq)).toBe(1);
      }),
    );
  });

  it('[A6] its time stamps go on with the clock and never go back', () => {
    fc.assert(
      fc.property(start, stints, (begin, plan) => {
        const out = feed(begin, plan);
        for (let i = 1; i < out.length; i++) {
          const samples = tsDistance(out[i - 1]!.packet.ts, out[i]!.packet.ts);
          const elapsed = (out[i]!.monoMs - out[i - 1]!.monoMs) * 48;
          expect(samples).toBeGreaterThanOrEqual(FRAME_SAMPLES);
          expect(Math.abs(samples - elapsed)).toBeLessThanOrEqual(FRAME_SAMPLES / 2);
        }
      }),
    );
  });

  it('[A6] marks the first packet of each source and no other', () => {
    fc.assert(
      fc.property(start, stints, (begin, plan) => {
        const out = feed(begin, plan);
        const marked = out.filter((entry) => entry.packet.marker).length;
        expect(marked).toBe(plan.filter((stint) => stint.key !== 'silence').length);
      }),
    );
  });

  it('[A6] keeps the gap of a lost packet, and a late packet its own place', () => {
    const slot = new SlotRewriter({ seq: 10, ts: 0 });
    const at = (seq: number) => slot.forward('a', packetOf({ seq, ts: seq * 960 }), 1_000 + seq * 20);
    expect(at(1)?.seq).toBe(11);
    expect(at(4)).toMatchObject({ seq: 14, ts: 3 * 960 });
    expect(at(2)).toMatchObject({ seq: 12, ts: 960, marker: false });
    expect(at(5)?.seq).toBe(15);
  });

  it('[A6] drops a late packet of the time before its source came in', () => {
    const slot = new SlotRewriter({ seq: 10, ts: 0 });
    slot.forward('a', packetOf({ seq: 100 }), 1_000);
    slot.forward('b', packetOf({ seq: 50 }), 1_020);
    expect(slot.forward('b', packetOf({ seq: 49 }), 1_021)).toBeUndefined();
    expect(slot.forward('b', packetOf({ seq: 51, ts: 1_920 }), 1_040)?.seq).toBe(13);
  });

  it('[A6] goes on without a jump when a sender begins its numbers anew', () => {
    const slot = new SlotRewriter({ seq: 10, ts: 0 });
    slot.forward('a', packetOf({ seq: 100, ts: 5_000 }), 1_000);
    expect(slot.forward('a', packetOf({ seq: 40_000, ts: 9_000_000 }), 1_020)).toMatchObject({ seq: 12, ts: 960, marker: true });
  });
});
