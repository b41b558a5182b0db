// Words of the board `concessions`.
import type { concessionsTopic } from '../../../core/incident/concessions.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const concessionWords: WordsOf<typeof concessionsTopic> = {
  title: 'Concessions',
  one: 'a concession',
  add: 'Add a concession',
  empty: 'Nothing given yet. Ask for something back, however small.',
  help: 'What we gave, and what we got for it.',
  fields: { gave: 'What we gave', got: 'What we got for it', approvedBy: 'Approved by', givenAt: 'Given at' },
  hints: { gave: 'e.g. water', got: 'e.g. the child may call its mother' },
};
