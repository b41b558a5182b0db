// Topic: the alarm that any member raises with a word, and that stands on every console until it is cleared.
import { z } from 'zod';
import { CHATTERS } from './chat.ts';
import { hasRole, type People } from './people.ts';
import { command, entry, idOf, type Person, refuse, type Topic } from './topic.ts';

/** Longest word on an alarm, in characters. */
export const MAX_ALARM_CHARS = 200;

/** One alarm, from its raising on. */
export interface Alarm {
  readonly id: string;
  readonly word: string;
  readonly by: Person | null;
  readonly at: number;
  /** When it was cleared; null: it stands. */
  readonly clearedAt: number | null;
}

export type Alarms = Readonly<Record<string, Alarm>>;

type State = { readonly alarms: Alarms; readonly people: People };

const initial: Alarms = {};
const raised = z.strictObject({ alarmId: idOf, word: z.string().trim().min(1).max(MAX_ALARM_CHARS) });
const cleared = z.strictObject({ alarmId: idOf });

/** Alarms that nobody cleared, oldest first. */
export function standing(alarms: Alarms): readonly Alarm[] {
  return Object.values(alarms).filter((one) => one.clearedAt === null);
}

/** True when this person may clear it: who raised it, or the leader. */
export function mayClear(alarm: Alarm, people: People, personId: string): boolean {
  return alarm.by?.personId === personId || hasRole(people, personId, 'leader');
}

export const alarmsTopic = {
  name: 'alarms' as const,
  initial,
  commands: {
    'raise-alarm': command({
      by: CHATTERS,
      schema: raised,
      decide: ({ alarms }: State, asks) =>
        alarms[asks.alarmId] === undefined
          ? [{ type: 'alarm-raised', payload: asks }]
          : refuse('D44', 'There is such an alarm already.', 'Raise it anew.'),
    }),
    'clear-alarm': command({
      by: CHATTERS,
      schema: cleared,
      decide: ({ alarms, people }: State, asks, { who }) => {
        const alarm = alarms[asks.alarmId];
        if (alarm === undefined || alarm.clearedAt !== null) return [];
        return who.kind === 'person' && mayClear(alarm, people, who.personId)
          ? [{ type: 'alarm-cleared', payload: asks }]
          : refuse('D44', 'Only who raised it, or the leader, clears an alarm.', 'Ask one of them.');
      },
    }),
  },
  entries: {
    'alarm-raised': entry({
      schema: raised,
      reduce: (alarms: Alarms, p, { at, who }): Alarms => ({
        ...alarms,
        [p.alarmId]: { id: p.alarmId, word: p.word, by: who.kind === 'person' ? who : null, at, clearedAt: null },
      }),
    }),
    'alarm-cleared': entry({
      schema: cleared,
      reduce: (alarms: Alarms, p, { at }): Alarms => {
        const alarm = alarms[p.alarmId];
        return alarm === undefined ? alarms : { ...alarms, [p.alarmId]: { ...alarm, clearedAt: at } };
      },
    }),
  },
} satisfies Topic;
