// Topic: sound that leaks: the test that each person makes before a call, and what the sound worker suspects during it.
import { z } from 'zod';
import type { Gear } from './gear.ts';
import { command, entry, idOf, refuse, type Topic } from './topic.ts';

/** The last leak test of a person. */
export interface LeakTest {
  readonly at: number;
  readonly passed: boolean;
  /** Level of the test tone at the own microphone while it played, dBFS. */
  readonly levelDb: number;
  /** The same before it played, dBFS. */
  readonly beforeDb: number;
  /** What was worn, by the name of the device. */
  readonly label: string;
}

/** A voice that should stay inside, found in a microphone that the subject may hear. Both are legs. */
export interface Suspicion {
  readonly secret: string;
  readonly microphone: string;
  readonly since: number;
  /** How much later it comes back, ms. */
  readonly delayMs: number;
  /** Its level there against the original, dB. */
  readonly gainDb: number;
}

export interface Leak {
  /** By person. */
  readonly tests: Readonly<Record<string, LeakTest>>;
  readonly suspected: readonly Suspicion[];
}

type State = { leak: Leak; gear: Gear };

const initial: Leak = { tests: {}, suspected: [] };
const leg = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,63}$/);
const levelDb = z.number().min(-150).max(20);
const test = z.strictObject({ levelDb, beforeDb: levelDb, passed: z.boolean() });
const pair = z.strictObject({ secret: leg, microphone: leg });
const suspected = pair.extend({ delayMs: z.number(), gainDb: z.number(), likeness: z.number().min(0).max(1) });
const cleared = pair.extend({ cause: z.string().max(200) });

function find(leak: Leak, { secret, microphone }: z.output<typeof pair>): Suspicion | undefined {
  return leak.suspected.find((s) => s.secret === secret && s.microphone === microphone);
}

export const leakTopic = {
  name: 'leak' as const,
  initial,
  commands: {
    'report-leak-test': command({
      by: ['member'],
      schema: test,
      decide: (state: State, asks, { who }) =>
        who.kind === 'person'
          ? [
              {
                type: 'leak-tested',
                payload: { personId: who.personId, label: state.gear[who.personId]?.label ?? '', ...asks },
              },
            ]
          : refuse('T1', 'Only people test what they wear.', ''),
    }),
    /** The sound worker tells again as long as it lasts. */
    'report-leak': command({
      by: ['parley'],
      schema: suspected,
      decide: (state: State, asks) => (find(state.leak, asks) === undefined ? [{ type: 'leak-suspected', payload: asks }] : []),
    }),
    'report-leak-cleared': command({
      by: ['parley'],
      schema: cleared,
      decide: (state: State, asks) => (find(state.leak, asks) === undefined ? [] : [{ type: 'leak-cleared', payload: asks }]),
    }),
  },
  entries: {
    'leak-tested': entry({
      schema: test.extend({ personId: idOf, label: z.string().max(200) }),
      reduce: (leak: Leak, { personId, ...p }, { at }): Leak => ({ ...leak, tests: { ...leak.tests, [personId]: { ...p, at } } }),
    }),
    'leak-suspected': entry({
      schema: suspected,
      reduce: (leak: Leak, p, { at }): Leak => ({
        ...leak,
        suspected: [
          ...leak.suspected.filter((s) => s !== find(leak, p)),
          { secret: p.secret, microphone: p.microphone, since: at, delayMs: p.delayMs, gainDb: p.gainDb },
        ],
      }),
    }),
    'leak-cleared': entry({
      schema: cleared,
      reduce: (leak: Leak, p): Leak => ({ ...leak, suspected: leak.suspected.filter((s) => s !== find(leak, p)) }),
    }),
  },
} satisfies Topic;

/** Whether this person should test before the next call: never passed with what he wears now, or a call has ended since.
 *  @param lastCallEndedAt wall clock in ms of the last end of a call, 0 for none */
export function isLeakTestDue(state: { readonly leak: Leak; readonly gear: Gear }, personId: string, lastCallEndedAt: number): boolean {
  const last = state.leak.tests[personId];
  return last === undefined || !last.passed || last.at < lastCallEndedAt || last.label !== (state.gear[personId]?.label ?? '');
}
