// Topic: demands, what the person asks for, in his own words, and what became of it (doctrine 3.1).
import { z } from 'zod';
import { board } from './board.ts';
import { choice, line, name, text } from './fields.ts';

const answered = ['acknowledged', 'deferred', 'offered', 'traded', 'met', 'refused', 'dropped'] as const;
const others = (one: (typeof answered)[number]) => answered.filter((state) => state !== one);

const demands = board({
  name: 'demands',
  noun: 'demand',
  fields: z.object({
    /** Exactly as he said it. */
    words: name(),
    need: text(),
    /** Who may decide on it. What the agency never gives is its own policy and no matter of this file. */
    sort: choice(['negotiable', 'command', 'not-negotiable']),
    heardBy: line(),
  }),
  life: {
    first: 'heard',
    next: {
      heard: answered,
      acknowledged: [...others('acknowledged'), 'heard'],
      deferred: others('deferred'),
      offered: others('offered'),
      traded: others('traded'),
      met: others('met'),
      refused: others('refused'),
      dropped: others('dropped'),
    },
  },
});
const repeated = demands.mark({ mark: 'repeated', more: {} });

/** The demands board; how often he came back to one is counted (D10). */
export const demandsTopic = {
  ...demands,
  commands: { ...demands.commands, 'repeat-demand': repeated.ask },
  entries: { ...demands.entries, 'demand-repeated': repeated.done },
};
