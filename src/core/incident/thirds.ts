// Topic: third parties who might speak with the person, and their screening (doctrine 3.5). Whether one gets the floor is the windows' topic.
import { z } from 'zod';
import { board } from './board.ts';
import { choice, line, name, text } from './fields.ts';

/** The screening of third parties. Only the commander or the leader approves one (D22). */
export const thirdsTopic = board({
  name: 'thirds',
  noun: 'third',
  fields: z.object({
    name: name(),
    relation: line(),
    kind: choice(['family', 'official']),
    lastContact: line(),
    grievance: text(),
    askedFor: choice(['not-known', 'yes', 'no']),
    motive: text(),
    orders: line(),
    condition: line(),
    purpose: text(),
    script: text(),
    forbidden: text(),
    medium: choice(['recorded', 'live', 'written']),
    cutOff: line(),
    approvedBy: line(),
  }),
  life: {
    first: 'screening',
    next: {
      screening: ['approved', 'refused'],
      approved: ['used', 'refused', 'screening'],
      refused: ['screening'],
      used: ['approved', 'refused'],
    },
    noted: ['refused', 'used'],
    movers: { approved: ['commander', 'leader'] },
  },
});
