// Topic: the running log in the team's own words.
import { z } from 'zod';
import { Grown } from './grown.ts';
import { command, entry, type Person, refuse, type Topic } from './topic.ts';

export interface Note {
  readonly at: number;
  readonly by: Person | null;
  readonly text: string;
  /** When it was seen, if that was told. */
  readonly seenAt?: number | undefined;
}

const initial = Grown.empty<Note>();
/** `seenAt`: when it was seen or heard, wall clock in ms; left out: when it was written. */
const written = z.strictObject({ text: z.string().trim().min(1).max(10_000), seenAt: z.number().int().min(0).max(9e15).optional() });
/** Clocks differ by so much and no more, ms. */
const CLOCK_MS = 2_000;
const OLDEST_MS = 24 * 3_600_000;
/** Nearer than this to the log's own time it tells nothing more, ms. */
const SAME_MS = 1_000;

export const notesTopic = {
  name: 'notes' as const,
  initial,
  commands: {
    'write-note': command({
      by: ['member'],
      schema: written,
      decide: (_: unknown, asks, { at, who }) => {
        if (who.kind !== 'person') return refuse('T1', 'Only people write notes.', '');
        const { seenAt = at } = asks;
        if (seenAt > at + CLOCK_MS || seenAt < at - OLDEST_MS)
          return refuse(
            'D95',
            'That time is not of the last 24 hours.',
            'Look at the clock of this computer, or write the time into the note.',
          );
        return [{ type: 'note-written', payload: Math.abs(at - seenAt) < SAME_MS ? { text: asks.text } : asks }];
      },
    }),
  },
  entries: {
    'note-written': entry({
      schema: written,
      reduce: (notes: Grown<Note>, p, { at, who }) => notes.with({ at, by: who.kind === 'person' ? who : null, ...p }),
    }),
  },
} satisfies Topic;
