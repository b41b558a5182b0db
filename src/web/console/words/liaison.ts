// Words of the board `liaison`.
import type { liaisonTopic } from '../../../core/incident/liaison.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const liaisonWords: WordsOf<typeof liaisonTopic> = {
  title: 'Liaison, restricted',
  one: 'a liaison note',
  add: 'Add a liaison note',
  empty: 'No note. Only tactical liaison, tactical element, leader and commander see this board.',
  help: 'Seen by tactical liaison, tactical element, leader and commander only. Nobody who talks with him knows of it.',
  fields: { what: 'Note', more: 'More about it' },
  states: { standing: 'holds', over: 'over' },
};
