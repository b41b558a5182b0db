// How the board `contacts` is shown.
import { contactsTopic, lineContacts } from '../../../../core/incident/contacts.ts';
import { boardWords } from '../../words/board.ts';
import { contactWords } from '../../words/contacts.ts';
import { boardView } from './kind.ts';

export const contactsView = boardView(contactsTopic, {
  words: contactWords,
  found: (state, lineName) =>
    lineContacts(state.lines, state.contacts).map(({ call, lineId, startedAt, endedAt }) => ({
      id: call,
      title: boardWords.onLine(lineName(lineId)),
      fields: { medium: 'phone', startedAt, endedAt, call },
    })),
});
