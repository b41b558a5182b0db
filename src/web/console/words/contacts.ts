// Words of the board `contacts`.
import type { contactsTopic } from '../../../core/incident/contacts.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const contactWords: WordsOf<typeof contactsTopic> = {
  title: 'Contacts',
  one: 'a contact',
  add: 'Add a contact',
  empty: 'No contact written down yet. Calls on a line appear by themselves; add what went another way.',
  help: 'Every contact with those inside. Calls on a line appear by themselves and can be summed up.',
  fields: {
    medium: 'How',
    who: 'Who talked with him',
    startedAt: 'From',
    endedAt: 'To',
    summary: 'What was said, in short',
    mood: 'How he was, as you felt it',
    call: 'Call on a line',
  },
  choices: {
    medium: {
      phone: 'Phone',
      bullhorn: 'Bullhorn',
      'face-to-face': 'Face to face',
      note: 'A written note',
      robot: 'By robot',
      text: 'Text message',
    },
    mood: { '0': 'as before', '-2': 'much worse', '-1': 'worse', '+1': 'better', '+2': 'much better' },
  },
};
