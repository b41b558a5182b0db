// How the board `demands` is shown.
import { demandsTopic } from '../../../../core/incident/demands.ts';
import { demandWords } from '../../words/demands.ts';
import { boardView } from './kind.ts';

export const demandsView = boardView(demandsTopic, {
  words: demandWords,
  done: ['met', 'dropped'],
  marks: [{ ask: 'repeat-demand', mark: 'repeated', act: demandWords.marks?.['repeated']?.act ?? '', shown: 'count' }],
});
