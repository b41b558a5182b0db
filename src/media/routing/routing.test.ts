// Matrix, leases, slots and the listener that obeys them: each alone, without legs.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EDGE_LEASE_MS } from '../../protocol/limits.ts';
import { packetOf } from '../memory/packets.ts';
import type { RtpOut } from '../rtp/packet.ts';
import { EdgeTable } from './edges.ts';
import { Listener } from './listener.ts';
import { planSlots } from './slots.ts';

const edge = (from: string, to: string, leased = false) => ({ from, to, leased });

describe('the table of edges', () => {
  it('[A6] takes only a newer matrix', () => {
    const table = new EdgeTable();
    table.set(2, [edge('a', 'b')], 0);
    for (const epoch of [0, 1, 2]) expect(() => table.set(epoch, [], 0)).toThrow(expect.objectContaining({ code: 'stale-epoch' }));
    expect(table.sourcesOf('b')).toEqual([{ from: 'a', leased: false }]);
  });

  it('[A9] closes leased edges one second after the last renewal of their own epoch, and only those', () => {
    const table = new EdgeTable();
    table.set(1, [edge('a', 'b', true), edge('c', 'b')], 0);
    table.renew(1, 400);
    table.renew(2, 900); // of another matrix
    expect(table.expire(399 + EDGE_LEASE_MS)).toBe(false);
    expect(table.expire(400 + EDGE_LEASE_MS)).toBe(true);
    expect(table.expire(401 + EDGE_LEASE_MS)).toBe(false);
    expect(table.sourcesOf('b').map((source) => source.from)).toEqual(['c']);
    expect(table.edges).toHaveLength(2);
  });

  it('[A9] opens them again when the same epoch is renewed after all', () => {
    const table = new EdgeTable();
    table.set(1, [edge('a', 'b', true)], 0);
    table.expire(EDGE_LEASE_MS);
    expect(table.renew(1, 5_000)).toBe(true);
    expect(table.sourcesOf('b')).toHaveLength(1);
  });

  it('[A9] an edge that is named twice has no lease when one of the two has none', () => {
    const table = new EdgeTable();
    table.set(1, [edge('a', 'b', true), edge('a', 'b'), edge('a', 'b', true)], 0);
    expect(table.sourcesOf('b')).toEqual([{ from: 'a', leased: false }]);
  });
});

describe('the plan of slots', () => {
  const source = fc.record({ from: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), leased: fc.boolean() });
  const wanted = fc.uniqueArray(source, { selector: (entry) => entry.from, maxLength: 6 });
  const steps = fc.array(wanted, { minLength: 1, maxLength: 8 });

  it('[A6] gives a slot to wanted sources only, to each once, and to as many as fit', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 4 }), (matrices, slotCount) => {
        let plan: readonly (string | null)[] = [];
        for (const sources of matrices) {
          plan = planSlots(plan, sources, slotCount);
          const used = plan.filter((entry) => entry !== null);
          expect(plan).toHaveLength(slotCount);
          expect(new Set(used).size).toBe(used.length);
          expect(used.every((from) => sources.some((entry) => entry.from === from))).toBe(true);
          expect(used.length).toBe(Math.min(slotCount, sources.length));
        }
      }),
    );
  });

  it('[A6] a source that keeps its place keeps its slot', () => {
    fc.assert(
      fc.property(steps, (matrices) => {
        let plan: readonly (string | null)[] = planSlots([], [], 3);
        for (const sources of matrices) {
          const next = planSlots(plan, sources, 3);
          for (const [slot, from] of plan.entries()) if (from !== null && next.includes(from)) expect(next[slot]).toBe(from);
          plan = next;
        }
      }),
    );
  });

  it('[A9] no leased source is heard while one without a lease has no slot', () => {
    fc.assert(
      fc.property(steps, (matrices) => {
        let plan: readonly (string | null)[] = [];
        for (const sources of matrices) {
          plan = planSlots(plan, sources, 2);
          const left = sources.filter((entry) => !entry.leased && !plan.includes(entry.from));
          const leasedIn = sources.filter((entry) => entry.leased && plan.includes(entry.from));
          expect(left.length === 0 || leasedIn.length === 0).toBe(true);
        }
      }),
    );
  });
});

describe('a listener', () => {
  const listen = (warm: boolean, slots = 2) => {
    const sent: (RtpOut & { slot: number })[] = [];
    const listener = new Listener({ warm, random: () => 0.5, send: (slot, packet) => sent.push({ slot, ...packet }) > 0 });
    listener.resize(slots, 0);
    let nowMs = 0;
    const run = (ms: number): void => {
      for (const end = nowMs + ms; nowMs < end; nowMs += 10) listener.tick(nowMs);
    };
    const plan = (next: readonly (string | null)[]): void => {
      const before = listener.plan;
      listener.closeFor(next, nowMs);
      listener.openFor(next, before, nowMs);
    };
    const speak = (from: string, packets: number): void => {
      for (let i = 0; i < packets; i++) {
        listener.forward(from, `${from}/1`, packetOf({ seq: i, ts: i * 960, payload: Uint8Array.of(0x78, 1) }), nowMs);
        run(20);
      }
    };
    const frames = (slot: number): (RtpOut & { slot: number })[] => sent.filter((packet) => packet.slot === slot);
    return { listener, sent, run, plan, speak, frames };
  };
  const isSilence = (packet: RtpOut): boolean => packet.payload.length === 3 && packet.payload[0] === 0xf8;

  it('[A6] keeps every slot of a warm leg, and only slot 0 of another, going with silence', () => {
    const warm = listen(true);
    warm.run(10_000);
    expect(warm.frames(0).length).toBeGreaterThanOrEqual(499);
    expect(warm.frames(1).length).toBeGreaterThanOrEqual(499);
    const cold = listen(false);
    cold.run(10_000);
    expect(cold.frames(0).length).toBeGreaterThanOrEqual(499);
    expect(cold.frames(1)).toEqual([]);
  });

  it('[A6] follows a closed edge with ten frames of silence, the first within 30 ms', () => {
    const { run, plan, speak, frames } = listen(false);
    plan([null, 'a']);
    speak('a', 5);
    plan([null, null]);
    const before = frames(1).length;
    run(30);
    expect(frames(1).slice(before).every(isSilence)).toBe(true);
    expect(frames(1).length).toBeGreaterThan(before);
    run(5_000);
    expect(frames(1).length - before).toBe(10);
  });

  it('[A6] no packet of a source leaves after its edge is closed', () => {
    const { plan, speak, frames } = listen(true);
    plan(['a', null]);
    speak('a', 3);
    plan([null, null]);
    const before = frames(0).length;
    speak('a', 20);
    expect(frames(0).slice(before).every(isSilence)).toBe(true);
  });

  it('[A6] covers a source that stalls with silence, and lets it in again', () => {
    const { run, plan, speak, frames } = listen(true);
    plan(['a', null]);
    speak('a', 3);
    run(600);
    expect(isSilence(frames(0).at(-1)!)).toBe(true);
    speak('a', 1);
    expect(
      frames(0)
        .filter((packet) => !isSilence(packet))
        .at(-1)?.marker,
    ).toBe(true);
  });

  it('[A6] made up silence keeps to 50 frames a second, and does not burst after a hold-up', () => {
    const { listener, sent } = listen(true, 1);
    listener.tick(0);
    listener.tick(5_000);
    expect(sent.length).toBeLessThanOrEqual(4);
  });
});
