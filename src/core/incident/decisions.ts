// Topic: decisions: who, what, why, when, to whom, and who has received them (products 4, story 8).
import { z } from 'zod';
import { SIDES } from './addressees.ts';
import { board } from './board.ts';
import { choice, line, name, text, time } from './fields.ts';

const decisions = board({
  name: 'decisions',
  noun: 'decision',
  fields: z.object({ what: name(), why: text(), decidedBy: line(), decidedAt: time(), to: choice(SIDES) }),
  life: { first: 'in-force', next: { 'in-force': ['lifted'], lifted: ['in-force'] }, noted: ['lifted'] },
});
const received = decisions.mark({ mark: 'received', more: {}, once: true });

/** The decisions board, with receipts (D19). */
export const decisionsTopic = {
  ...decisions,
  commands: { ...decisions.commands, 'receive-decision': received.ask },
  entries: { ...decisions.entries, 'decision-received': received.done },
};
