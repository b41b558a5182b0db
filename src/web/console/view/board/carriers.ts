// How the board `carriers` is shown.
import { carriersTopic } from '../../../../core/incident/carriers.ts';
import { carrierWords } from '../../words/carriers.ts';
import { boardView } from './kind.ts';

export const carriersView = boardView(carriersTopic, {
  words: carrierWords,
  done: ['lifted', 'refused', 'called-off'],
  due: { field: 'until', in: ['in-force'] },
});
