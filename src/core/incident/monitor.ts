// Topic: room monitor, the sound of a far end that is on hold. Off with every new hold; opened under an authority only. Routes nothing.
import { z } from 'zod';
import { type Authorities, passes } from './authorities.ts';
import type { Gates } from './gates.ts';
import type { Line, Lines } from './lines.ts';
import { command, type Draft, entry, idOf, refuse, type Topic } from './topic.ts';

/** A monitor that runs. `authorityId`: null where the agency demands none. */
export interface Monitor {
  readonly authorityId: string | null;
  readonly since: number;
}

/** Line -> its monitor. Who is absent is off. */
export type Monitors = Readonly<Record<string, Monitor>>;

type State = { monitor: Monitors; lines: Lines; authority: Authorities; incident: { readonly gates: Gates } };

const initial: Monitors = {};
const onLine = z.strictObject({ lineId: idOf });
const started = onLine.extend({ authorityId: idOf.nullable() });
const stopped = onLine.extend({ cause: z.string().max(200) });

/** The draft that ends a line's monitor; none when it is off. */
export function monitorEnds(monitors: Monitors, lineId: string, cause: string): readonly Draft[] {
  return monitors[lineId] === undefined ? [] : [{ type: 'room-monitor-stopped', payload: { lineId, cause } }];
}

/** Whether the far end's microphone is heard by anyone or recorded, as far as the team lets it: not on hold, or monitored. */
export function isListenedTo(state: { readonly monitor: Monitors }, line: Line): boolean {
  return !line.onHold || state.monitor[line.id] !== undefined;
}

function start(state: State, lineId: string, at: number) {
  const line = state.lines.byId[lineId];
  if (line === undefined) return refuse('N1', 'There is no such line.', 'Look at the list of lines again.');
  if (state.monitor[lineId] !== undefined) return [];
  if (line.state !== 'held')
    return refuse('N72', 'Room monitor is for a line on hold.', 'While the line is live you hear it anyway; put it on hold first.');
  const passed = passes(state, 'room-monitor', at);
  return 'rule' in passed ? passed : [{ type: 'room-monitor-started', payload: { lineId, authorityId: passed.authorityId } }];
}

export const monitorTopic = {
  name: 'monitor' as const,
  initial,
  commands: {
    'start-room-monitor': command({
      by: ['leader'],
      schema: onLine,
      decide: (state: State, asks, { at }) => start(state, asks.lineId, at),
    }),
    'stop-room-monitor': command({
      by: ['leader', 'coach', 'primary', 'commander'],
      schema: onLine,
      unlogged: true,
      decide: (state: State, asks) => monitorEnds(state.monitor, asks.lineId, 'stopped'),
    }),
  },
  entries: {
    'room-monitor-started': entry({
      schema: started,
      reduce: (monitors: Monitors, p, { at }): Monitors => ({ ...monitors, [p.lineId]: { authorityId: p.authorityId, since: at } }),
    }),
    'room-monitor-stopped': entry({
      schema: stopped,
      reduce: (monitors: Monitors, p): Monitors => {
        const { [p.lineId]: _over, ...rest } = monitors;
        return rest;
      },
    }),
  },
} satisfies Topic;
