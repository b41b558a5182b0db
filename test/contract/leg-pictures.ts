// What every transport must do with pictures, run on the fake and on the WebRTC engine with a far end across a real socket.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PictureIn } from '../../src/media/pictures/packet.ts';
import type { LegTransport, PictureFeedback, TransportOptions } from '../../src/media/transports/transport.ts';
import type { FarPicture } from './picture-peer.ts';

/** The far end of one transport. */
export interface PictureFar {
  readonly sdp: string;
  /** Takes the answer; resolved when connected. */
  accept(answerSdp: string): Promise<void>;
  /** Its camera sends this packet. */
  send(packet: { seq: number; ts: number; marker: boolean; payload: Uint8Array }): void;
  complainKeyframe(slot: number): Promise<void>;
  complainAgain(slot: number, seqs: number[]): Promise<void>;
  readonly received: readonly FarPicture[];
  readonly askedAgain: readonly number[];
  keyframesAsked(): number;
  leave(): Promise<void>;
}

export interface PictureKit {
  transport(allowed: TransportOptions): LegTransport;
  far(transport: LegTransport, given: { camera: boolean; see: number }): Promise<PictureFar>;
}

/** A VP8 payload: descriptor of a first packet, then the start of a key picture of 320 x 240. */
export const keyPayload = (mark = 0): Uint8Array => Uint8Array.of(0x10, 0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 1, 0xf0, 0, mark);

/** Runs the contract. */
export function legPicturesContract(name: string, kit: PictureKit): void {
  describe(`${name} keeps the contract of pictures`, () => {
    let transport: LegTransport;
    let far: PictureFar | undefined;
    const packets: PictureIn[] = [];
    const feedback: PictureFeedback[] = [];

    const meet = async (allowed: Omit<TransportOptions, 'hearSlots'>, given: { camera: boolean; see: number }): Promise<PictureFar> => {
      transport = kit.transport({ hearSlots: 0, ...allowed });
      transport.onPicture((packet) => packets.push(packet));
      transport.onFeedback((entry) => feedback.push(entry));
      far = await kit.far(transport, given);
      await far.accept(await transport.answer(far.sdp));
      await vi.waitUntil(() => transport.state === 'connected', { timeout: 5_000, interval: 5 });
      return far;
    };
    const watch = async (slots = 2): Promise<PictureFar> => {
      const end = await meet({ seeSlots: slots }, { camera: false, see: slots });
      for (let slot = 0; slot < slots; slot++)
        transport.sendPicture(slot, { seq: 1, ts: 0, marker: true, payload: keyPayload(slot), codec: 'vp8' });
      await vi.waitUntil(() => end.received.length >= slots, { timeout: 3_000, interval: 5 });
      return end;
    };
    beforeEach(() => {
      packets.length = 0;
      feedback.length = 0;
      far = undefined;
    });
    afterEach(async () => {
      transport.close();
      await far?.leave();
    });

    it('[P40] knows after its answer whether there is a camera and how many can be seen', async () => {
      await meet({ camera: true }, { camera: true, see: 0 });
      expect([transport.camera, transport.seeSlotCount, transport.hasMic, transport.slotCount]).toEqual(['vp8', 0, false, 0]);
      transport.close();
      await far?.leave();
      transport = kit.transport({ hearSlots: 0, seeSlots: 2 });
      far = await kit.far(transport, { camera: false, see: 3 });
      await transport.answer(far.sdp);
      expect([transport.camera, transport.seeSlotCount]).toEqual([undefined, 2]);
    });

    it('[R20] gives every packet of the camera whole, with its mark and its time', async () => {
      const end = await meet({ camera: true }, { camera: true, see: 0 });
      for (let i = 0; i < 40; i++) end.send({ seq: 65_520 + i, ts: 3_000 * (i >> 1), marker: i % 2 === 1, payload: keyPayload(i) });
      await vi.waitUntil(() => packets.length >= 40, { timeout: 3_000, interval: 5 });
      expect(packets.map((packet) => packet.seq)).toEqual(Array.from({ length: 40 }, (_, i) => (65_520 + i) & 0xffff));
      expect(packets.every((packet, i) => packet.marker === (i % 2 === 1) && packet.ts === 3_000 * (i >> 1))).toBe(true);
      expect(packets.every((packet, i) => packet.payload[11] === i && packet.codec === 'vp8')).toBe(true);
    });

    it('[A20] sends each picture by the slot that it is told', async () => {
      const end = await watch(2);
      for (let i = 0; i < 10; i++)
        expect(transport.sendPicture(i % 2, { seq: 10 + i, ts: 9 * i, marker: i > 7, payload: keyPayload(i % 2), codec: 'vp8' })).toBe(
          true,
        );
      await vi.waitUntil(() => end.received.length >= 12, { timeout: 3_000, interval: 5 });
      expect(end.received.every((packet) => packet.payload[11] === packet.slot)).toBe(true);
      expect(transport.sendPicture(5, { seq: 1, ts: 0, marker: true, payload: keyPayload(), codec: 'vp8' })).toBe(false);
    });

    it('[P41] asks the camera for a key picture and for lost packets', async () => {
      const end = await meet({ camera: true }, { camera: true, see: 0 });
      end.send({ seq: 7, ts: 0, marker: true, payload: keyPayload() });
      await vi.waitUntil(() => packets.length > 0, { timeout: 3_000, interval: 5 });
      transport.askKeyframe();
      transport.askAgain([9, 10, 60]);
      await vi.waitUntil(() => end.keyframesAsked() === 1 && end.askedAgain.length === 3, { timeout: 3_000, interval: 5 });
      expect(end.askedAgain).toEqual([9, 10, 60]);
    });

    it('[P42] hears from a watcher which slot needs a key picture and which packets it lacks', async () => {
      const end = await watch(2);
      await end.complainKeyframe(1);
      await end.complainAgain(0, [5, 6]);
      await vi.waitUntil(() => feedback.length >= 2, { timeout: 3_000, interval: 5 });
      expect(feedback).toContainEqual({ t: 'keyframe', slot: 1 });
      expect(feedback).toContainEqual({ t: 'again', slot: 0, seqs: [5, 6] });
    });

    it('[A20] sends and gives nothing after it is closed', async () => {
      const end = await meet({ camera: true }, { camera: true, see: 0 });
      transport.close();
      end.send({ seq: 7, ts: 0, marker: true, payload: keyPayload() });
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(packets).toEqual([]);
      expect(transport.sendPicture(0, { seq: 1, ts: 0, marker: true, payload: keyPayload(), codec: 'vp8' })).toBe(false);
    });
  });
}
