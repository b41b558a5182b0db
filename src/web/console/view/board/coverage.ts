// How the board `coverage` is shown.
import { coverageTopic } from '../../../../core/incident/coverage.ts';
import { coverageWords } from '../../words/coverage.ts';
import { boardView } from './kind.ts';

export const coverageView = boardView(coverageTopic, {
  words: coverageWords,
  done: ['over'],
});
