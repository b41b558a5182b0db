// Topic: facts about the person: who he is, his health, his history, his people (doctrine 4.7).
import { z } from 'zod';
import { board } from './board.ts';
import { choice, name, text } from './fields.ts';

/** The facts board. */
export const factsTopic = board({
  name: 'facts',
  noun: 'fact',
  fields: z.object({ what: name(), sort: choice(['identity', 'alias', 'health', 'history', 'family', 'other']), more: text() }),
});
