// Words of the board `requests`.
import type { requestsTopic } from '../../../core/incident/requests.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const requestWords: WordsOf<typeof requestsTopic> = {
  title: 'Requests',
  one: 'a request',
  add: 'Ask for information',
  empty: 'Nobody waits for an answer. Ask the other side here, so that it is not lost on the radio.',
  help: 'Questions between the sides. Each shows who has read it, and its answer.',
  fields: { question: 'Question', to: 'To', more: 'More about it' },
  hints: { question: 'e.g. Does the back door open outwards?' },
  choices: {
    to: {
      tactical: 'the tactical side',
      everybody: 'everybody',
      negotiation: 'negotiation',
      intelligence: 'intelligence',
      command: 'command',
    },
  },
  states: { asked: 'asked', taken: 'somebody is on it', answered: 'answered' },
  marks: { read: { act: 'I have read it', done: 'read by' } },
};
