// Topic: the lie sheet, what was said that is not true, so that nobody contradicts it unawares (products 3.3).
import { z } from 'zod';
import { board } from './board.ts';
import { line, name, text } from './fields.ts';

/** The lie sheet: what was said, what is true, why, who must know. */
export const liesTopic = board({
  name: 'lies',
  noun: 'lie',
  fields: z.object({ said: name(), truth: text(), why: text(), saidBy: line(), mustKnow: line() }),
});
