// How the board `requests` is shown.
import { requestsTopic } from '../../../../core/incident/requests.ts';
import { requestWords } from '../../words/requests.ts';
import { boardView } from './kind.ts';
import { isUnread } from './read.ts';

export const requestsView = boardView(requestsTopic, {
  words: requestWords,
  done: ['answered'],
  marks: [{ ask: 'read-request', mark: 'read', act: requestWords.marks?.['read']?.act ?? '', shown: 'names' }],
  wants: (row, viewer) => row.state !== 'answered' && isUnread(row, { mark: 'read', viewer }),
});
