// How the board `contacts` is shown.
import { contactsTopic, lineContacts, missedContacts } from '../../../../core/incident/contacts.ts';
import { boardWords } from '../../words/board.ts';
import { contactWords } from '../../words/contacts.ts';
import { queueWords } from '../../words/queue.ts';
import { durationText } from '../hooks.ts';
import { boardView } from './kind.ts';

export const contactsView = boardView(contactsTopic, {
  words: contactWords,
  found: (state, lineName) => [
    ...missedContacts(state.lines, state.contacts).map(({ id, lineId, cameAt, waitedMs }) => ({
      id,
      title: queueWords.onLog(lineName(lineId), durationText(waitedMs)),
      fields: { medium: 'phone', startedAt: cameAt, endedAt: cameAt + waitedMs, call: id },
    })),
    ...lineContacts(state.lines, state.contacts).map(({ call, lineId, startedAt, endedAt }) => ({
      id: call,
      title: boardWords.onLine(lineName(lineId)),
      fields: { medium: 'phone', startedAt, endedAt, call },
    })),
  ],
});
