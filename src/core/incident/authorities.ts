// What recorded authorities allow, and what their clocks say. Pure predicates over the record; commands and entries are in authority.ts.
// Which cases need an order is [design], to be confirmed by the agency's counsel.
import { z } from 'zod';
import type { Gates } from './gates.ts';
import type { Line, Lines } from './lines.ts';
import { type Refusal, refuse } from './topic.ts';

export const basis = z.enum(['emergency', 'hostage-statute', 'court-order', 'party-consent', 'consent', 'other']);
/** On what it rests (doctrine 7): an emergency before the order, a statute for hostage and barricade events, an order that is there
 *  already, consent of a party to the call (an officer), consent of the person, or something else in words. */
export type Basis = z.infer<typeof basis>;
/** All bases, in the order in which they are offered. */
export const BASES: readonly Basis[] = basis.options;

export const scope = z.enum(['recording', 'room-monitor', 'open-microphone']);
/** What it allows. */
export type Scope = z.infer<typeof scope>;
/** All scopes, in the order in which they are offered. */
export const SCOPES: readonly Scope[] = scope.options;

/** An order must be applied for within this time of the start, ms (18 USC 2518(7), California PC 633.8; doctrine 7). */
export const ORDER_DUE_MS = 48 * 3_600_000;
/** From here on the clock warns, ms before the end [design]. */
export const WARN_MS = 6 * 3_600_000;

export const order = z.strictObject({
  number: z.string().trim().min(1).max(100),
  /** What the judge ordered, in his words. */
  text: z.string().trim().min(1).max(10_000),
  /** When the order ends, wall clock in ms; null when it names no end. */
  until: z.number().nullable(),
});
export type Order = z.infer<typeof order>;

/** One authority, as recorded. Times: wall clock, ms. */
export interface Authority {
  readonly id: string;
  readonly basis: Basis;
  readonly words: string;
  readonly officer: string;
  readonly scope: readonly Scope[];
  readonly startedAt: number;
  readonly recordedBy: string;
  readonly order: (Order & { readonly at: number }) | null;
  readonly stopped: { readonly at: number; readonly reason: string } | null;
  /** It ran out: nothing is opened under it any more. */
  readonly lapsedAt: number | null;
  /** Calls that were being recorded when it ran out: they go on, as no clock may cut into a live call. */
  readonly goesOn: readonly string[];
}

/** All authorities of an incident, oldest first. */
export type Authorities = readonly Authority[];

/** What of an incident is asked. */
export type Known = { readonly incident: { readonly gates: Gates }; readonly authority: Authorities; readonly lines: Lines };

/** True when an order is due: always, but for a recording to which a party or the person agreed. */
export function needsOrder({ basis: on, scope: allows }: Pick<Authority, 'basis' | 'scope'>): boolean {
  return (on !== 'party-consent' && on !== 'consent') || allows.some((s) => s !== 'recording');
}

/** When it runs out by itself, wall clock in ms; Infinity when nothing ends it. */
export function endsAt(one: Authority): number {
  if (one.order !== null) return one.order.until ?? Number.POSITIVE_INFINITY;
  return needsOrder(one) ? one.startedAt + ORDER_DUE_MS : Number.POSITIVE_INFINITY;
}

/** Whether something may be opened under it now. */
export function isInForce(one: Authority, at: number): boolean {
  return one.startedAt <= at && one.stopped === null && one.lapsedAt === null && at < endsAt(one);
}

/** The authority in force that allows this; the newest when there are several. */
export function authorityFor(all: Authorities, wanted: Scope, at: number): Authority | undefined {
  return all.findLast((one) => one.scope.includes(wanted) && isInForce(one, at));
}

const GATE_OF: Readonly<Record<Scope, keyof Gates>> = {
  recording: 'recording',
  'room-monitor': 'roomMonitor',
  'open-microphone': 'openMicrophone',
};

/** Whether a gate is open now: by which authority (null: none is needed), or why not. `at`: wall clock, ms. */
export function passes(state: Known, wanted: Scope, at: number): { readonly authorityId: string | null } | Refusal {
  if (state.incident.gates[GATE_OF[wanted]] === 'free') return { authorityId: null };
  const found = authorityFor(state.authority, wanted, at);
  return found === undefined
    ? refuse('N70', 'The agency wants a legal authority for this, and none is in force.', 'Record the authority first: panel "Authority".')
    : { authorityId: found.id };
}

/** Whether the far device of this line may open its microphone without a touch of the person there: a field phone that was let in,
 *  where the agency set it free or an authority in force allows it (design 4, field phone). `at`: wall clock, ms. */
export function mayOpenMicrophone(state: Known, lineId: string, at: number): boolean {
  const line = state.lines.byId[lineId];
  return line?.kind === 'field' && line.admitted !== null && line.state !== 'closed' && !('rule' in passes(state, 'open-microphone', at));
}

/** Names one call of a line: the same device that knocks again later is another call. */
export function callOf(line: Line): string {
  return `${line.id}/${line.admitted?.at ?? 0}`;
}

/** Whether what this line's far end says is recorded while it is in a call. */
export function isRecorded(state: Known, line: Line): boolean {
  if (state.incident.gates.recording === 'free') return true;
  return state.authority.some(
    (one) => one.scope.includes('recording') && one.stopped === null && (one.lapsedAt === null || one.goesOn.includes(callOf(line))),
  );
}

/** What the clock of one authority says. `order-due`: an order is still wanted; `ends`: the order names an end; `running`: neither. */
export interface ClockView {
  readonly authorityId: string;
  readonly what: 'order-due' | 'ends' | 'running';
  /** Until `ends` or `due`, ms; below zero when it is over; null for `running`. */
  readonly leftMs: number | null;
  readonly level: 'calm' | 'warn' | 'over';
}

function levelOf(leftMs: number): ClockView['level'] {
  if (leftMs <= 0) return 'over';
  return leftMs <= WARN_MS ? 'warn' : 'calm';
}

/** The clocks that every console shows, most pressing first. An order stays due when the authority was stopped before it was there
 *  (the law counts from the start). `at`: wall clock, ms. */
export function clocks(all: Authorities, at: number): readonly ClockView[] {
  const views = all.flatMap((one): ClockView[] => {
    if (one.order === null && needsOrder(one)) {
      const leftMs = one.startedAt + ORDER_DUE_MS - at;
      return [{ authorityId: one.id, what: 'order-due', leftMs, level: levelOf(leftMs) }];
    }
    if (one.stopped !== null) return [];
    const end = endsAt(one);
    if (end === Number.POSITIVE_INFINITY) return [{ authorityId: one.id, what: 'running', leftMs: null, level: 'calm' }];
    return [{ authorityId: one.id, what: 'ends', leftMs: end - at, level: levelOf(end - at) }];
  });
  return views.sort((a, b) => (a.leftMs ?? Number.POSITIVE_INFINITY) - (b.leftMs ?? Number.POSITIVE_INFINITY));
}

/** Authorities whose time is over and that the log does not know as such yet. */
export function runOut(all: Authorities, at: number): readonly Authority[] {
  return all.filter((one) => one.stopped === null && one.lapsedAt === null && at >= endsAt(one));
}
