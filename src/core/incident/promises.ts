// Topic: promises that we made: what, to whom, who approved it, and whether it was kept (doctrine 3.1: they outlive the incident).
import { z } from 'zod';
import { board } from './board.ts';
import { line, name, person, time } from './fields.ts';

/** The promises board. A broken one needs a word on it. */
export const promisesTopic = board({
  name: 'promises',
  noun: 'promise',
  fields: z.object({ what: name(), to: line(), madeBy: person(), approvedBy: line(), dueAt: time() }),
  life: {
    first: 'open',
    next: { open: ['kept', 'broken', 'taken-back'], kept: ['open', 'broken'], broken: ['open', 'kept'], 'taken-back': ['open'] },
    noted: ['broken', 'taken-back'],
  },
});
