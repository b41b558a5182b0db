// Words of the board `coverage`.
import type { coverageTopic } from '../../../core/incident/coverage.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const coverageWords: WordsOf<typeof coverageTopic> = {
  title: 'Media',
  one: 'something in the media',
  add: 'Add coverage',
  empty: 'Nothing seen. Write what is shown or said, and whether he can see it.',
  help: 'What is said outside can be heard inside: live pictures of the street above all.',
  fields: { what: 'What is said or shown', where: 'Where', kind: 'Kind', reachesInside: 'Can he see it?', more: 'More about it' },
  hints: { what: 'e.g. live picture of the back door', where: 'e.g. station, channel, address' },
  choices: {
    kind: {
      'live-picture': 'live picture',
      report: 'report',
      post: 'post',
      'call-to-inside': 'somebody rings him',
      rumour: 'rumour',
    },
    reachesInside: { 'not-known': 'not known', yes: 'yes', no: 'no' },
  },
  states: { running: 'goes on', 'asked-to-stop': 'asked to stop', over: 'over' },
};
