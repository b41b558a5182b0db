// Words of the board `exhibits`, and of handing a file in.
import type { exhibitsTopic } from '../../../core/incident/exhibits.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const exhibitWords: WordsOf<typeof exhibitsTopic> = {
  title: 'Photographs',
  one: 'a photograph or document',
  add: 'Put it on the board',
  empty: 'No photograph or document yet. Hand one in.',
  help: 'Photographs and documents. What is shown is a fresh copy; the original is kept. Each look at one is on record.',
  fields: { title: 'What it shows', about: 'About', takenAt: 'Taken', more: 'More', upload: 'File' },
  choices: {
    about: {
      person: 'the person',
      hostage: 'a hostage',
      place: 'the place',
      weapon: 'a weapon',
      message: 'a message',
      other: 'something else',
    },
  },
};

/** Words of handing a file in, and of looking at it. */
export const uploadWords = {
  choose: 'Hand in a file',
  types: 'JPEG, PNG or WebP picture, PDF, plain text; at most 32 MB',
  sending: 'The file goes in…',
  noAnswer: { why: 'The server did not answer.', next: 'Try again.' },
  open: 'Look at it',
  original: 'Save the original',
  place: 'its notes told where it was taken',
  kept: (name: string, kind: string, bytes: number) => `${name} (${kind}, ${Math.ceil(bytes / 1000)} kB)`,
};
