// Words of the board `decisions`.
import type { decisionsTopic } from '../../../core/incident/decisions.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const decisionWords: WordsOf<typeof decisionsTopic> = {
  title: 'Decisions',
  one: 'a decision',
  add: 'Add a decision',
  empty: 'No decision yet. Write each at once: who, what, why, and whom it is for.',
  help: 'Who decided what, why, for whom, and who has received it.',
  fields: { what: 'What was decided', why: 'Why', decidedBy: 'Decided by', decidedAt: 'When', to: 'For whom' },
  choices: {
    to: {
      everybody: 'everybody',
      negotiation: 'negotiation',
      tactical: 'the tactical side',
      intelligence: 'intelligence',
      command: 'command',
    },
  },
  states: { 'in-force': 'in force', lifted: 'lifted' },
  marks: { received: { act: 'Received', done: 'received by' } },
};
