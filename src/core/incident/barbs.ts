// Topic: barbs, what is better not said to the person (products 3.3, doctrine 2.1).
import { z } from 'zod';
import { board } from './board.ts';
import { line, name, text } from './fields.ts';

/** The barbs board: a topic or a word to avoid, why, and what to say in its place. */
export const barbsTopic = board({
  name: 'barbs',
  noun: 'barb',
  fields: z.object({ what: name(), instead: line(), why: text() }),
});
