// How the board `decisions` is shown.
import { decisionsTopic } from '../../../../core/incident/decisions.ts';
import { decisionWords } from '../../words/decisions.ts';
import { boardView } from './kind.ts';
import { isUnread } from './read.ts';

export const decisionsView = boardView(decisionsTopic, {
  words: decisionWords,
  done: ['lifted'],
  marks: [{ ask: 'receive-decision', mark: 'received', act: decisionWords.marks?.['received']?.act ?? '', shown: 'names' }],
  wants: (row, viewer) => row.state === 'in-force' && isUnread(row, { mark: 'received', viewer }),
});
