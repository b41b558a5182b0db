// Topic: hostages and victims: who is held, how they are, when they were last known to live, and how it ended for each (doctrine 4.7).
import { z } from 'zod';
import { board } from './board.ts';
import { choice, line, name, text, time } from './fields.ts';

const proof = ['none', 'heard', 'seen', 'told'] as const;
const hostages = board({
  name: 'hostages',
  noun: 'hostage',
  fields: z.object({
    name: name(),
    relation: line(),
    condition: line(),
    injury: text(),
    where: line(),
    /** When he was last known to live, and by what. */
    provedAt: time(),
    proof: choice(proof),
  }),
  life: {
    first: 'held',
    next: {
      held: ['released', 'escaped', 'hurt', 'dead'],
      hurt: ['held', 'released', 'escaped', 'dead'],
      released: ['held'],
      escaped: ['held'],
      dead: ['held'],
    },
    noted: ['hurt', 'dead'],
  },
});
const proved = hostages.mark({
  mark: 'proved',
  more: { proof: z.enum(['heard', 'seen', 'told']) },
  sets: ({ proof: kind }, { at }) => ({ proof: kind, provedAt: at }),
});

/** The hostages board; each proof of life stays in the history with its time and kind (D16). */
export const hostagesTopic = {
  ...hostages,
  commands: { ...hostages.commands, 'prove-life': proved.ask },
  entries: { ...hostages.entries, 'hostage-proved': proved.done },
};
