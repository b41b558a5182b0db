// How the board `tasks` is shown.
import { tasksTopic } from '../../../../core/incident/tasks.ts';
import { taskWords } from '../../words/tasks.ts';
import { boardView } from './kind.ts';

export const tasksView = boardView(tasksTopic, {
  words: taskWords,
  done: ['done', 'dropped'],
  due: { field: 'dueAt', in: ['open', 'doing'] },
  wants: (row, { personId }) => row.state === 'open' && row.fields['assignee'] === personId,
});
