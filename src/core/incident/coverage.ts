// Topic: what press and networks say about the incident, and whether those inside can see it.
import { z } from 'zod';
import { board } from './board.ts';
import { choice, line, name, text } from './fields.ts';

/** The board of media coverage. What is shown live outside may be seen inside. */
export const coverageTopic = board({
  name: 'coverage',
  noun: 'coverage',
  fields: z.object({
    /** What is said or shown. */
    what: name(),
    where: line(),
    kind: choice(['live-picture', 'report', 'post', 'call-to-inside', 'rumour']),
    /** Whether those inside can see or hear it. */
    reachesInside: choice(['not-known', 'yes', 'no']),
    more: text(),
  }),
  life: { first: 'running', next: { running: ['asked-to-stop', 'over'], 'asked-to-stop': ['over', 'running'], over: ['running'] } },
});
