// Words of the board `barbs`.
import type { barbsTopic } from '../../../core/incident/barbs.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const barbWords: WordsOf<typeof barbsTopic> = {
  title: 'Barbs',
  one: 'a barb',
  add: 'Add a barb',
  empty: 'No barb yet. Write what is better not said to him, and what to say in its place.',
  help: 'What to avoid, and what to say in its place.',
  fields: { what: 'What to avoid', instead: 'Say in its place', why: 'Why' },
  hints: { what: 'e.g. his brother', instead: 'e.g. ask about his own flat', why: 'e.g. they have not spoken since the court case' },
};
