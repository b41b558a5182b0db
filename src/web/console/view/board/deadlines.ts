// How the board `deadlines` is shown.
import { deadlinesTopic, seesClock } from '../../../../core/incident/deadlines.ts';
import { deadlineWords } from '../../words/deadlines.ts';
import { boardView } from './kind.ts';

export const deadlinesView = boardView(deadlinesTopic, {
  words: deadlineWords,
  done: ['passed', 'met', 'dropped', 'harm'],
  marks: [{ ask: 'repeat-deadline', mark: 'repeated', act: deadlineWords.marks?.['repeated']?.act ?? '', shown: 'count' }],
  due: { field: 'dueAt', in: ['running', 'extended'], sees: seesClock },
});
