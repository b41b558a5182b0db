// Words of the board `deadlines`.
import type { deadlinesTopic } from '../../../core/incident/deadlines.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const deadlineWords: WordsOf<typeof deadlinesTopic> = {
  title: 'Deadlines',
  one: 'a deadline',
  add: 'Add a deadline',
  empty: 'No deadline. If he sets one, write it here at once. Never set one yourselves.',
  help: 'His deadlines only. Do not speak of them: be on the line and talk about something else while the time passes.',
  fields: { words: 'His exact words', dueAt: 'When', whose: 'Whose', threat: 'What is to happen then' },
  hints: { words: 'word for word', threat: 'as he says it' },
  choices: { whose: { subject: 'his', 'other-inside': 'of somebody with him' } },
  states: {
    running: 'running',
    passed: 'passed, nobody harmed',
    extended: 'he gave more time',
    met: 'met',
    dropped: 'dropped by him',
    harm: 'passed, SOMEBODY HARMED',
  },
  marks: { repeated: { act: 'He said it again', done: 'said again' }, warned: { act: '', done: 'warning of the time' } },
};
