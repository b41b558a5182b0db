// Words of the board `hooks`.
import type { hooksTopic } from '../../../core/incident/hooks.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const hookWords: WordsOf<typeof hooksTopic> = {
  title: 'Hooks',
  one: 'a hook',
  add: 'Add a hook',
  empty: 'No hook yet. Write what he cares about: a person, an animal, a plan, a duty.',
  help: 'What he cares about, and how it helps.',
  fields: { what: 'What he cares about', use: 'How to use it' },
  hints: { what: 'e.g. his daughter Mia', use: 'e.g. let him tell about her' },
  states: { unused: 'not used yet', used: 'used', worked: 'worked', failed: 'did not work' },
};
