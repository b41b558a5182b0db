// Words of the board `demands`.
import type { demandsTopic } from '../../../core/incident/demands.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const demandWords: WordsOf<typeof demandsTopic> = {
  title: 'Demands',
  one: 'a demand',
  add: 'Add a demand',
  empty: 'He has asked for nothing yet. When he does, write his words exactly.',
  help: 'What he asks for, in his own words. To him, speak of “what you asked for”.',
  fields: { words: 'His exact words', need: 'The need behind it', sort: 'Who may decide', heardBy: 'Heard by' },
  hints: { words: 'word for word', need: 'e.g. wants to be sure that his son knows' },
  choices: { sort: { negotiable: 'negotiable', command: 'for command to decide', 'not-negotiable': 'not negotiable' } },
  states: {
    heard: 'heard',
    acknowledged: 'acknowledged to him',
    deferred: 'put off',
    offered: 'offered something',
    traded: 'traded',
    met: 'met',
    refused: 'refused softly',
    dropped: 'dropped by him',
  },
  marks: { repeated: { act: 'He said it again', done: 'said again' } },
};
