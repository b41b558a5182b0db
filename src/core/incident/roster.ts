// Topic: people in and out: who is on the scene and where, and how long each has worked since he came and since his last break.
// How long is too long is the agency's own policy: the figures that stand here before anybody set them are an estimate.
import { z } from 'zod';
import { board, type Row, type Rows } from './board.ts';
import { choice, line, name, person, time } from './fields.ts';
import { command, entry, type Topic } from './topic.ts';

const roster = board({
  name: 'roster',
  noun: 'presence',
  fields: z.object({
    who: name(),
    /** The member of this incident, when he is one. */
    member: person(),
    place: choice(['cell', 'scene', 'command-post', 'tactical', 'elsewhere']),
    part: line(),
    /** When he came; null: when it was written down. Wall clock in ms. */
    arrivedAt: time(),
    phone: line(),
  }),
  life: {
    first: 'here',
    next: { here: ['break', 'left'], break: ['here', 'left'], left: ['here'] },
  },
});

/** The people in and out. */
export const rosterTopic = roster;

/** A row of the roster. */
export type Presence = Row<{
  readonly who: string;
  readonly member: string;
  readonly place: string;
  readonly part: string;
  readonly arrivedAt: number | null;
  readonly phone: string;
}>;

/** After how long somebody is to be relieved, and to have a break, in minutes. */
export interface HourLimits {
  readonly shiftMin: number;
  readonly breakMin: number;
  /** False: nobody set them, they are an estimate of Parley's and no doctrine. */
  readonly isSet: boolean;
}

/** What holds before the leader set the agency's own. No source gives a figure (doctrine 4.3: "shift > N h"). */
export const ESTIMATED_LIMITS: HourLimits = { shiftMin: 8 * 60, breakMin: 2 * 60, isSet: false };

const limits = z.strictObject({ shiftMin: z.number().int().min(30).max(2_880), breakMin: z.number().int().min(10).max(1_440) });

/** The agency's limits for this incident. */
export const hoursTopic = {
  name: 'hours' as const,
  initial: ESTIMATED_LIMITS,
  commands: {
    'set-hours': command({
      by: ['leader', 'commander'],
      schema: limits,
      decide: (state: { readonly hours: HourLimits }, asks) =>
        state.hours.isSet && state.hours.shiftMin === asks.shiftMin && state.hours.breakMin === asks.breakMin
          ? []
          : [{ type: 'hours-set', payload: asks }],
    }),
  },
  entries: {
    'hours-set': entry({ schema: limits, reduce: (_: HourLimits, p): HourLimits => ({ ...p, isSet: true }) }),
  },
} satisfies Topic;

/** How long somebody has worked. Milliseconds; null for a row that is withdrawn or has left. */
export interface Hours {
  /** Since he came, breaks counted. */
  readonly sinceArrivalMs: number;
  /** Since he came or his last break ended; 0 on a break. */
  readonly sinceBreakMs: number;
  readonly isOnBreak: boolean;
  readonly isOverShift: boolean;
  readonly isOverBreak: boolean;
}

const MINUTE_MS = 60_000;

/** The hours of one row at `now`, wall clock in ms (D55). */
export function hoursOf(row: Presence, now: number, { shiftMin, breakMin }: Pick<HourLimits, 'shiftMin' | 'breakMin'>): Hours | null {
  if (row.withdrawn || row.state === 'left') return null;
  const left = row.history.findLastIndex(({ state }) => state === 'left');
  const cameBack = left < 0 ? undefined : row.history.slice(left).find(({ state }) => state === 'here')?.at;
  const arrivedAt = cameBack ?? row.fields.arrivedAt ?? row.at;
  const isOnBreak = row.state === 'break';
  const workingSince = Math.max(
    arrivedAt,
    row.state === 'here' && row.history.some(({ state }) => state === 'here') ? row.since : arrivedAt,
  );
  const sinceArrivalMs = Math.max(0, now - arrivedAt);
  const sinceBreakMs = isOnBreak ? 0 : Math.max(0, now - workingSince);
  return {
    sinceArrivalMs,
    sinceBreakMs,
    isOnBreak,
    isOverShift: sinceArrivalMs >= shiftMin * MINUTE_MS,
    isOverBreak: !isOnBreak && sinceBreakMs >= breakMin * MINUTE_MS,
  };
}

/** The standing row of a member of this incident that tells where he is now: the newest that has not left, else the newest. */
export function presenceOf(rows: Rows<unknown>, personId: string): Presence | undefined {
  const his = Object.values(rows as Rows<Presence['fields']>).filter((row) => !row.withdrawn && row.fields.member === personId);
  return his.findLast(({ state }) => state !== 'left') ?? his.at(-1);
}
