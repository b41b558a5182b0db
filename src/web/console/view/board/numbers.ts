// How the board `numbers` is shown.
import { numbersTopic } from '../../../../core/incident/numbers.ts';
import { numberWords } from '../../words/numbers.ts';
import { boardView } from './kind.ts';

export const numbersView = boardView(numbersTopic, {
  words: numberWords,
  done: ['wrong', 'dead'],
  marks: [{ ask: 'try-number', mark: 'tried', act: numberWords.marks?.['tried']?.act ?? '', shown: 'count' }],
});
