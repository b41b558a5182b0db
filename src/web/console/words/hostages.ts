// Words of the board `hostages`.
import type { hostagesTopic } from '../../../core/incident/hostages.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const hostageWords: WordsOf<typeof hostagesTopic> = {
  title: 'People inside',
  one: 'a person inside',
  add: 'Add a person',
  empty: 'Nobody else is known to be inside. Ask who is with him, by name.',
  help: 'Who is held or hurt, and when each was last known to live. To him, use their names.',
  fields: {
    name: 'Name',
    relation: 'Relation to him',
    condition: 'How they are',
    injury: 'Injury',
    where: 'Where',
    provedAt: 'Last proof of life',
    proof: 'Kind of proof',
  },
  hints: { relation: 'e.g. his wife', where: 'e.g. bedroom, second floor' },
  choices: { proof: { none: 'none', heard: 'heard', seen: 'seen', told: 'told by somebody' } },
  states: { held: 'held', released: 'released', escaped: 'escaped', hurt: 'HURT', dead: 'dead' },
  marks: { proved: { act: 'Lives', done: 'proof of life' } },
};
