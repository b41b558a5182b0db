// Words of the board `facts`.
import type { factsTopic } from '../../../core/incident/facts.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const factWords: WordsOf<typeof factsTopic> = {
  title: 'Facts',
  one: 'a fact',
  add: 'Add a fact',
  empty: 'Nothing is known of him yet. Start with his name and how he wants to be called.',
  help: 'Who he is: name, health, history, family.',
  fields: { what: 'Fact', sort: 'About', more: 'More about it' },
  choices: {
    sort: {
      identity: 'who he is',
      alias: 'other names',
      health: 'health, medicine, drink, drugs',
      history: 'history',
      family: 'family and friends',
      other: 'something else',
    },
  },
};
