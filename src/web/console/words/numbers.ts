// Words of the board `numbers`.
import type { numbersTopic } from '../../../core/incident/numbers.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const numberWords: WordsOf<typeof numbersTopic> = {
  title: 'Numbers',
  one: 'a number',
  add: 'Add a number',
  empty: 'No number yet. Write every number that may reach those inside, and try it.',
  help: 'Ways to reach those inside, and what came of each.',
  fields: { number: 'Number', whose: 'Whose', carrier: 'Carrier' },
  hints: { number: 'as it is dialled', whose: 'e.g. his wife, mobile' },
  states: {
    untried: 'not tried',
    reached: 'reached',
    'no-answer': 'no answer',
    busy: 'busy',
    wrong: 'wrong number',
    dead: 'out of service',
  },
  marks: { tried: { act: 'Tried again', done: 'tried again' } },
};
