// How the board `thirds` is shown.
import { thirdsTopic } from '../../../../core/incident/thirds.ts';
import { thirdWords } from '../../words/thirds.ts';
import { boardView } from './kind.ts';

export const thirdsView = boardView(thirdsTopic, {
  words: thirdWords,
  done: ['refused'],
});
