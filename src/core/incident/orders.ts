// Topic: orders and warrants around the incident, with their clocks: sought, issued, served, run out.
import { z } from 'zod';
import { board } from './board.ts';
import { choice, line, name, text, time } from './fields.ts';

/** The board of orders and warrants. The order that recording rests on is the authority record's; this board holds all others. */
export const ordersTopic = board({
  name: 'orders',
  noun: 'order',
  fields: z.object({
    what: name(),
    kind: choice(['arrest', 'search', 'interception', 'protection', 'commitment', 'other']),
    issuer: line(),
    reference: line(),
    /** Until when it must be there or holds; the clock runs to it. */
    dueAt: time(),
    scope: text(),
  }),
  by: ['leader', 'intelligence', 'scribe', 'commander', 'technical'],
  life: {
    first: 'sought',
    next: {
      sought: ['issued', 'refused', 'dropped'],
      issued: ['served', 'ran-out', 'dropped'],
      served: ['ran-out'],
      'ran-out': ['sought', 'issued'],
      refused: ['sought'],
      dropped: ['sought'],
    },
    noted: ['refused', 'dropped'],
  },
});
