// Words of the coming-out plan. Always "coming out".
import type { Plan, Side } from '../../../core/incident/coming-out.ts';

const sides: Readonly<Record<Side, string>> = { negotiation: 'negotiation team', tactical: 'tactical team' };

/** Words of the plan's page. */
export const planWords = {
  title: (version: number) => `Coming-out plan, version ${version}`,
  none: 'No coming-out plan yet. Write how he comes out, one step after the other; both teams sign the same version before the primary sees it.',
  states: {
    draft: 'NOT AGREED',
    approved: 'AGREED BY BOTH TEAMS',
    recalled: 'READ NO MORE OF IT',
    superseded: 'replaced',
  } satisfies Readonly<Record<Plan['state'], string>>,
  help: {
    draft: 'Who speaks with the person sees nothing of it yet.',
    approved: 'The primary has it on the screen, one step at a time.',
    recalled: 'The primary was told so and sees no step any more.',
    superseded: '',
  } satisfies Readonly<Record<Plan['state'], string>>,
  sides,
  signedBy: (name: string, time: string) => `signed by ${name}, ${time}`,
  missing: 'signature missing',
  sign: (side: Side) => `Sign for the ${sides[side]}`,
  steps: 'Steps, one a line',
  stepsHint: 'Open the door\nBoth hands up, empty\nWalk to the blue light',
  stepsOf: 'Steps',
  stopWords: 'Words for stop at once',
  promised: 'What he was promised, and hears again',
  write: 'Write the plan',
  change: 'Change the plan: a new version',
  changeHelp: 'A new version needs both signatures again; an agreed one is called back from the primary at once.',
  put: (version: number) => `Write version ${version}`,
  stale: 'Somebody wrote a newer version meanwhile. What you wrote is still here.',
  takeNewest: 'Begin from the newest version',
  withdraw: 'Withdraw the plan',
  withdrawWhy: 'Why is it withdrawn?',
  earlier: (count: number) => `Earlier versions (${count})`,
  why: (why: string) => `Withdrawn: ${why}`,
  neverAgreed: 'It was never agreed; the primary has seen nothing of it.',
  writtenBy: (name: string, time: string) => `written by ${name}, ${time}`,
  marks: { open: 'not read yet', read: 'read to him', repeated: 'he said it back' },
};

/** Words of what who speaks with the person sees. */
export const readerWords = {
  label: 'Coming-out plan',
  ready: 'Both teams agree. It can be read to him, one step at a time.',
  progress: (done: number, all: number) => `${done} of ${all} said back`,
  open: 'Read it step by step',
  close: 'Put it away',
  step: (step: number, all: number) => `Step ${step} of ${all}`,
  read: 'Read to him',
  repeated: 'He said it back',
  again: 'Once more',
  back: 'Step before',
  next: 'Step after',
  done: 'All steps were said back.',
  stop: 'Stop at once:',
  promised: 'Promised:',
  recalled: 'READ NO MORE of the coming-out plan',
  changed: 'It is being changed. You get the new one when both teams agree.',
  understood: 'Understood',
};
