// Topic: echo cancellation of the far end of each line: on for a loudspeaker, off for a phone held to the ear.
import { z } from 'zod';
import type { Lines } from './lines.ts';
import { command, entry, idOf, refuse, type Topic } from './topic.ts';

/** Lines whose echo cancellation was set; who is absent has the first setting. */
export type Echo = Readonly<Record<string, boolean>>;

const initial: Echo = {};
const set = z.strictObject({ lineId: idOf, on: z.boolean() });

/** Whether echo cancellation is on for a line. On until somebody says otherwise: nobody knows yet how the phone is held. */
export function isEchoOn(echo: Echo, lineId: string): boolean {
  return echo[lineId] ?? true;
}

export const echoTopic = {
  name: 'echo' as const,
  initial,
  commands: {
    'set-line-echo': command({
      by: ['primary', 'coach', 'leader', 'technical'],
      schema: set,
      decide: (state: { echo: Echo; lines: Lines }, asks) => {
        const line = state.lines.byId[asks.lineId];
        if (line === undefined || line.state === 'closed')
          return refuse('N1', 'There is no such line.', 'Look at the list of lines again.');
        return isEchoOn(state.echo, asks.lineId) === asks.on ? [] : [{ type: 'line-echo-set', payload: asks }];
      },
    }),
  },
  entries: {
    'line-echo-set': entry({ schema: set, reduce: (echo: Echo, p): Echo => ({ ...echo, [p.lineId]: p.on }) }),
  },
} satisfies Topic;
