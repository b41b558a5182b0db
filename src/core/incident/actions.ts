// Topic: positive police actions, what we did for the person that he can be reminded of (products 3.3).
import { z } from 'zod';
import { board } from './board.ts';
import { line, name, time } from './fields.ts';

/** The board of positive police actions. */
export const actionsTopic = board({
  name: 'actions',
  noun: 'action',
  fields: z.object({ what: name(), doneAt: time(), answer: line() }),
  life: { first: 'untold', next: { untold: ['told'], told: ['untold'] } },
});
