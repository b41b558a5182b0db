// Words of the board `promises`.
import type { promisesTopic } from '../../../core/incident/promises.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const promiseWords: WordsOf<typeof promisesTopic> = {
  title: 'Promises',
  one: 'a promise',
  add: 'Add a promise',
  empty: 'Nothing promised. Promise only what is approved, and write it here.',
  help: 'What we said we would do. It counts after the incident, too.',
  fields: { what: 'What we promised', to: 'To whom', madeBy: 'Promised by', approvedBy: 'Approved by', dueAt: 'Due' },
  hints: { what: 'e.g. a doctor looks at his hand', approvedBy: 'who decided it' },
  states: { open: 'open', kept: 'kept', broken: 'BROKEN', 'taken-back': 'taken back' },
};
