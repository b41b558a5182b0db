// How the board `deliveries` is shown.
import { deliveriesTopic } from '../../../../core/incident/deliveries.ts';
import { deliveryWords } from '../../words/deliveries.ts';
import { boardView } from './kind.ts';

export const deliveriesView = boardView(deliveriesTopic, {
  words: deliveryWords,
  done: ['delivered', 'called-off'],
});
