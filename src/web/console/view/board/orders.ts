// How the board `orders` is shown.
import { ordersTopic } from '../../../../core/incident/orders.ts';
import { orderWords } from '../../words/orders.ts';
import { boardView } from './kind.ts';

export const ordersView = boardView(ordersTopic, {
  words: orderWords,
  done: ['ran-out', 'refused', 'dropped'],
  due: { field: 'dueAt', in: ['sought', 'issued', 'served'] },
});
