// Topic: tactical liaison notes, kept from the negotiators so that they cannot give them away (doctrine 4.7: restricted).
import { z } from 'zod';
import { board } from './board.ts';
import { name, text } from './fields.ts';
import type { Role } from './topic.ts';

/** The only roles that write and see them. */
export const LIAISON: readonly Role[] = ['tactical-liaison', 'leader', 'tactical', 'commander'];

/** The restricted notes. Who is primary or coach beside sees them only by another role of his. */
export const liaisonTopic = board({
  name: 'liaison',
  noun: 'liaison-note',
  by: LIAISON,
  sees: ({ roles }) => roles.some((role) => LIAISON.includes(role)),
  fields: z.object({ what: name(), more: text() }),
  life: { first: 'standing', next: { standing: ['over'], over: ['standing'] } },
});
