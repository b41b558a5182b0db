// Topic: deliveries: what is brought, in which window, by which route, with which signals (products 3.4).
import { z } from 'zod';
import { board } from './board.ts';
import { line, name, text, time } from './fields.ts';

/** The deliveries board. The tactical side agrees to one before it goes (D23). */
export const deliveriesTopic = board({
  name: 'deliveries',
  noun: 'delivery',
  fields: z.object({
    what: name(),
    from: time(),
    until: time(),
    route: line(),
    signals: line(),
    constraints: text(),
    contingencies: text(),
    approvedBy: line(),
  }),
  life: {
    first: 'planned',
    next: {
      planned: ['agreed', 'called-off'],
      agreed: ['under-way', 'planned', 'called-off'],
      'under-way': ['delivered', 'called-off'],
      delivered: ['under-way'],
      'called-off': ['planned'],
    },
    noted: ['called-off'],
    movers: { agreed: ['tactical', 'tactical-liaison', 'commander'] },
  },
});
