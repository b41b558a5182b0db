// Words of the board `actions`.
import type { actionsTopic } from '../../../core/incident/actions.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const actionWords: WordsOf<typeof actionsTopic> = {
  title: 'Our good acts',
  one: 'a good act',
  add: 'Add a good act',
  empty: 'Nothing yet. Write what the police did for him that he can be reminded of.',
  help: 'What we did for him that he can be reminded of.',
  fields: { what: 'What we did', doneAt: 'When', answer: 'How he took it' },
  hints: { what: 'e.g. moved the cars back when he asked' },
  states: { untold: 'not told to him yet', told: 'told to him' },
};
