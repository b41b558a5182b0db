// Words of the board `thirds`.
import type { thirdsTopic } from '../../../core/incident/thirds.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const thirdWords: WordsOf<typeof thirdsTopic> = {
  title: 'Third parties',
  one: 'a third party',
  add: 'Screen a third party',
  empty: 'Nobody is being screened. A relative on the phone can make it worse: screen first.',
  help: 'Who might speak with him, and whether that is wise. The commander or the leader approves.',
  fields: {
    name: 'Name',
    relation: 'Relation to him',
    kind: 'Kind',
    lastContact: 'Last contact between them',
    grievance: 'Quarrels between them',
    askedFor: 'Did he ask for this person?',
    motive: 'Why this person wants to help',
    orders: 'Court orders between them',
    condition: 'State of mind, drink, drugs',
    purpose: 'What it would be for',
    script: 'What to say',
    forbidden: 'What to leave out',
    medium: 'How',
    cutOff: 'How it is cut off',
    approvedBy: 'Approved by',
  },
  choices: {
    kind: { family: 'family or friend', official: 'official' },
    askedFor: { 'not-known': 'not known', yes: 'yes', no: 'no' },
    medium: { recorded: 'a recorded message', live: 'live on the line', written: 'in writing' },
  },
  states: { screening: 'being screened', approved: 'approved', refused: 'refused', used: 'has spoken with him' },
};
