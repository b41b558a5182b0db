// What every transport of a leg must do, run on the fake and on the WebRTC engine with a far end across a real socket.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RtpIn } from '../../src/media/rtp/packet.ts';
import type { LegTransport, TransportState } from '../../src/media/transports/transport.ts';

/** A packet as the far end got it. */
export interface FarPacket {
  readonly slot: number;
  readonly seq: number;
  readonly ts: number;
  readonly marker: boolean;
  readonly payload: Uint8Array;
}

/** The far end of one transport. */
export interface Far {
  readonly sdp: string;
  /** Takes the answer; resolved when connected. */
  accept(answerSdp: string): Promise<void>;
  /** Sends the next packet of its microphone. */
  sendOne(): void;
  readonly received: readonly FarPacket[];
  /** Leaves as a page that is closed does. */
  leave(): Promise<void>;
}

export interface TransportKit {
  transport(hearSlots: number): LegTransport;
  far(transport: LegTransport, options: { slots: number; mic: boolean }): Promise<Far>;
}

const frame = Uint8Array.of(0xf8, 0xff, 0xfe);

/** Runs the contract. */
export function legTransportContract(name: string, kit: TransportKit): void {
  describe(`${name} keeps the contract of a transport`, () => {
    let transport: LegTransport;
    let far: Far | undefined;
    const states: TransportState[] = [];
    const packets: RtpIn[] = [];

    const meet = async (slots: number): Promise<Far> => {
      transport = kit.transport(slots);
      transport.onState((state) => states.push(state));
      transport.onRtp((packet) => packets.push(packet));
      far = await kit.far(transport, { slots, mic: true });
      await far.accept(await transport.answer(far.sdp));
      await vi.waitUntil(() => transport.state === 'connected', { timeout: 5_000, interval: 5 });
      return far;
    };
    beforeEach(() => {
      states.length = 0;
      packets.length = 0;
      far = undefined;
    });
    afterEach(async () => {
      transport.close();
      await far?.leave();
    });

    it('[P30] knows after its answer what the far end has', async () => {
      await meet(3);
      expect({ slots: transport.slotCount, mic: transport.hasMic }).toEqual({ slots: 3, mic: true });
      expect(transport.localFingerprint()).not.toBe('');
      expect(transport.remoteFingerprint()).not.toBe('');
    });

    it('[P30] answers no more slots than allowed, and a far end without a microphone', async () => {
      transport = kit.transport(2);
      far = await kit.far(transport, { slots: 3, mic: false });
      await transport.answer(far.sdp);
      expect({ slots: transport.slotCount, mic: transport.hasMic }).toEqual({ slots: 2, mic: false });
    });

    it('[N30] says connecting, then connected', async () => {
      await meet(1);
      expect(states).toEqual(['connecting', 'connected']);
    });

    it('[R1] gives every packet of the microphone in order and whole', async () => {
      const end = await meet(1);
      for (let i = 0; i < 50; i++) end.sendOne();
      await vi.waitUntil(() => packets.length >= 50, { timeout: 3_000, interval: 5 });
      const first = packets[0] as RtpIn;
      expect(packets.map((packet) => packet.seq - first.seq)).toEqual(Array.from({ length: 50 }, (_, i) => i));
      expect(packets.map((packet) => packet.ts - first.ts)).toEqual(Array.from({ length: 50 }, (_, i) => i * 960));
      expect(packets.every((packet) => packet.payload.length > 0 && packet.ssrc === first.ssrc)).toBe(true);
    });

    it('[A6] sends each packet by the slot that it is told, as it is', async () => {
      const end = await meet(3);
      for (const slot of [2, 0, 1]) {
        for (let i = 0; i < 5; i++) {
          expect(transport.send(slot, { seq: 100 * slot + i, ts: 960 * i, marker: i === 0, payload: Buffer.of(0x78, slot, i) })).toBe(true);
        }
      }
      await vi.waitUntil(() => end.received.length >= 15, { timeout: 3_000, interval: 5 });
      for (const packet of end.received) {
        expect(Math.floor(packet.seq / 100)).toBe(packet.slot);
        expect(packet.payload[1]).toBe(packet.slot);
        expect(packet.marker).toBe(packet.payload[2] === 0);
      }
      expect(transport.send(7, { seq: 1, ts: 0, marker: false, payload: frame })).toBe(false);
    });

    it('[A6] sends and gives nothing after it is closed', async () => {
      const end = await meet(1);
      transport.close();
      expect(transport.state).toBe('closed');
      expect(transport.send(0, { seq: 1, ts: 0, marker: false, payload: frame })).toBe(false);
      const before = packets.length;
      end.sendOne();
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(packets.length).toBe(before);
    });

    it('[P2] refuses what is no offer', async () => {
      transport = kit.transport(1);
      await expect(transport.answer('hello')).rejects.toMatchObject({ name: 'WorkerFault', code: 'bad-offer' });
    });

    it('[N30] takes any sign of life of a far end that only listens', async () => {
      let alive = 0;
      const end = kit.transport(1);
      transport = end;
      end.onAlive(() => {
        alive += 1;
      });
      far = await kit.far(end, { slots: 1, mic: false });
      await far.accept(await end.answer(far.sdp));
      await vi.waitUntil(() => alive > 0, { timeout: 8_000, interval: 20 });
    });
  });
}
