// Topic: the number board, ways to reach those inside, and what came of trying each (products 4, story 16).
import { z } from 'zod';
import { board } from './board.ts';
import { line, name } from './fields.ts';

const results = ['reached', 'no-answer', 'busy', 'wrong', 'dead'] as const;
const others = (one: (typeof results)[number]) => results.filter((state) => state !== one);

const numbers = board({
  name: 'numbers',
  noun: 'number',
  fields: z.object({ number: name(), whose: line(), carrier: line() }),
  life: {
    first: 'untried',
    next: {
      untried: results,
      reached: [...others('reached'), 'untried'],
      'no-answer': others('no-answer'),
      busy: others('busy'),
      wrong: others('wrong'),
      dead: others('dead'),
    },
  },
});
const tried = numbers.mark({ mark: 'tried', more: {} });

/** The number board; each further try with the same result is counted. */
export const numbersTopic = {
  ...numbers,
  commands: { ...numbers.commands, 'try-number': tried.ask },
  entries: { ...numbers.entries, 'number-tried': tried.done },
};
