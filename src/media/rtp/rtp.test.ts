// The small parts of RTP: wrapping numbers, lengths of Opus packets, silence, the reorder window, the replay window.
import { Decoder } from '@evan/opus';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packetOf, tonePackets } from '../memory/packets.ts';
import { packetSamples, silenceFor } from './opus.ts';
import type { RtpIn } from './packet.ts';
import { REORDER_WINDOW_MS, ReorderWindow } from './reorder.ts';
import { ReplayFilter } from './replay.ts';
import { seqAdd, seqDistance, tsAdd, tsDistance } from './sequence.ts';

describe('wrapping numbers', () => {
  it('[R2] distance undoes addition, over the wrap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: -32_000, max: 32_000 }), (a, by) => {
        expect(seqDistance(a, seqAdd(a, by))).toBe(by);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }), (a, by) => {
        expect(tsDistance(a, tsAdd(a, by))).toBe(by);
      }),
    );
  });
});

describe('the length of an Opus packet', () => {
  it('[R2] is what a decoder makes of it', () => {
    const decoder = new Decoder({ channels: 1, sample_rate: 48_000 });
    for (const packet of [...tonePackets(440, 3), ...[...silenceFor(960 + 480 + 240 + 120)].map((entry) => entry.payload)]) {
      expect(packetSamples(packet)).toBe(decoder.decode(packet).byteLength / 2);
    }
  });

  it('[R2] counts the frames of every packing, and refuses what is none', () => {
    expect(packetSamples(Uint8Array.of(0x78 | 1, 0))).toBe(1_920); // hybrid 20 ms, two frames
    expect(packetSamples(Uint8Array.of(0x08 | 3, 3))).toBe(2_880); // SILK 20 ms, three frames
    expect(packetSamples(Uint8Array.of(0x18))).toBe(2_880); // SILK 60 ms
    expect(packetSamples(Uint8Array.of())).toBeUndefined();
    expect(packetSamples(Uint8Array.of(0xfb, 0))).toBeUndefined();
    expect(packetSamples(Uint8Array.of(0xfb, 63))).toBeUndefined(); // longer than 120 ms
  });
});

describe('silence', () => {
  it('[R2] fills a hole to 2.5 ms and is really silent', () => {
    const decoder = new Decoder({ channels: 1, sample_rate: 48_000 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (samples) => {
        const filled = [...silenceFor(samples)].reduce((sum, entry) => sum + entry.samples, 0);
        expect(samples - filled).toBeGreaterThanOrEqual(0);
        expect(samples - filled).toBeLessThan(120);
      }),
    );
    for (const { payload, samples } of silenceFor(1_800)) {
      const pcm = decoder.decode(payload);
      expect(pcm.byteLength / 2).toBe(samples);
      expect(Math.max(...pcm)).toBe(0);
    }
  });
});

describe('the reorder window', () => {
  /** Numbers from a window in the order they come out, when they come in so. */
  const through = (seqs: readonly number[], stepMs = 20): { out: number[]; lost: number; late: number } => {
    let late = 0;
    const window = new ReorderWindow<RtpIn>(() => {
      late += 1;
    });
    const passed = seqs.flatMap((seq, i) => {
      const now = 1_000 + i * stepMs;
      return [...window.push(packetOf({ seq, arrivalMonoMs: now })), ...window.tick(now)];
    });
    const all = [...passed, ...window.flush()];
    return { out: all.map((entry) => entry.packet.seq), lost: all.reduce((sum, entry) => sum + entry.lost, 0), late };
  };

  it('[R2] passes what is in order at once', () => {
    const window = new ReorderWindow<RtpIn>(() => undefined);
    for (let seq = 65_530; seq < 65_545; seq++) expect(window.push(packetOf({ seq: seq & 0xffff }))).toHaveLength(1);
  });

  it('[R2] gives every packet once and in order when they are mixed up by less than the window', () => {
    const order = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(order, (shifts) => {
        const seqs = shifts.map((shift, i) => ({ seq: i, at: i + shift })).sort((a, b) => a.at - b.at || a.seq - b.seq);
        const { out, lost, late } = through([0, ...seqs.map(({ seq }) => seq + 1)]);
        expect(out).toEqual(Array.from({ length: 31 }, (_, i) => i));
        expect(lost + late).toBe(0);
      }),
    );
  });

  it('[R2] waits at most 200 ms for a missing packet, counts it, and sets it aside when it comes after all', () => {
    const seqs = [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 3];
    expect(through(seqs)).toEqual({ out: [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17], lost: 1, late: 1 });
    const window = new ReorderWindow<RtpIn>(() => undefined);
    window.push(packetOf({ seq: 1, arrivalMonoMs: 0 }));
    expect(window.push(packetOf({ seq: 3, arrivalMonoMs: 40 }))).toEqual([]);
    expect(window.tick(40 + REORDER_WINDOW_MS)).toEqual([]);
    expect(window.tick(41 + REORDER_WINDOW_MS)).toHaveLength(1);
  });

  it('[R2] takes a far jump as a new beginning, not as loss', () => {
    expect(through([1, 2, 40_000, 40_001])).toEqual({ out: [1, 2, 40_000, 40_001], lost: 0, late: 0 });
  });
});

describe('the replay window', () => {
  it('[A6] lets each number through once, in any order within the window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 100 }), (base, offsets) => {
        const filter = new ReplayFilter();
        filter.accept(base);
        const seen = new Set<number>([0]);
        for (const offset of offsets) {
          expect(filter.accept((base + offset) & 0xffff)).toBe(!seen.has(offset));
          seen.add(offset);
        }
      }),
    );
  });

  it('[A6] refuses what is too old to tell, and begins anew after a jump', () => {
    const filter = new ReplayFilter();
    for (let seq = 0; seq <= 100; seq++) filter.accept(seq);
    expect(filter.accept(36)).toBe(false);
    expect(filter.accept(30_000)).toBe(true);
    expect(filter.accept(30_000)).toBe(false);
  });
});
