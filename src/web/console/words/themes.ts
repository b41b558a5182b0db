// Words of the board `themes`.
import type { themesTopic } from '../../../core/incident/themes.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const themeWords: WordsOf<typeof themesTopic> = {
  title: 'Themes',
  one: 'a theme',
  add: 'Add a theme',
  empty: 'No theme yet. Write what one could talk about with him, and what each did.',
  help: 'What to talk about, what was tried, and what it did.',
  fields: { what: 'Theme', effect: 'What it did' },
  hints: { what: 'e.g. his years at sea' },
  states: { untried: 'not tried', helped: 'helped', 'no-effect': 'did nothing', hurt: 'made it worse' },
};
