// Words of the queue of callers, of missed calls, and of handing a line to the team; and how their entries are said.
import type { Names } from '../store/names.ts';
import { type Sentence, say } from './say.ts';

/** Words of the strip of callers and lines. */
export const queueWords = {
  title: 'Callers and lines',
  waits: (name: string, time: string) => [...say`${name}`, ` waits ${time}`],
  unanswered: 'NOBODY ANSWERS',
  letWait: 'Let wait',
  seenBy: (name: string) => say`seen by ${name}`,
  answer: 'Answer next',
  holdFirst: (name: string) => [...say`Hold ${name} first`],
  state: { live: 'talks', held: 'on hold', asking: 'is let in', ringing: 'rings', lost: 'LOST' } as Readonly<Record<string, string>>,
  switchTo: 'Switch to this line',
  hold: 'Hold',
  missed: (name: string, clock: string, waited: string) => [...say`Missed: ${name}`, `, ${clock}, waited ${waited}`],
  mark: 'Seen to',
  moreMissed: (count: number) => `and ${count} more in the contact log`,
  onLog: (name: string, waited: string) => `${name}: missed, waited ${waited}`,
} as const;

/** Words of handing the line to the team. */
export const handWords = {
  open: 'Hand over to the team',
  title: 'Hand this line to the team',
  help: 'They lead and talk from then on. If you talk now, you go on until the new primary accepts the floor.',
  leader: 'Who leads',
  primary: 'Who talks',
  stays: 'I stay and listen',
  leaves: 'I leave the incident',
  go: 'Hand over',
  nobody: 'Nobody of the team is here yet. Invite them first.',
} as const;

type OnLine = { readonly lineId: string };

/** Sentences of the log. */
export const queueSentences = {
  'wait-seen': (p: OnLine, names: Names): Sentence => say`saw that ${names.line(p.lineId)} waits`,
  'call-unanswered': (p: OnLine, names: Names): Sentence => say`→ NOBODY ANSWERS: ${names.line(p.lineId)} waits`,
  'call-missed': (p: OnLine & { readonly waitedMs: number }, names: Names): Sentence => [
    ...say`→ MISSED: ${names.line(p.lineId)} went away unanswered, after `,
    `${Math.round(p.waitedMs / 1000)} s`,
  ],
  'missed-marked': (): Sentence => ['saw to a missed call'],
  'line-handed': (p: { readonly leaderId: string; readonly primaryId: string; readonly stays: boolean }, names: Names): Sentence => [
    ...say`hands the line to the team: ${names.person(p.leaderId)} leads, ${names.person(p.primaryId)} talks`,
    p.stays ? '; stays and listens' : '; leaves then',
  ],
  'line-taken-over': (p: { readonly from: string }, names: Names): Sentence => say`→ the team has the line of ${names.person(p.from)}`,
};
