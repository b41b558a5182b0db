// Topic: weapons and other threats: what is said to be there, and how much of it is known (products 3.3).
import { z } from 'zod';
import { board } from './board.ts';
import { line, name, text } from './fields.ts';

/** The weapons board. */
export const weaponsTopic = board({
  name: 'weapons',
  noun: 'weapon',
  fields: z.object({ what: name(), where: line(), whose: line(), more: text() }),
  life: {
    first: 'reported',
    next: {
      reported: ['confirmed', 'rumoured', 'recovered'],
      rumoured: ['reported', 'confirmed', 'recovered'],
      confirmed: ['recovered', 'reported'],
      recovered: ['confirmed'],
    },
  },
});
