// Topic: intelligence tasks: what is to be found out, who does it, by when, and what came of it (doctrine 4.7).
import { z } from 'zod';
import { board } from './board.ts';
import { name, person, text, time } from './fields.ts';

/** The board of intelligence tasks. What was found is the word with which a task is done. */
export const tasksTopic = board({
  name: 'tasks',
  noun: 'task',
  fields: z.object({ what: name(), assignee: person(), dueAt: time(), more: text() }),
  life: {
    first: 'open',
    next: { open: ['doing', 'done', 'dropped'], doing: ['done', 'dropped', 'open'], done: ['open', 'doing'], dropped: ['open'] },
    noted: ['done', 'dropped'],
  },
});
