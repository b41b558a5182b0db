// Who waits to be let in, in order; what is not answered; and who came and went unanswered. Part of the topic of lines, which holds the
// state. Letting in itself, and what a line is, are in lines.ts.
import { z } from 'zod';
import { isUnsafe } from '../line/machine.ts';
import type { Device, Line, Lines } from './lines.ts';
import { command, type Draft, type Due, entry, idOf, refuse } from './topic.ts';

/** A caller who is not answered for so long is an alarm on every console, in ms (design 4). */
export const UNANSWERED_MS = 5_000;

/** Somebody who waits: the device and its line. */
export interface Caller {
  readonly line: Line;
  readonly device: Device;
}

/** Somebody who came and went, and nobody let him in. Times are wall clock in ms. */
export interface Missed {
  readonly id: string;
  readonly lineId: string;
  readonly cameAt: number;
  readonly waitedMs: number;
  /** Somebody has seen to it. */
  readonly isMarked: boolean;
}

type State = { readonly lines: Lines };

const onDevice = z.strictObject({ lineId: idOf, deviceId: z.string().min(8).max(80) });
const missed = onDevice.extend({ missedId: z.string().max(80), cameAt: z.number(), waitedMs: z.number().min(0) });
const marked = z.strictObject({ missedId: z.string().max(80) });
const ANSWERERS = ['primary', 'coach', 'leader'] as const;

/** True for a device that calls: a link's, or the paired phone of a field line. One that waits to be paired calls nobody. */
function isCaller(line: Line, device: Device): boolean {
  return line.kind === 'link' || line.admitted?.deviceId === device.deviceId;
}

/** Everybody who waits to be let in, on all lines, first come first (N120). */
export function callersOf(lines: Lines): readonly Caller[] {
  return Object.values(lines.byId)
    .filter((line) => line.state !== 'closed')
    .flatMap((line) => line.waiting.filter((device) => isCaller(line, device)).map((device) => ({ line, device })))
    .sort((a, b) => a.device.at - b.device.at || a.line.id.localeCompare(b.line.id));
}

/** Whoever is let in next: the first whose own line is free. A second device on a line that is in a call waits for its end (N21). */
export function nextCaller(lines: Lines): Caller | undefined {
  return callersOf(lines).find(({ line }) => !isUnsafe(line.state) && !line.unconfirmed);
}

/** Callers whom nobody has seen to: these ring (N122). */
export function ringingOf(lines: Lines): readonly Caller[] {
  return callersOf(lines).filter(({ device }) => device.seenBy === null);
}

/** A line in a call that has to be put on hold, or ended, before the next is answered. A lost one does not bar the way: it can come back
 *  on hold only while another is live. */
export function lineInTheWay(lines: Lines, but = ''): Line | undefined {
  return Object.values(lines.byId).find((l) => l.id !== but && (l.state === 'live' || l.state === 'asking' || l.state === 'ringing'));
}

/** Calls that came to nothing and that nobody has seen to, oldest first (N126). */
export function openMissed(lines: Lines): readonly Missed[] {
  return lines.missed.filter((one) => !one.isMarked);
}

/** The drafts for everybody who still waits when the incident is closed. */
export function missesAtClose(lines: Lines, at: number): readonly Draft[] {
  return Object.values(lines.byId).flatMap((line) => missesOf(lines, line, { devices: line.waiting, at }));
}

/** The drafts that put on record that these devices waited and were not let in. `awayMs`: for so long they had been gone. */
export function missesOf(
  lines: Lines,
  line: Line,
  { devices, at, awayMs = 0 }: { readonly devices: readonly Device[]; readonly at: number; readonly awayMs?: number },
): readonly Draft[] {
  const before = lines.missed.filter((one) => one.lineId === line.id).length;
  return devices
    .filter((device) => isCaller(line, device))
    .map(({ deviceId, at: cameAt }, n) => ({
      type: 'call-missed',
      payload: {
        lineId: line.id,
        deviceId,
        missedId: `${line.id}.missed-${before + n}`,
        cameAt,
        waitedMs: Math.max(0, at - cameAt - awayMs),
      },
    }));
}

/** Changes one device that waits. */
function changeDevice(lines: Lines, on: z.output<typeof onDevice>, news: Partial<Device>): Lines {
  const line = lines.byId[on.lineId];
  if (line === undefined) return lines;
  const waiting = line.waiting.map((d) => (d.deviceId === on.deviceId ? { ...d, ...news } : d));
  return { ...lines, byId: { ...lines.byId, [line.id]: { ...line, waiting } } };
}

function waits({ lines }: State, on: z.output<typeof onDevice>): Device | undefined {
  return callersOf(lines).find(({ line, device }) => line.id === on.lineId && device.deviceId === on.deviceId)?.device;
}

/** Commands of the queue; they are the lines' own. */
export const queueCommands = {
  /** Somebody sees that he waits: it stops ringing, and he keeps his place. */
  'let-wait': command({
    by: [...ANSWERERS],
    schema: onDevice,
    decide: (state: State, asks) => {
      const device = waits(state, asks);
      if (device === undefined) return refuse('N5', 'That device is not waiting.', 'Look at the line card again.');
      return device.seenBy === null ? [{ type: 'wait-seen', payload: asks }] : [];
    },
  }),
  'report-unanswered': command({
    by: ['parley'],
    schema: onDevice,
    decide: (state: State, asks, { at }) => {
      const device = waits(state, asks);
      const isDue = device !== undefined && device.seenBy === null && !device.isUnanswered && at - device.at >= UNANSWERED_MS;
      return isDue ? [{ type: 'call-unanswered', payload: asks }] : [];
    },
  }),
  'mark-missed': command({
    by: [...ANSWERERS, 'scribe'],
    schema: marked,
    decide: ({ lines }: State, asks) => {
      const found = lines.missed.find((one) => one.id === asks.missedId);
      if (found === undefined) return refuse('N126', 'There is no such missed call.', 'Look at the contact log again.');
      return found.isMarked ? [] : [{ type: 'missed-marked', payload: asks }];
    },
  }),
};

/** Entries of the queue; they are the lines' own. */
export const queueEntries = {
  'wait-seen': entry({
    schema: onDevice,
    reduce: (lines: Lines, p, { who }): Lines =>
      changeDevice(lines, p, { seenBy: who.kind === 'person' ? who.name : '', isUnanswered: false }),
  }),
  'call-unanswered': entry({ schema: onDevice, reduce: (lines: Lines, p): Lines => changeDevice(lines, p, { isUnanswered: true }) }),
  'call-missed': entry({
    schema: missed,
    reduce: (lines: Lines, { missedId: id, lineId, cameAt, waitedMs }): Lines => ({
      ...lines,
      missed: [...lines.missed, { id, lineId, cameAt, waitedMs, isMarked: false }],
    }),
  }),
  'missed-marked': entry({
    schema: marked,
    reduce: (lines: Lines, p): Lines => ({
      ...lines,
      missed: lines.missed.map((one) => (one.id === p.missedId ? { ...one, isMarked: true } : one)),
    }),
  }),
};

/** What the box asks by itself: the alarm for each caller who is not answered. */
export function queueDues(lines: Lines): readonly Due[] {
  return ringingOf(lines)
    .filter(({ device }) => !device.isUnanswered)
    .map(({ line, device }) => ({
      at: device.at + UNANSWERED_MS,
      command: { type: 'report-unanswered', lineId: line.id, deviceId: device.deviceId },
    }));
}
