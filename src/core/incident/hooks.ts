// Topic: hooks, what the person cares about and can be reached by (doctrine 4.7).
import { z } from 'zod';
import { board } from './board.ts';

/** The hooks board: short rows, each used, and said whether it worked. */
export const hooksTopic = board({
  name: 'hooks',
  noun: 'hook',
  by: ['member'],
  fields: z.object({
    /** What it is, in a few words. */
    what: z.string().trim().min(1).max(500),
    /** How to use it, or his own words about it. */
    use: z.string().trim().max(2_000),
  }),
  life: {
    first: 'unused',
    next: { unused: ['used', 'worked', 'failed'], used: ['worked', 'failed'], worked: ['failed', 'used'], failed: ['worked', 'used'] },
  },
});
