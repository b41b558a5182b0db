// Which source feeds which slot of a listener. Pure.
import type { WantedSource } from './edges.ts';

/** Who feeds each slot; null is silence. */
export type SlotPlan = readonly (string | null)[];

/**
 * A source keeps its slot as long as it is wanted; a new one takes the lowest free slot. With more sources than slots the unleased
 * ones win, and a source that has a slot wins over one of its kind that has none. Who is left out is simply not in the result.
 */
export function planSlots(current: SlotPlan, wanted: readonly WantedSource[], slotCount: number): SlotPlan {
  const chosen = chooseSources(current, wanted, slotCount);
  const plan = Array.from({ length: slotCount }, (_, slot) => {
    const kept = current[slot];
    return kept !== null && kept !== undefined && chosen.has(kept) ? kept : null;
  });
  for (const source of chosen) {
    if (!plan.includes(source)) plan[plan.indexOf(null)] = source;
  }
  return plan;
}

function chooseSources(current: SlotPlan, wanted: readonly WantedSource[], slotCount: number): Set<string> {
  const has = (source: WantedSource): boolean => current.includes(source.from);
  const byKind = (leased: boolean): WantedSource[] => {
    const kind = wanted.filter((source) => source.leased === leased);
    return [...kind.filter(has), ...kind.filter((source) => !has(source))];
  };
  return new Set([...byKind(false), ...byKind(true)].slice(0, slotCount).map((source) => source.from));
}

/** True when both plans say the same. */
export const samePlan = (a: SlotPlan, b: SlotPlan): boolean => a.length === b.length && a.every((source, slot) => source === b[slot]);
