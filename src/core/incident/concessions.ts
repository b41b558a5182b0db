// Topic: concessions, what we gave and what we got for it (doctrine 3.1: he works for each).
import { z } from 'zod';
import { board } from './board.ts';
import { line, name, time } from './fields.ts';

/** The concessions board. */
export const concessionsTopic = board({
  name: 'concessions',
  noun: 'concession',
  fields: z.object({ gave: name(), got: line(), approvedBy: line(), givenAt: time() }),
});
