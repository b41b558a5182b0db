// Words of the board `roster` and of the hours clock.
import type { rosterTopic } from '../../../core/incident/roster.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const rosterWords: WordsOf<typeof rosterTopic> = {
  title: 'People',
  one: 'a person',
  add: 'Somebody arrived',
  empty: 'Nobody is written down. Write down who arrives, also who has no console.',
  help: 'Who is on the scene and in the cell, on a break or gone. The hours count from the arrival and from the last break.',
  fields: { who: 'Who', member: 'Member of this incident', place: 'Where', part: 'What he does', arrivedAt: 'Arrived', phone: 'Telephone' },
  choices: {
    place: {
      cell: 'in the cell',
      scene: 'on the scene',
      'command-post': 'command post',
      tactical: 'tactical side',
      elsewhere: 'elsewhere',
    },
  },
  states: { here: 'here', break: 'on a break', left: 'left' },
};
