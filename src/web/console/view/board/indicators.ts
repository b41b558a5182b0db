// How the board `indicators` is shown.
import { indicatorsTopic } from '../../../../core/incident/indicators.ts';
import { indicatorWords } from '../../words/indicators.ts';
import { boardView } from './kind.ts';

export const indicatorsView = boardView(indicatorsTopic, {
  words: indicatorWords,
  done: ['over'],
});
