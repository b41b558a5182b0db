// Words of the board `tasks`.
import type { tasksTopic } from '../../../core/incident/tasks.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const taskWords: WordsOf<typeof tasksTopic> = {
  title: 'Tasks',
  one: 'a task',
  add: 'Add a task',
  empty: 'No task. Write what is to be found out, and who does it.',
  help: 'What is to be found out, by whom, and what came of it.',
  fields: { what: 'What is to be found out', assignee: 'Who does it', dueAt: 'Until', more: 'More about it' },
  hints: { what: 'e.g. find his doctor' },
  states: { open: 'open', doing: 'somebody is on it', done: 'done', dropped: 'dropped' },
};
