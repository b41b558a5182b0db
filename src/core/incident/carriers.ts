// Topic: what is asked of telephone companies about lines: hold it, cut it, route it to us, trace it; and what came of it.
import { z } from 'zod';
import { board } from './board.ts';
import { choice, line, name, text, time } from './fields.ts';

/** The board of requests for line control. Who asks whom on which ground is written down; Parley itself asks no carrier for anything. */
export const carriersTopic = board({
  name: 'carriers',
  noun: 'carrier-request',
  fields: z.object({
    /** The line it is about: a number, a router, a flat. */
    about: name(),
    wanted: choice(['route-to-us', 'block-others', 'restore', 'trace', 'subscriber', 'other']),
    carrier: line(),
    /** The order or the emergency rule that it rests on. */
    basis: line(),
    reference: line(),
    until: time(),
    more: text(),
  }),
  by: ['leader', 'technical', 'scribe', 'intelligence'],
  life: {
    first: 'asked',
    next: {
      asked: ['confirmed', 'refused', 'called-off'],
      confirmed: ['in-force', 'called-off', 'asked'],
      'in-force': ['lifted', 'confirmed'],
      lifted: ['in-force'],
      refused: ['asked'],
      'called-off': ['asked'],
    },
    noted: ['refused', 'called-off'],
  },
});
