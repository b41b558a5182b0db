// Words of the board `orders`.
import type { ordersTopic } from '../../../core/incident/orders.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const orderWords: WordsOf<typeof ordersTopic> = {
  title: 'Orders',
  one: 'an order or warrant',
  add: 'Add an order',
  empty: 'No order. The one that recording rests on stands under Authority; all others here.',
  help: 'Orders and warrants around the incident, each with its clock.',
  fields: {
    what: 'What it is',
    kind: 'Kind',
    issuer: 'Court or office',
    reference: 'Its number',
    dueAt: 'Until when',
    scope: 'What it allows',
  },
  hints: { what: 'e.g. search of the garage', issuer: 'e.g. judge on duty' },
  choices: {
    kind: {
      arrest: 'arrest',
      search: 'search',
      interception: 'interception',
      protection: 'protection',
      commitment: 'commitment to care',
      other: 'something else',
    },
  },
  states: {
    sought: 'sought',
    issued: 'issued',
    served: 'served',
    'ran-out': 'ran out',
    refused: 'refused',
    dropped: 'not sought any more',
  },
};
