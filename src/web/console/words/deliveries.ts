// Words of the board `deliveries`.
import type { deliveriesTopic } from '../../../core/incident/deliveries.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const deliveryWords: WordsOf<typeof deliveriesTopic> = {
  title: 'Deliveries',
  one: 'a delivery',
  add: 'Plan a delivery',
  empty: 'No delivery planned.',
  help: 'What is brought to him, when, how. The tactical side agrees before it goes.',
  fields: {
    what: 'What is delivered',
    from: 'Not before',
    until: 'Not after',
    route: 'Route and place',
    signals: 'Signals',
    constraints: 'What must not happen',
    contingencies: 'What if',
    approvedBy: 'Approved by',
  },
  hints: {
    route: 'who carries it where',
    signals: 'e.g. he turns the light off and on',
    contingencies: 'e.g. door opens early: drop and go back',
  },
  states: {
    planned: 'planned',
    agreed: 'agreed by the tactical side',
    'under-way': 'UNDER WAY',
    delivered: 'delivered',
    'called-off': 'called off',
  },
};
