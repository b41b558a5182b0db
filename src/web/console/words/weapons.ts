// Words of the board `weapons`.
import type { weaponsTopic } from '../../../core/incident/weapons.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const weaponWords: WordsOf<typeof weaponsTopic> = {
  title: 'Weapons',
  one: 'a weapon',
  add: 'Add a weapon',
  empty: 'No weapon is known of. That is not proof that there is none.',
  help: 'Weapons and other threats, and how much of each is known.',
  fields: { what: 'What it is', where: 'Where', whose: 'Whose', more: 'More about it' },
  hints: { what: 'e.g. hunting rifle, two barrels', where: 'e.g. kitchen table' },
  states: { reported: 'reported', confirmed: 'confirmed', rumoured: 'a rumour', recovered: 'recovered' },
};
