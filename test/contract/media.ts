// What every adapter of the media port must do, run on the fake and on real worker processes alike. Nothing here knows which one it is.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Media, MediaEvent, MediaRoom } from '../../src/ports/media.ts';
import { EDGE_LEASE_MS } from '../../src/protocol/limits.ts';

/** A far end: its offer, and what it does with the answer. */
export interface FarEnd {
  readonly sdp: string;
  /** Takes the answer and starts to send sound, if it has a microphone. */
  accept(answerSdp: string): Promise<void>;
  close(): Promise<void>;
}

/** A box with nothing on it, and far ends for it. */
export interface MediaBox {
  readonly media: Media;
  farEnd(options: { slots: number; mic: boolean }): Promise<FarEnd>;
  remove(): Promise<void>;
}

const profile = { hearSlots: 2, warm: true };
const fault = (code: string): unknown => expect.objectContaining({ name: 'MediaFault', code });

/** What one server saw, and its hold on the room. */
class Watcher {
  readonly events: MediaEvent[] = [];
  room: MediaRoom | undefined;
  acknowledges = true;

  onEvent = (event: MediaEvent): void => {
    this.events.push(event);
    if (event.t === 'report' && this.acknowledges) this.room?.acknowledge(event.n);
  };
  /** The first event that fits, now or within 8 s. */
  until<T extends MediaEvent>(fits: (event: MediaEvent) => event is T): Promise<T>;
  until(fits: (event: MediaEvent) => boolean): Promise<MediaEvent>;
  until(fits: (event: MediaEvent) => boolean): Promise<MediaEvent> {
    return vi.waitUntil(() => this.events.find(fits), { timeout: 8_000, interval: 5 });
  }
  attached(): Promise<Extract<MediaEvent, { t: 'attached' }>> {
    return this.until((event) => event.t === 'attached');
  }
  leg(leg: string, state: string): Promise<MediaEvent> {
    return this.until((event) => event.t === 'leg' && event.leg === leg && event.state === state);
  }
  slots(leg: string, slots: readonly (string | null)[]): Promise<MediaEvent> {
    return this.until((event) => event.t === 'slots' && event.leg === leg && JSON.stringify(event.slots) === JSON.stringify(slots));
  }
  report(kind: string, leg: string): Promise<MediaEvent> {
    return this.until((event) => event.t === 'report' && event.report.kind === kind && 'leg' in event.report && event.report.leg === leg);
  }
}

/** Runs the contract on what `emptyBox` gives. */
export function mediaContract(name: string, emptyBox: () => Promise<MediaBox>): void {
  describe(`${name} keeps the contract of sound`, () => {
    let box: MediaBox;
    const farEnds: FarEnd[] = [];
    const watchers: Watcher[] = [];

    beforeEach(async () => {
      box = await emptyBox();
    });
    afterEach(async () => {
      for (const end of farEnds.splice(0)) await end.close();
      for (const watcher of watchers.splice(0)) await watcher.room?.close().catch(() => undefined);
      await box.remove();
    });

    const open = async (room = 'r1', acknowledges = true): Promise<Watcher & { room: MediaRoom }> => {
      const watcher = new Watcher();
      watcher.acknowledges = acknowledges;
      watchers.push(watcher);
      watcher.room = await box.media.open(room, watcher.onEvent);
      return watcher as Watcher & { room: MediaRoom };
    };
    const join = async (room: MediaRoom, leg: string, options = { slots: 2, mic: true }): Promise<void> => {
      const end = await box.farEnd(options);
      farEnds.push(end);
      await end.accept(await room.answer(leg, end.sdp, { ...profile, hearSlots: Math.max(1, options.slots) }));
    };

    it('[A9] a new room is told as not adopted and empty, after it is open', async () => {
      const server = await open();
      expect(server.events).toEqual([]);
      expect(await server.attached()).toEqual({ t: 'attached', adopted: false, epoch: 0, legs: [], edges: [] });
    });

    it('[R1] a leg is told as connecting, then up, and its recording with it', async () => {
      const server = await open();
      await join(server.room, 'leg-a');
      await server.leg('leg-a', 'up');
      await server.report('recording-started', 'leg-a');
      const states = server.events.flatMap((event) => (event.t === 'leg' ? [event.state] : []));
      expect(states).toEqual(['connecting', 'up']);
    });

    it('[P2] an offer that is none is a fault, and the room goes on', async () => {
      const server = await open();
      await expect(server.room.answer('leg-a', 'hello', profile)).rejects.toEqual(fault('bad-offer'));
      await join(server.room, 'leg-a');
      await server.leg('leg-a', 'up');
    });

    it('[A6] an edge that was set before its listener came takes effect when it comes', async () => {
      const server = await open();
      await server.room.setEdges(1, [{ from: 'leg-b', to: 'leg-a', leased: false }]);
      await join(server.room, 'leg-a');
      await server.slots('leg-a', ['leg-b', null]);
      await server.room.setEdges(2, []);
      await server.until((event) => event.t === 'slots' && event.leg === 'leg-a' && event.slots.every((source) => source === null));
    });

    it('[A6] a source keeps its slot while others come and go', async () => {
      const server = await open();
      await join(server.room, 'leg-a');
      const to = (...from: string[]) => from.map((source) => ({ from: source, to: 'leg-a', leased: false }));
      await server.room.setEdges(1, to('leg-b', 'leg-c'));
      await server.slots('leg-a', ['leg-b', 'leg-c']);
      await server.room.setEdges(2, to('leg-c'));
      await server.slots('leg-a', [null, 'leg-c']);
      await server.room.setEdges(3, to('leg-d', 'leg-c'));
      await server.slots('leg-a', ['leg-d', 'leg-c']);
    });

    it('[A9] with more sources than slots, edges without a lease win', async () => {
      const server = await open();
      await join(server.room, 'leg-a', { slots: 1, mic: true });
      await server.room.setEdges(1, [
        { from: 'leg-b', to: 'leg-a', leased: true },
        { from: 'leg-c', to: 'leg-a', leased: false },
      ]);
      await server.slots('leg-a', ['leg-c']);
    });

    it('[A35] a hushed leg feeds nobody, whatever the edges say, until it is hushed no more', async () => {
      const server = await open();
      await join(server.room, 'leg-a');
      const edges = ['leg-b', 'leg-c'].map((from) => ({ from, to: 'leg-a', leased: false }));
      await server.room.setEdges(1, edges, { hushed: ['leg-b'], unrecorded: [] });
      await server.slots('leg-a', ['leg-c', null]);
      await server.room.setEdges(2, edges);
      await server.slots('leg-a', ['leg-c', 'leg-b']);
    });

    it('[A6] a matrix that is not newer is refused', async () => {
      const server = await open();
      await server.room.setEdges(5, []);
      await expect(server.room.setEdges(5, [])).rejects.toEqual(fault('refused'));
      await expect(server.room.setEdges(4, [])).rejects.toEqual(fault('refused'));
      await server.room.setEdges(6, []);
    });

    it('[A9] who comes after a server finds legs, edges and slots as they were', async () => {
      const first = await open();
      await join(first.room, 'leg-a');
      await first.leg('leg-a', 'up');
      await first.report('recording-started', 'leg-a');
      await first.room.setEdges(3, [{ from: 'leg-b', to: 'leg-a', leased: false }]);
      await first.room.detach();
      const second = await open();
      const attached = await second.attached();
      expect(attached).toMatchObject({ adopted: true, epoch: 3, edges: [{ from: 'leg-b', to: 'leg-a', leased: false }] });
      expect(attached.legs).toMatchObject([{ leg: 'leg-a', state: 'up', slots: ['leg-b', null], recording: true }]);
    });

    it('[A9] without a server the leased edges close by themselves and the others stay', async () => {
      const first = await open();
      await join(first.room, 'leg-a');
      await first.room.setEdges(1, [
        { from: 'leg-b', to: 'leg-a', leased: false },
        { from: 'leg-c', to: 'leg-a', leased: true },
      ]);
      await first.slots('leg-a', ['leg-b', 'leg-c']);
      await new Promise((resolve) => setTimeout(resolve, EDGE_LEASE_MS * 1.5));
      await first.room.detach(); // renewed until here, however long that was
      await new Promise((resolve) => setTimeout(resolve, EDGE_LEASE_MS * 1.3));
      const attached = await (await open()).attached();
      expect(attached.legs[0]?.slots).toEqual(['leg-b', null]);
    });

    it('[R4] a report is told again to the next server until it is acknowledged', async () => {
      const first = await open('r1', false);
      await join(first.room, 'leg-a');
      await first.report('recording-started', 'leg-a');
      await first.room.detach();
      const second = await open('r1', true);
      await second.report('recording-started', 'leg-a');
      await second.room.detach();
      const third = await open();
      await third.attached();
      await third.room.setEdges(1, []); // whatever was to be told has been told before this is answered
      expect(third.events.filter((event) => event.t === 'report' && event.report.kind === 'recording-started')).toEqual([]);
    });

    it('[E20] text that the server gave to keep comes back to the next one until it is acknowledged', async () => {
      const first = await open('r1', false);
      const kept = (event: MediaEvent) => event.t === 'report' && event.report.kind === 'kept' && event.report.id === 'late-1';
      first.room.keep('late-1', '{"some":"text"}');
      await first.until(kept);
      await first.room.detach();
      const second = await open('r1', true);
      expect(await second.until(kept)).toMatchObject({ report: { kind: 'kept', id: 'late-1', text: '{"some":"text"}' } });
      await second.room.detach();
      const third = await open();
      await third.attached();
      await third.room.setEdges(1, []);
      expect(third.events.filter(kept)).toEqual([]);
    });

    it('[R4] the end of a leg closes its recording first; ending it again changes nothing', async () => {
      const server = await open();
      await join(server.room, 'leg-a');
      await server.report('recording-started', 'leg-a');
      await server.room.endLeg('leg-a', 'test');
      await server.leg('leg-a', 'ended');
      await server.report('segment-closed', 'leg-a');
      const order = server.events.flatMap((event) => (event.t === 'report' ? [event.report.kind] : event.t === 'leg' ? [event.state] : []));
      expect(order.indexOf('segment-closed')).toBeLessThan(order.indexOf('ended'));
      await server.room.endLeg('leg-a', 'again');
      await server.room.endLeg('leg-x', 'never there');
    });

    it('[R8] closing a room ends its legs, tells of their recordings, and a later room is a new one', async () => {
      const server = await open();
      await join(server.room, 'leg-a');
      await server.report('recording-started', 'leg-a');
      await server.room.close();
      await server.report('segment-closed', 'leg-a');
      await server.leg('leg-a', 'ended');
      expect(await (await open()).attached()).toMatchObject({ adopted: false, legs: [], edges: [] });
    });

    it('[R1] a far end without a microphone listens and is not recorded', async () => {
      const server = await open();
      await join(server.room, 'leg-l', { slots: 2, mic: false });
      await server.leg('leg-l', 'up');
      await server.room.setEdges(1, [{ from: 'leg-b', to: 'leg-l', leased: false }]);
      await server.slots('leg-l', ['leg-b', null]);
      expect(server.events.filter((event) => event.t === 'report')).toEqual([]);
    });

    it('[A9] rooms do not know of each other', async () => {
      const one = await open('r1');
      const two = await open('r2');
      await join(one.room, 'leg-a');
      await one.leg('leg-a', 'up');
      await two.attached();
      await two.room.setEdges(1, [{ from: 'leg-b', to: 'leg-a', leased: false }]);
      expect(two.events.filter((event) => event.t === 'leg' || event.t === 'slots')).toEqual([]);
      expect(one.events.filter((event) => event.t === 'slots' && event.slots.includes('leg-b'))).toEqual([]);
    });
  });
}
