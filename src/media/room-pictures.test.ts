// Pictures in the room, on transports without a network and a clock that is moved by hand: what leaves for whom, and who is asked for what.
import { beforeEach, describe, expect, it } from 'vitest';
import { EDGE_LEASE_MS } from '../protocol/limits.ts';
import type { WorkerEdge, WorkerReport } from '../protocol/worker.ts';
import { ManualClock } from './memory/clock.ts';
import { MemoryDisk } from './memory/disk.ts';
import { packetOf } from './memory/packets.ts';
import { markOfPayload, pictureOf } from './memory/pictures.ts';
import { KEYFRAME_EVERY_MS } from './pictures/keyframes.ts';
import { Room, type RoomSignal } from './room.ts';
import { MemoryTransport, memoryOffer, memoryPictureOffer } from './transports/memory/transport.ts';

describe('pictures in the room', () => {
  let clock: ManualClock;
  let disk: MemoryDisk;
  let room: Room;
  let transports: MemoryTransport[];
  let signals: RoomSignal[];
  let reports: WorkerReport[];
  let seq: number;
  let epoch: number;

  beforeEach(() => {
    clock = new ManualClock();
    disk = new MemoryDisk();
    [transports, signals, reports, seq, epoch] = [[], [], [], 0, 0];
    room = new Room({
      dir: '/rec',
      segmentS: 60,
      clock,
      disk,
      log: () => undefined,
      random: () => 0.25,
      transports: (allowed) => {
        const transport = new MemoryTransport(allowed);
        transports.push(transport);
        return transport;
      },
      comfort: [],
      signal: (signal) => void signals.push(signal),
      report: (report) => void reports.push(report),
    });
  });

  const connected = (): MemoryTransport => {
    const transport = transports.at(-1) as MemoryTransport;
    transport.connect();
    return transport;
  };
  const camera = async (leg: string): Promise<MemoryTransport> => {
    await room.offer(leg, memoryPictureOffer({ camera: 'vp8' }), { hearSlots: 0, warm: false, camera: true });
    return connected();
  };
  const watcher = async (leg: string, see = 2): Promise<MemoryTransport> => {
    await room.offer(leg, memoryPictureOffer({ see }), { hearSlots: 0, warm: false, seeSlots: see });
    return connected();
  };
  const edges = (...pairs: [string, string, boolean?][]): void => {
    epoch += 1;
    const list: WorkerEdge[] = pairs.map(([from, to, leased = true]) => ({ from, to, leased }));
    room.setEdges(epoch, list);
  };
  const show = (from: MemoryTransport, mark: number, key = false): void => {
    seq += 1;
    const arrival = { arrivalMonoMs: clock.monoMs(), arrivalWallMs: clock.wallMs() };
    from.receivePicture(pictureOf({ seq, ts: seq * 3_000, ssrc: mark, mark, key, ...arrival }));
  };
  const pass = (ms: number): void => {
    for (let i = 0; i < ms; i += 10) {
      clock.advance(10);
      room.tick();
    }
  };
  const marks = (to: MemoryTransport): (number | undefined)[] => to.pictures.map((packet) => markOfPayload(packet.payload));

  it('[A20] shows a camera to whom the matrix says, from a key picture on, and asks the camera for one', async () => {
    const cam = await camera('cam.a');
    const see = await watcher('see.x');
    const other = await watcher('see.y');
    edges(['cam.a', 'see.x']);
    show(cam, 1);
    pass(20);
    expect(cam.keyframesAsked).toBeGreaterThan(0);
    expect(see.pictures).toEqual([]);
    show(cam, 1, true);
    show(cam, 1);
    expect(marks(see)).toEqual([1, 1]);
    expect(other.pictures).toEqual([]);
  });

  it('[A20] sends nothing of a camera after its edge is gone, not even what is asked for again', async () => {
    const [a, b, see] = [await camera('cam.a'), await camera('cam.b'), await watcher('see.x', 1)];
    edges(['cam.a', 'see.x']);
    show(a, 1, true);
    const sent = see.pictures[0]!.seq;
    see.complain({ t: 'again', slot: 0, seqs: [sent] });
    expect(marks(see)).toEqual([1, 1]);
    edges(['cam.b', 'see.x']);
    show(a, 1, true);
    show(b, 2, true);
    see.complain({ t: 'again', slot: 0, seqs: [sent] });
    show(a, 1);
    expect(marks(see)).toEqual([1, 1, 2]);
    expect(see.pictures[2]!.seq).toBe((sent + 1) & 0xffff);
  });

  it('[A20] closes a picture by itself when nobody renews its lease', async () => {
    const [cam, see] = [await camera('cam.a'), await watcher('see.x')];
    edges(['cam.a', 'see.x']);
    show(cam, 1, true);
    pass(EDGE_LEASE_MS + 20);
    show(cam, 1, true);
    expect(marks(see)).toEqual([1]);
    expect(signals.findLast((signal) => signal.t === 'slots' && signal.leg === 'see.x')).toMatchObject({ slots: [null, null] });
  });

  it('[A22] a camera takes no listening slot and a voice no viewing slot, whatever the matrix says', async () => {
    const [cam, see] = [await camera('cam.a'), await watcher('see.x', 1)];
    await room.offer('voice', memoryOffer(1), { hearSlots: 1, warm: true });
    const voice = connected();
    edges(['cam.a', 'voice'], ['voice', 'see.x'], ['cam.a', 'see.x']);
    voice.receive(packetOf({ seq: 1, arrivalMonoMs: clock.monoMs() }));
    show(cam, 1, true);
    expect(marks(see)).toEqual([1]);
    expect(see.sent).toEqual([]);
    expect(voice.pictures).toEqual([]);
    expect(room.views().map(({ leg, slots }) => [leg, slots])).toEqual([
      ['cam.a', []],
      ['see.x', ['cam.a']],
      ['voice', [null]],
    ]);
  });

  it('[A22] a leg of sound takes no camera, a leg of pictures no microphone, and none turns into the other', async () => {
    await room.offer('voice', 'v=0\nmic\ncamera vp8\nsee', { hearSlots: 1, warm: true });
    expect([transports.at(-1)?.camera, transports.at(-1)?.seeSlotCount]).toEqual([undefined, 0]);
    await room.offer('cam.a', 'v=0\nmic\ncamera vp8\nsee', { hearSlots: 0, warm: false, camera: true });
    expect([transports.at(-1)?.hasMic, transports.at(-1)?.seeSlotCount]).toEqual([false, 0]);
    await expect(room.offer('voice', memoryPictureOffer({ camera: 'vp8' }), { hearSlots: 0, warm: false, camera: true })).rejects.toThrow();
  });

  it('[P42] asks the camera behind the slot for a key picture, and not more often than the limit', async () => {
    const [a, b, see] = [await camera('cam.a'), await camera('cam.b'), await watcher('see.x')];
    edges(['cam.a', 'see.x'], ['cam.b', 'see.x']);
    for (const [cam, mark] of [
      [a, 1],
      [b, 2],
    ] as const)
      show(cam, mark, true);
    pass(KEYFRAME_EVERY_MS + 10);
    const before = [a.keyframesAsked, b.keyframesAsked];
    for (let i = 0; i < 20; i++) see.complain({ t: 'keyframe', slot: 1 });
    expect([a.keyframesAsked, b.keyframesAsked]).toEqual([before[0], (before[1] ?? 0) + 1]);
    pass(KEYFRAME_EVERY_MS + 10);
    expect(b.keyframesAsked).toBe((before[1] ?? 0) + 2);
  });

  it('[P41] asks for a lost packet, then for a key picture when it stays away', async () => {
    const cam = await camera('cam.a');
    show(cam, 1, true);
    seq += 1;
    show(cam, 1);
    pass(20);
    expect(cam.askedAgain).toEqual([2]);
    pass(1_000);
    const asked = cam.keyframesAsked;
    show(cam, 1);
    pass(600);
    expect(cam.keyframesAsked).toBeGreaterThan(asked > 0 ? 0 : 1);
  });

  it('[R22] records no pictures while the disk is nearly full, and does when there is room again', async () => {
    const cam = await camera('cam.a');
    disk.free = 1_000;
    pass(5_100);
    await new Promise((resolve) => setImmediate(resolve));
    show(cam, 1, true);
    expect(reports.filter((report) => report.kind === 'recorder-alarm')).toMatchObject([{ leg: 'cam.a', alarm: 'disk-low' }]);
    expect([...disk.files.keys()].filter((name) => name.endsWith('.webm'))).toEqual([]);
    disk.free = 1e12;
    pass(5_100);
    await new Promise((resolve) => setImmediate(resolve));
    show(cam, 1, true);
    await room.close('over');
    expect(reports.map((report) => report.kind)).toEqual([
      'recorder-alarm',
      'recorder-alarm-cleared',
      'recording-started',
      'segment-closed',
    ]);
  });

  it('[N50] a camera is up with its first picture, and lost when none came for six seconds', async () => {
    const cam = await camera('cam.a');
    show(cam, 1, true);
    pass(1_900);
    const states = (): string[] => signals.flatMap((signal) => (signal.t === 'leg' && signal.leg === 'cam.a' ? [signal.state] : []));
    expect(states()).toEqual(['connecting', 'up']);
    pass(4_200);
    expect(states()).toEqual(['connecting', 'up', 'amber', 'lost']);
  });
});
