// Topic: hooks, what the person cares about and can be reached by (doctrine 4.7).
import { z } from 'zod';
import { board } from './board.ts';
import { name, text } from './fields.ts';

/** The hooks board: short rows, each used, and said whether it worked. */
export const hooksTopic = board({
  name: 'hooks',
  noun: 'hook',
  fields: z.object({
    what: name(),
    /** How to use it, or his own words about it. */
    use: text(),
  }),
  life: {
    first: 'unused',
    next: {
      unused: ['used', 'worked', 'failed'],
      used: ['worked', 'failed', 'unused'],
      worked: ['failed', 'used'],
      failed: ['worked', 'used'],
    },
  },
});
