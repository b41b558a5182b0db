// Topic: the running log in the team's own words.
import { z } from 'zod';
import { Grown } from './grown.ts';
import { command, entry, type Person, refuse, type Topic } from './topic.ts';

export interface Note {
  readonly at: number;
  readonly by: Person | null;
  readonly text: string;
}

const initial = Grown.empty<Note>();
const written = z.strictObject({ text: z.string().trim().min(1).max(10_000) });

export const notesTopic = {
  name: 'notes' as const,
  initial,
  commands: {
    'write-note': command({
      by: ['member'],
      schema: written,
      decide: (_: unknown, asks, { who }) =>
        who.kind === 'person' ? [{ type: 'note-written', payload: asks }] : refuse('T1', 'Only people write notes.', ''),
    }),
  },
  entries: {
    'note-written': entry({
      schema: written,
      reduce: (notes: Grown<Note>, p, { at, who }) => notes.with({ at, by: who.kind === 'person' ? who : null, text: p.text }),
    }),
  },
} satisfies Topic;
