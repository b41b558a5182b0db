// How the board `promises` is shown.
import { promisesTopic } from '../../../../core/incident/promises.ts';
import { promiseWords } from '../../words/promises.ts';
import { boardView } from './kind.ts';

export const promisesView = boardView(promisesTopic, {
  words: promiseWords,
  done: ['kept', 'taken-back'],
  due: { field: 'dueAt', in: ['open'] },
});
