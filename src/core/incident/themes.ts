// Topic: themes to talk about, which were tried, and what each did (products 3.3).
import { z } from 'zod';
import { board } from './board.ts';
import { name, text } from './fields.ts';

/** The themes board. */
export const themesTopic = board({
  name: 'themes',
  noun: 'theme',
  fields: z.object({ what: name(), effect: text() }),
  life: {
    first: 'untried',
    next: {
      untried: ['helped', 'no-effect', 'hurt'],
      helped: ['no-effect', 'hurt', 'untried'],
      'no-effect': ['helped', 'hurt', 'untried'],
      hurt: ['helped', 'no-effect', 'untried'],
    },
  },
});
