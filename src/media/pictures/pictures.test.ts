// The parts of pictures: gaps in a stream, one slot's numbering, whole pictures, and the little of VP8 and H.264 that is read.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyData, pictureOf } from '../memory/pictures.ts';
import { seqDistance, tsDistance } from '../rtp/sequence.ts';
import { avcConfiguration, h264Nals, h264Size, opensKeyframe, vp8Body } from './codec.ts';
import { FrameAssembler } from './frames.ts';
import { Gaps, GIVE_UP_MS } from './gaps.ts';
import { KEYFRAME_EVERY_MS, KeyframeAsks } from './keyframes.ts';
import { PictureRewriter } from './rewriter.ts';

describe('gaps in a camera stream', () => {
  it('[P41] asks for what is missing after a moment, again while it stays away, and gives it up in the end', () => {
    const gaps = new Gaps();
    for (const seq of [65_534, 65_535, 2, 3]) expect(gaps.accept(seq, 0)).toBe(true);
    expect(gaps.ask(5)).toEqual([]);
    expect(gaps.ask(10)).toEqual([0, 1]);
    expect(gaps.ask(30)).toEqual([]);
    expect(gaps.accept(1, 40)).toBe(true);
    expect(gaps.accept(1, 41)).toBe(false);
    expect(gaps.ask(80)).toEqual([0]);
    expect(gaps.takeFinal()).toBe(false);
    expect(gaps.ask(GIVE_UP_MS)).toEqual([]);
    expect([gaps.takeFinal(), gaps.takeFinal()]).toEqual([true, false]);
    expect(gaps.accept(0, 500)).toBe(false);
  });

  it('[P41] lets each number through once, in any order, and asks for no number that came', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 120 }), (base, steps) => {
        const gaps = new Gaps();
        gaps.accept(base, 0);
        const came = new Set<number>([base]);
        for (const step of steps) {
          const seq = (base + step) & 0xffff;
          expect(gaps.accept(seq, 0)).toBe(!came.has(seq));
          came.add(seq);
        }
        expect(gaps.ask(20).filter((seq) => came.has(seq))).toEqual([]);
      }),
    );
  });

  it('[P41] rather wants a key picture than very many packets', () => {
    const gaps = new Gaps();
    gaps.accept(1, 0);
    gaps.accept(900, 0);
    expect(gaps.ask(20)).toEqual([]);
    expect(gaps.takeFinal()).toBe(true);
  });
});

describe('asks for key pictures', () => {
  it('[P42] go out at once, and then no more often than the limit, but none is forgotten', () => {
    const asks = new KeyframeAsks();
    expect(asks.want(0)).toBe(true);
    expect(asks.want(10)).toBe(false);
    expect(asks.due(KEYFRAME_EVERY_MS - 1)).toBe(false);
    expect(asks.due(KEYFRAME_EVERY_MS)).toBe(true);
    expect(asks.due(5_000)).toBe(false);
  });
});

describe('a viewing slot', () => {
  it('[A21] begins each camera with a key picture, and is one unbroken stream over all of them', () => {
    const stints = fc.array(
      fc.record({ waits: fc.nat(3), pictures: fc.integer({ min: 1, max: 9 }), seq: fc.nat(0xffff), ts: fc.nat(0xffff_ffff) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(stints, (plan) => {
        const slot = new PictureRewriter({ seq: 65_530, ts: 4_294_967_000 });
        let now = 0;
        const out = plan.flatMap(({ waits, pictures, seq, ts }, camera) =>
          Array.from({ length: waits + pictures }, (_, i) => {
            now += 33;
            const packet = pictureOf({ seq: (seq + i) & 0xffff, ts: (ts + i * 3_000) >>> 0, key: i === waits });
            const sent = slot.forward(`camera-${camera}`, packet, now);
            expect(sent === undefined).toBe(i < waits);
            return sent;
          }).filter((sent) => sent !== undefined),
        );
        for (let i = 1; i < out.length; i++) {
          expect(seqDistance(out[i - 1]!.seq, out[i]!.seq)).toBe(1);
          expect(tsDistance(out[i - 1]!.ts, out[i]!.ts)).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('[A21] gives a late packet its own place, and drops what is older than its key picture', () => {
    const slot = new PictureRewriter({ seq: 0, ts: 0 });
    expect(slot.forward('a', pictureOf({ seq: 100, key: true }), 0)?.seq).toBe(1);
    expect(slot.forward('a', pictureOf({ seq: 103 }), 0)?.seq).toBe(4);
    expect(slot.forward('a', pictureOf({ seq: 102 }), 0)?.seq).toBe(3);
    expect(slot.forward('a', pictureOf({ seq: 99 }), 0)).toBeUndefined();
  });
});

describe('whole pictures', () => {
  it('[R20] are put together from their packets, and dropped after a loss until the next key picture', () => {
    const frames = new FrameAssembler();
    expect(frames.push(pictureOf({ ts: 1 }))).toBeUndefined();
    const head = pictureOf({ ts: 2, key: true, marker: false });
    expect(frames.push(head)).toBeUndefined();
    const tail = { ...pictureOf({ ts: 2 }), payload: Uint8Array.of(0x00, 9, 9) };
    expect(frames.push(tail)).toMatchObject({ key: true, format: { codec: 'vp8', width: 320, height: 240 } });
    expect(frames.push(pictureOf({ ts: 3 }))?.key).toBe(false);
    frames.broken();
    expect(frames.push(pictureOf({ ts: 4 }))).toBeUndefined();
    expect(frames.push(pictureOf({ ts: 5, key: true }))?.key).toBe(true);
  });

  it('[R20] a descriptor of any form is left out of the data', () => {
    const forms = [[0x10], [0x90, 0x80, 0x11], [0x90, 0x80, 0x91, 0x22], [0x90, 0xe0, 0x91, 0x22, 1, 2], [0x90, 0x20, 7]];
    for (const form of forms) {
      const payload = Uint8Array.of(...form, ...keyData());
      expect(vp8Body(payload)).toEqual({ opens: true, bytes: keyData() });
      expect(opensKeyframe('vp8', payload)).toBe(true);
    }
    expect(vp8Body(Uint8Array.of(0x90, 0x80))).toBeUndefined();
  });

  it('[R20] H.264 in single, joined and split units becomes one picture with its settings', () => {
    const sps = Uint8Array.of(0x67, 0x42, 0xc0, 0x1f, 0x8c, 0x8d, 0x40, 0x50, 0x1e, 0xd0, 0x0f, 0x08, 0x84, 0x6a);
    const pps = Uint8Array.of(0x68, 0xce, 0x3c, 0x80);
    const joined = Uint8Array.of(24, 0, sps.length, ...sps, 0, pps.length, ...pps);
    const parts = [joined, Uint8Array.of(0x7c, 0x85, 1, 2), Uint8Array.of(0x7c, 0x45, 3)];
    expect(h264Nals(parts)?.map((nal) => [...nal])).toEqual([[...sps], [...pps], [0x65, 1, 2, 3]]);
    expect(h264Nals(parts.slice(0, 2))).toBeUndefined();
    expect(opensKeyframe('h264', joined)).toBe(true);
    expect(opensKeyframe('h264', parts[1]!)).toBe(false);
    expect([...avcConfiguration(sps, pps).subarray(0, 6)]).toEqual([1, 0x42, 0xc0, 0x1f, 0xff, 0xe1]);
    expect(h264Size(sps)).toMatchObject({ width: 640, height: 480 });
    const frames = new FrameAssembler();
    const out = parts.map((payload, i) => frames.push({ ...pictureOf({ marker: i === 2 }), codec: 'h264', payload }));
    expect(out[2]).toMatchObject({ key: true, format: { codec: 'h264', width: 640, height: 480 } });
  });
});
