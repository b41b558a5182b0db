// The sound of one room without any sound: legs, edges and slots as plain values. What a worker process would keep.
import type { LegProfile, LegState, LegView, WorkerEdge, WorkerReport } from '../../../protocol/worker.ts';

/** One leg of the fake. */
export interface MemoryLeg {
  state: LegState;
  sinceMs: number;
  slots: (string | null)[];
  readonly profile: LegProfile;
  readonly sendsSound: boolean;
  /** Recordings made so far, to number the files. */
  files: number;
}

/** What outlives a server. */
export interface MemoryWorld {
  epoch: number;
  edges: readonly WorkerEdge[];
  leasesOpen: boolean;
  hushed: readonly string[];
  readonly legs: Map<string, MemoryLeg>;
  readonly pending: Map<number, WorkerReport>;
  lastReport: number;
}

export const emptyWorld = (): MemoryWorld => ({
  epoch: 0,
  edges: [],
  leasesOpen: true,
  hushed: [],
  legs: new Map(),
  pending: new Map(),
  lastReport: 0,
});

export const viewOf = (id: string, leg: MemoryLeg): LegView => ({
  leg: id,
  state: leg.state,
  sinceMs: leg.sinceMs,
  slots: [...leg.slots],
  recording: leg.files > 0 && leg.state !== 'ended',
});

/** The sources that a listener may hear now, those without a lease first. */
export function sourcesOf(world: MemoryWorld, to: string): string[] {
  const open = world.edges.filter((edge) => edge.to === to && (world.leasesOpen || !edge.leased) && !world.hushed.includes(edge.from));
  return [...open.filter((edge) => !edge.leased), ...open.filter((edge) => edge.leased)].map((edge) => edge.from);
}

/** Brings a leg's slots to the matrix; a source keeps its slot. True when something changed. */
export function fillSlots(world: MemoryWorld, id: string, leg: MemoryLeg): boolean {
  const wanted = sourcesOf(world, id).slice(0, leg.slots.length);
  const next = leg.slots.map((source) => (source !== null && wanted.includes(source) ? source : null));
  for (const source of wanted) if (!next.includes(source)) next[next.indexOf(null)] = source;
  const changed = next.some((source, slot) => source !== leg.slots[slot]);
  leg.slots = next;
  return changed;
}
