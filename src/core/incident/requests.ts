// Topic: requests for information between the negotiation and the tactical side, with read marks (products 3.3).
import { z } from 'zod';
import { SIDES } from './addressees.ts';
import { board } from './board.ts';
import { choice, name, text } from './fields.ts';

const requests = board({
  name: 'requests',
  noun: 'request',
  fields: z.object({ question: name(), to: choice(['tactical', ...SIDES.filter((one) => one !== 'tactical')]), more: text() }),
  life: {
    first: 'asked',
    next: { asked: ['taken', 'answered'], taken: ['answered', 'asked'], answered: ['asked', 'taken'] },
    noted: ['answered'],
  },
});
const read = requests.mark({ mark: 'read', more: {}, once: true });

/** The requests board. The answer is the word with which a request is moved to `answered` (D20). */
export const requestsTopic = {
  ...requests,
  commands: { ...requests.commands, 'read-request': read.ask },
  entries: { ...requests.entries, 'request-read': read.done },
};
