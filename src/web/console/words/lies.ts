// Words of the board `lies`.
import type { liesTopic } from '../../../core/incident/lies.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const lieWords: WordsOf<typeof liesTopic> = {
  title: 'Lie sheet',
  one: 'something untrue',
  add: 'Add what was untrue',
  empty: 'Nothing untrue was said to him, as far as is known.',
  help: 'What was said to him and is not true, so that nobody contradicts it unawares.',
  fields: { said: 'What was said', truth: 'What is true', why: 'Why it was said', saidBy: 'Said by', mustKnow: 'Who must know' },
};
