// Words of the board `carriers`.
import type { carriersTopic } from '../../../core/incident/carriers.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const carrierWords: WordsOf<typeof carriersTopic> = {
  title: 'Line control',
  one: 'a request for line control',
  add: 'Add a request',
  empty: 'No request. Write what a telephone company was asked, by whom, and on which ground.',
  help: 'What telephone companies were asked about lines, and what came of it. Parley asks them nothing itself.',
  fields: {
    about: 'Which line',
    wanted: 'What is asked',
    carrier: 'Company, and who answered',
    basis: 'On which ground',
    reference: 'Their reference',
    until: 'In force until',
    more: 'More about it',
  },
  hints: { about: 'e.g. the landline of the flat', basis: 'e.g. order of the court, emergency rule' },
  choices: {
    wanted: {
      'route-to-us': 'route it to us only',
      'block-others': 'keep all others out',
      restore: 'put it back in service',
      trace: 'where it is',
      subscriber: 'whose it is',
      other: 'something else',
    },
  },
  states: {
    asked: 'asked',
    confirmed: 'confirmed',
    'in-force': 'in force',
    lifted: 'lifted again',
    refused: 'refused',
    'called-off': 'called off',
  },
};
