// The room on transports without a network and a clock that is moved by hand: what leaves for whom, over random lives.
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { EDGE_LEASE_MS } from '../protocol/limits.ts';
import type { WorkerEdge, WorkerReport } from '../protocol/worker.ts';
import { ManualClock } from './memory/clock.ts';
import { MemoryDisk } from './memory/disk.ts';
import { packetOf, tonePackets } from './memory/packets.ts';
import { Room, type RoomSignal } from './room.ts';
import { seqDistance, tsDistance } from './rtp/sequence.ts';
import { MemoryTransport, memoryOffer, type SentPacket } from './transports/memory/transport.ts';

const LEGS = ['leg-a', 'leg-b', 'leg-c', 'leg-d'] as const;
const COMFORT_MARK = 200;
const profile = { hearSlots: 3, warm: true };

/** A room with hands on every transport. The second byte of a payload says whose sound it is. */
class House {
  readonly clock = new ManualClock();
  readonly signals: RoomSignal[] = [];
  readonly reports: WorkerReport[] = [];
  readonly transports: MemoryTransport[] = [];
  readonly disk = new MemoryDisk();
  readonly room: Room;
  readonly #byLeg = new Map<string, MemoryTransport>();
  readonly #seq = new Map<string, number>();

  constructor() {
    this.room = new Room({
      dir: '/rec',
      segmentS: 60,
      clock: this.clock,
      disk: this.disk,
      log: () => undefined,
      random: () => 0.25,
      transports: (allowed) => {
        const transport = new MemoryTransport(allowed);
        this.transports.push(transport);
        return transport;
      },
      comfort: [Uint8Array.of(0x78, COMFORT_MARK)],
      signal: (signal) => void this.signals.push(signal),
      report: (report) => void this.reports.push(report),
    });
  }
  async join(leg: string, given = profile, mic = true): Promise<MemoryTransport> {
    await this.room.offer(leg, memoryOffer(given.hearSlots, mic), given);
    const transport = this.transports.at(-1) as MemoryTransport;
    transport.connect();
    this.#byLeg.set(leg, transport);
    return transport;
  }
  of(leg: string): MemoryTransport {
    return this.#byLeg.get(leg) as MemoryTransport;
  }
  /** One packet of a leg's voice, marked by its place in LEGS. */
  speak(leg: string, transport = this.of(leg)): void {
    const seq = (this.#seq.get(leg) ?? 0) + 1;
    this.#seq.set(leg, seq);
    const payload = Uint8Array.of(0x78, markOf(leg));
    const arrival = { arrivalMonoMs: this.clock.monoMs(), arrivalWallMs: this.clock.wallMs() };
    transport.receive(packetOf({ seq, ts: seq * 960, ssrc: markOf(leg), payload, ...arrival }));
  }
  pass(ms: number): void {
    for (let i = 0; i < ms; i += 10) {
      this.clock.advance(10);
      this.room.tick();
    }
  }
  states(leg: string): string[] {
    return this.signals.flatMap((signal) => (signal.t === 'leg' && signal.leg === leg ? [signal.state] : []));
  }
}

const markOf = (leg: string): number => 1 + LEGS.indexOf(leg as (typeof LEGS)[number]);
/** Whose sound a packet is; undefined for silence. */
const speakerOf = (packet: SentPacket): string | undefined => {
  const mark = packet.payload.length === 2 ? packet.payload[1] : undefined;
  return mark === COMFORT_MARK ? 'comfort' : mark === undefined ? undefined : LEGS[mark - 1];
};
const heardBy = (transport: MemoryTransport, since = 0): Set<string> =>
  new Set(
    transport.sent
      .slice(since)
      .map(speakerOf)
      .filter((speaker) => speaker !== undefined),
  );
const edge = (from: string, to: string, leased = false): WorkerEdge => ({ from, to, leased });

describe('a room', () => {
  let house: House;
  beforeEach(async () => {
    house = new House();
    for (const leg of LEGS) await house.join(leg);
  });

  it('[A6] after a change of the matrix no packet of a removed edge leaves, over random lives', async () => {
    const anyEdge = fc.record({
      from: fc.constantFrom(...LEGS, 'comfort', 'leg-unknown'),
      to: fc.constantFrom(...LEGS),
      leased: fc.boolean(),
    });
    const step = fc.oneof(
      fc.record({ do: fc.constant('edges' as const), edges: fc.array(anyEdge, { maxLength: 8 }) }),
      fc.record({ do: fc.constant('speak' as const), leg: fc.constantFrom(...LEGS) }),
      fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 10, max: 700 }) }),
      fc.record({ do: fc.constant('renew' as const) }),
      fc.record({ do: fc.constant('swap' as const), leg: fc.constantFrom(...LEGS) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const life = new House();
        for (const leg of LEGS) await life.join(leg);
        let epoch = 0;
        let edges: readonly WorkerEdge[] = [];
        for (const now of steps) {
          const before = life.transports.map((transport) => transport.sent.length);
          if (now.do === 'edges') {
            epoch += 1;
            edges = now.edges;
            life.room.setEdges(epoch, edges);
          } else if (now.do === 'speak') life.speak(now.leg);
          else if (now.do === 'pass') life.pass(now.ms);
          else if (now.do === 'renew') life.room.renew(epoch);
          else await life.join(now.leg);
          for (const [index, transport] of life.transports.entries()) {
            const listener = LEGS.find((leg) => life.of(leg) === transport);
            for (const speaker of heardBy(transport, before[index] ?? 0)) {
              // An old transport of a swap may only ever carry what its leg may hear too.
              const may =
                listener === undefined ? edges.some((e) => e.from === speaker) : edges.some((e) => e.from === speaker && e.to === listener);
              expect(may, `${speaker} to ${listener}`).toBe(true);
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('[A6] every slot leaves one unbroken stream whatever happens to its sources', async () => {
    const choice = fc.constantFrom<string | null>(...LEGS, null);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(choice, fc.integer({ min: 1, max: 10 })), { minLength: 2, maxLength: 20 }), async (turns) => {
        const life = new House();
        for (const leg of LEGS) await life.join(leg);
        for (const [epoch, [from, packets]] of turns.entries()) {
          life.room.setEdges(epoch + 1, from === null ? [] : [edge(from, 'leg-a')]);
          for (let i = 0; i < packets; i++) {
            for (const leg of LEGS) life.speak(leg);
            life.pass(20);
          }
        }
        for (const slot of [0, 1, 2]) {
          const out = life.of('leg-a').sent.filter((packet) => packet.slot === slot);
          for (let i = 1; i < out.length; i++) {
            expect(seqDistance(out[i - 1]!.seq, out[i]!.seq)).toBe(1);
            expect(tsDistance(out[i - 1]!.ts, out[i]!.ts)).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('[A9] a leased edge closes by itself after a second, one without a lease stays', () => {
    house.room.setEdges(1, [edge('leg-b', 'leg-a', true), edge('leg-c', 'leg-a')]);
    house.pass(EDGE_LEASE_MS - 10);
    house.speak('leg-b');
    expect(heardBy(house.of('leg-a'))).toEqual(new Set(['leg-b']));
    house.pass(10);
    const since = house.of('leg-a').sent.length;
    house.speak('leg-b');
    house.speak('leg-c');
    expect(heardBy(house.of('leg-a'), since)).toEqual(new Set(['leg-c']));
    expect(house.signals.findLast((signal) => signal.t === 'slots')).toMatchObject({ leg: 'leg-a', slots: ['leg-c', null, null] });
  });

  it('[A9] a renewal of another epoch keeps nothing open', () => {
    house.room.setEdges(7, [edge('leg-b', 'leg-a', true)]);
    for (let i = 0; i < 15; i++) {
      house.pass(100);
      house.room.renew(6);
    }
    const since = house.of('leg-a').sent.length;
    house.speak('leg-b');
    expect(heardBy(house.of('leg-a'), since).size).toBe(0);
  });

  it('[A1] the comfort sound comes from the worker itself, fifty packets a second, and ends with its edge', () => {
    house.room.setEdges(1, [edge('comfort', 'leg-a')]);
    const since = house.of('leg-a').sent.length;
    house.pass(2_000);
    const comfort = house
      .of('leg-a')
      .sent.slice(since)
      .filter((packet) => speakerOf(packet) === 'comfort');
    expect(comfort.length).toBeGreaterThanOrEqual(99);
    expect(comfort.length).toBeLessThanOrEqual(101);
    house.room.setEdges(2, []);
    const after = house.of('leg-a').sent.length;
    house.pass(2_000);
    expect(heardBy(house.of('leg-a'), after).size).toBe(0);
  });

  it('[R5] a new connection takes over when it connects, edges stay, and the old one is closed 200 ms later', async () => {
    house.room.setEdges(1, [edge('leg-b', 'leg-a')]);
    house.speak('leg-b');
    const old = house.of('leg-a');
    await house.room.offer('leg-a', memoryOffer(3), profile);
    const fresh = house.transports.at(-1) as MemoryTransport;
    house.speak('leg-b');
    expect(heardBy(fresh).size).toBe(0); // not connected yet: the old one still serves
    const before = old.sent.length;
    fresh.connect();
    house.speak('leg-b');
    expect(heardBy(fresh)).toEqual(new Set(['leg-b']));
    expect(heardBy(old, before).size).toBe(0);
    house.pass(190);
    expect(old.state).toBe('connected');
    house.pass(20);
    expect(old.state).toBe('closed');
  });

  it('[R5] while two connections carry one microphone it is heard once: from the old one until the new one has sound', async () => {
    house.room.setEdges(1, [edge('leg-a', 'leg-b')]);
    const old = house.of('leg-a');
    house.speak('leg-a');
    const fresh = await house.join('leg-a');
    const voiced = (): number => house.of('leg-b').sent.filter((packet) => speakerOf(packet) === 'leg-a').length;
    house.speak('leg-a', old);
    expect(voiced()).toBe(2);
    house.speak('leg-a', fresh);
    house.speak('leg-a', old);
    expect(voiced()).toBe(3);
  });

  it('[R5] a new connection that never connects is given up, and the old one goes on', async () => {
    house.room.setEdges(1, [edge('leg-a', 'leg-b')]);
    house.speak('leg-a');
    await house.room.offer('leg-a', memoryOffer(3), profile);
    const fresh = house.transports.at(-1) as MemoryTransport;
    for (let i = 0; i < 600; i++) {
      house.speak('leg-a');
      house.pass(20);
    }
    expect(fresh.state).toBe('closed');
    expect(house.states('leg-a')).toEqual(['connecting', 'up']);
    expect(heardBy(house.of('leg-b'))).toContain('leg-a');
  });

  it('[N30] says amber, lost and up again from the packets alone', () => {
    house.speak('leg-a');
    house.pass(2_500);
    house.speak('leg-a');
    expect(house.states('leg-a')).toEqual(['connecting', 'up', 'amber', 'lost', 'up']);
  });

  it('[N30] a far end that only listens is up when its path stands, not before', async () => {
    await house.room.offer('leg-l', memoryOffer(1, false), profile);
    const transport = house.transports.at(-1) as MemoryTransport;
    transport.beat();
    expect(house.states('leg-l')).toEqual(['connecting']);
    transport.connect();
    expect(house.states('leg-l')).toEqual(['connecting', 'up']);
  });

  it('[R1] records from the first packet, also of a leg that nobody hears', async () => {
    house.speak('leg-d');
    house.pass(200);
    await new Promise((resolve) => setImmediate(resolve));
    expect(house.reports).toMatchObject([
      { kind: 'recording-started', leg: 'leg-d', file: 'leg-d/00001.opus', atMs: house.clock.wallMs() - 200 },
    ]);
  });

  it('[A35] takes nothing of a hushed leg, whatever the edges say: no packet, no level, no recording, from the very next packet', async () => {
    const lastLevels = () => house.signals.findLast((signal) => signal.t === 'levels')?.legs['leg-b'];
    const closed = () => house.reports.findLast((report) => report.kind === 'segment-closed' && report.leg === 'leg-b');
    house.room.setEdges(1, [edge('leg-b', 'leg-a')]);
    house.speak('leg-b');
    const before = house.of('leg-a').sent.length;
    house.room.setEdges(2, [edge('leg-b', 'leg-a')], { hushed: ['leg-b'], unrecorded: [] });
    for (let i = 0; i < 30; i++) {
      house.speak('leg-b');
      house.pass(20);
    }
    expect(heardBy(house.of('leg-a'), before)).not.toContain('leg-b');
    expect(lastLevels()).toEqual({ db: -100, lost: 0, recording: false });
    expect(house.states('leg-b')).toEqual(['connecting', 'up']); // its path is watched all the same
    house.room.setEdges(3, [edge('leg-b', 'leg-a')]);
    const after = house.of('leg-a').sent.length;
    house.speak('leg-b');
    expect(heardBy(house.of('leg-a'), after)).toContain('leg-b');
    await house.room.endLeg('leg-b', 'test');
    expect(closed()).toMatchObject({ packets: 2, lostPackets: 0 });
  });

  it('[R36] hears a leg that is not to be recorded and records nothing of it, also when it comes later', async () => {
    house.room.setEdges(1, [edge('leg-b', 'leg-a')], { hushed: [], unrecorded: ['leg-b', 'leg-late'] });
    house.speak('leg-b');
    expect(heardBy(house.of('leg-a'))).toContain('leg-b');
    await house.room.offer('leg-late', memoryOffer(1), profile);
    (house.transports.at(-1) as MemoryTransport).connect();
    house.speak('leg-late', house.transports.at(-1));
    house.pass(300);
    await house.room.close('test');
    expect(house.reports.filter((report) => 'leg' in report && (report.leg === 'leg-b' || report.leg === 'leg-late'))).toEqual([]);
  });

  it('[A6] a copy of a packet is neither sent on nor recorded', async () => {
    house.room.setEdges(1, [edge('leg-b', 'leg-a')]);
    const packet = packetOf({ seq: 5, ts: 960, ssrc: 2, payload: Uint8Array.of(0x78, 2), arrivalMonoMs: house.clock.monoMs() });
    house.of('leg-b').receive(packet);
    house.of('leg-b').receive(packet);
    expect(house.of('leg-a').sent.filter((sent) => speakerOf(sent) === 'leg-b')).toHaveLength(1);
    await house.room.endLeg('leg-b', 'test');
    expect(house.reports.findLast((report) => report.kind === 'segment-closed')).toMatchObject({ packets: 1 });
  });

  it('[A9] rubbish and a throw in one leg do not reach another', () => {
    house.room.setEdges(1, [edge('leg-b', 'leg-a'), edge('leg-c', 'leg-a')]);
    house.of('leg-b').receive(packetOf({ seq: 1, payload: Uint8Array.of() }));
    house.of('leg-b').receive(packetOf({ seq: Number.NaN, ts: Number.NaN, payload: new Uint8Array(3_000).fill(255) }));
    house.of('leg-d').send = () => {
      throw new Error('broken');
    };
    house.pass(100);
    house.speak('leg-c');
    expect(heardBy(house.of('leg-a'))).toContain('leg-c');
  });

  it('[P2] refuses an offer for its own comfort sound, and one that is none, and goes on', async () => {
    await expect(house.room.offer('comfort', memoryOffer(1), profile)).rejects.toMatchObject({ code: 'bad-message' });
    await expect(house.room.offer('leg-e', 'nonsense', profile)).rejects.toMatchObject({ code: 'bad-offer' });
    expect(house.room.views().map((view) => view.leg)).toEqual([...LEGS]);
  });

  it('[R4] tells a digest of all open segments once a minute', async () => {
    house.speak('leg-a');
    house.speak('leg-b');
    house.pass(300);
    await new Promise((resolve) => setImmediate(resolve));
    for (let s = 0; s < 60; s++) {
      house.speak('leg-a');
      house.speak('leg-b');
      house.pass(1_000);
    }
    const digests = house.reports.flatMap((report) => (report.kind === 'digest' ? [report.segments.map((segment) => segment.leg)] : []));
    expect(digests).toEqual([['leg-a', 'leg-b']]);
  });

  it('[R6] alarms for every leg when the disk has little room left, and says when it has room again', async () => {
    const alarms = (): string[] =>
      house.reports.flatMap((report) =>
        report.kind.startsWith('recorder-alarm') && 'leg' in report ? [`${report.kind} ${report.leg}`] : [],
      );
    house.disk.free = 100_000_000;
    house.pass(5_100);
    await new Promise((resolve) => setImmediate(resolve));
    expect(alarms()).toEqual(LEGS.map((leg) => `recorder-alarm ${leg}`));
    house.disk.free = 100_000_000_000;
    house.pass(5_100);
    await new Promise((resolve) => setImmediate(resolve));
    expect(alarms().slice(4)).toEqual(LEGS.map((leg) => `recorder-alarm-cleared ${leg}`));
  });

  it('[R9] tells levels five times a second, in dBFS, with loss, and only of legs that have sound', () => {
    const loud = tonePackets(440, 50, 0.3);
    const since = house.signals.length;
    for (let i = 0; i < 50; i++) {
      const arrival = { arrivalMonoMs: house.clock.monoMs(), arrivalWallMs: house.clock.wallMs() };
      if (i % 10 !== 9) house.of('leg-a').receive(packetOf({ seq: i, ts: i * 960, payload: loud[i] as Uint8Array, ...arrival }));
      house.pass(20);
    }
    const levels = house.signals.slice(since).flatMap((signal) => (signal.t === 'levels' ? [signal.legs] : []));
    expect(levels.length).toBeGreaterThanOrEqual(4);
    expect(levels.length).toBeLessThanOrEqual(6);
    for (const legs of levels.slice(1)) {
      expect(Object.keys(legs)).toEqual(['leg-a']);
      expect(legs['leg-a']?.db).toBeGreaterThan(-18); // a sine with a peak of 0.3 has -13.5 dBFS; lost packets take some
      expect(legs['leg-a']?.db).toBeLessThan(-11);
    }
    expect(levels.at(-1)?.['leg-a']?.lost).toBeGreaterThanOrEqual(3);
  });

  it('[R8] closing ends every leg and its recording, and takes no offer afterwards', async () => {
    house.speak('leg-a');
    await house.room.close('over');
    expect(house.reports.map((report) => report.kind)).toEqual(['recording-started', 'segment-closed']);
    for (const leg of LEGS) expect(house.states(leg).at(-1)).toBe('ended');
    for (const transport of house.transports) expect(transport.state).toBe('closed');
    await expect(house.room.offer('leg-a', memoryOffer(1), profile)).rejects.toMatchObject({ code: 'closing' });
  });

  it('[T56] makes nothing of an offer that is on its way when the leg is ended', async () => {
    const house = new House();
    const offered = house.room.offer('leg-a', memoryOffer(1), profile);
    await house.room.endLeg('leg-a', 'taken back');
    await expect(offered).rejects.toMatchObject({ code: 'ended' });
    expect(house.room.views()).toEqual([]);
    expect(house.transports.filter((one) => one.state !== 'closed')).toEqual([]);
    await house.join('leg-a');
    expect(house.room.views()).toHaveLength(1);
  });
});
