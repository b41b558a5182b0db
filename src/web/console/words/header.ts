// Words of the board `header`.
import type { headerTopic } from '../../../core/incident/header.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const headerWords: WordsOf<typeof headerTopic> = {
  title: 'Header',
  one: 'the header',
  add: 'Fill in the header',
  empty: 'Nobody has written down yet where this is and who commands.',
  help: 'Where, when, what, who commands. There is one; correct it when something changes.',
  fields: {
    place: 'Place',
    kind: 'Kind',
    startedAt: 'Began',
    number: 'Call sign or number',
    commander: 'Commander',
    status: 'Where it stands',
    more: 'More',
  },
  choices: {
    kind: { 'not-known': 'not known', barricade: 'barricade', hostages: 'hostages', suicide: 'suicide', other: 'other' },
  },
};
