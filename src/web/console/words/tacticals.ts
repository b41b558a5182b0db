// Words of the board `tacticals` and of the gate's strip.
import type { tacticalsTopic } from '../../../core/incident/tacticals.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const tacticalWords: WordsOf<typeof tacticalsTopic> = {
  title: 'Tactical gate',
  one: 'a tactical action',
  add: 'Announce a tactical action',
  empty: 'No tactical action is announced.',
  help: 'What he inside will see or hear. Coach or leader acknowledge each before it is clear. What negotiators must not know belongs in the liaison notes.',
  fields: { what: 'What he will see or hear', sort: 'Kind', at: 'When', where: 'Where', more: 'More' },
  choices: {
    sort: { power: 'power', lights: 'lights', vehicles: 'vehicles', gas: 'gas', approach: 'approach', other: 'other, as said' },
  },
  states: {
    announced: 'NOT CLEAR: waits for coach or leader',
    acknowledged: 'clear: acknowledged',
    overridden: 'let through by the commander',
    'under-way': 'under way',
    done: 'done',
    'called-off': 'called off',
    'went-ahead': 'WENT AHEAD WITHOUT THE GATE',
  },
};

/** Words of the strip over the boards. */
export const gateWords = {
  label: 'Tactical gate',
  asSoon: 'as soon as it is clear',
  atOnce: 'at once',
  acknowledge: 'Acknowledge',
  override: 'Let it through…',
  overrideTitle: 'Let it through without the negotiation side',
  reason: 'Reason; it stands in the log under your name',
  more: (count: number) => `and ${count} more`,
};
