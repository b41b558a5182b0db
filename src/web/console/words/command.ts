// Words of position papers, relief, hours and the catch-up, and how their entries are said.

import type { Side } from '../../../core/incident/addressees.ts';
import type { PartName } from '../../../core/incident/brief.ts';
import type { Names } from '../store/names.ts';
import { type Sentence, say } from './say.ts';

const sides: Readonly<Record<Side, string>> = {
  everybody: 'everybody',
  negotiation: 'negotiation and relief',
  tactical: 'the tactical side',
  intelligence: 'intelligence',
  command: 'command',
};

/** What the parts of a brief are called. */
export const partWords: Readonly<Record<PartName, string>> = {
  tacticals: 'Tactical actions',
  deadlines: 'Deadlines open',
  demands: 'Demands open',
  promises: 'Promises open',
  hooks: 'Use (hooks)',
  barbs: 'Avoid (barbs)',
  hostages: 'Hostages',
  weapons: 'Weapons',
  indicators: 'Indicators',
  themes: 'Themes',
  actions: 'What we did for him',
  decisions: 'Decisions in force',
  facts: 'Who he is',
  lies: 'What was said that is not true',
  requests: 'Questions open',
};

/** Words of the panel and of the catch-up. */
export const commandWords = {
  tab: 'Brief',
  papers: 'Position papers',
  plan: 'Coming out',
  relief: 'Relief',
  hours: 'Hours',
  close: 'Close',
  catchUp: 'Catch up',
  catchUpHelp: 'What matters now. Key U opens and closes it.',
  news: (count: number) => (count === 0 ? 'Nothing new since you last looked' : `New since you last looked: ${count}`),
  noContact: 'No contact yet',
  contact: (count: number) => `Contacts: ${count}`,
  lastContact: (time: string) => `last ${time}`,
  goesOn: 'in contact now',
  who: 'Who does what',
  nothing: 'none',
  sides,
  to: 'For',
  basis: 'Contacts and basis',
  status: 'Status',
  assessment: 'Assessment',
  recommendations: 'Recommendations',
  write: (number: number) => `Write position paper ${number}`,
  fill: 'Fill from the boards',
  draft: 'Save the draft',
  sign: (number: number) => `Sign number ${number}`,
  signHelp: 'A signed paper is never changed: the next one has the next number.',
  paper: (number: number) => `Position paper ${number}`,
  signed: (name: string, time: string) => `signed by ${name}, ${time}`,
  open: 'Open',
  acknowledge: 'Acknowledge',
  pdf: 'As a PDF',
  noPdf: 'The file could not be had. Try again in a moment.',
  opened: 'Opened by',
  acknowledged: 'Acknowledged by',
  nobody: 'nobody yet',
  noPapers: 'No position paper yet. The leader writes one: status, assessment, recommendations.',
  start: 'Start the relief',
  startHelp: 'Both are in the role until who comes in has read the sheet. The floor stays with one and passes by offer.',
  role: 'Role',
  out: 'Who goes',
  in: 'Who comes in',
  choose: '—',
  sheet: 'Handover sheet',
  accept: 'Read and accepted',
  complete: 'Free who goes',
  cancel: 'Call it off',
  cancelWhy: 'Why is it called off?',
  noReliefs: 'No relief is under way.',
  reliefOf: (role: string, out: string, into: string) => `${role}: ${into} relieves ${out}`,
  notRead: 'the sheet is not read yet',
  readAt: (time: string) => `read and accepted ${time}`,
  shift: (time: string) => `here for ${time}`,
  work: (time: string) => `without a break for ${time}`,
  onBreak: 'on a break',
  overShift: 'RELIEVE',
  overBreak: 'BREAK DUE',
  noHours: 'Nobody is written down as arrived. Use the board “People”.',
  estimate: 'These limits are an estimate of Parley’s, no doctrine. Set those of your agency.',
  agency: 'Limits of the agency.',
  shiftHours: 'Relieve after, hours',
  breakHours: 'Break after, hours',
  setHours: 'Set the limits',
};

/** How the entries of papers, relief and hours are said. */
export const commandSentences = {
  'hours-set': (p: { readonly shiftMin: number; readonly breakMin: number }): Sentence => [
    `set the hours: relief after ${p.shiftMin / 60} h, a break after ${p.breakMin / 60} h`,
  ],
  'paper-drafted': (): Sentence => ['saved a draft of a position paper'],
  'paper-signed': (p: { readonly number: number; readonly to: readonly Side[] }): Sentence => [
    `signed position paper ${p.number} for ${p.to.map((side) => sides[side]).join(', ')}`,
  ],
  'paper-opened': (p: { readonly number: number }): Sentence => [`opened position paper ${p.number}`],
  'paper-acknowledged': (p: { readonly number: number }): Sentence => [`acknowledged position paper ${p.number}`],
  'paper-read': (p: { readonly number: number }): Sentence => [`took position paper ${p.number} as a file`],
  'relief-started': (p: { readonly role: string; readonly outId: string; readonly inId: string }, names: Names): Sentence => [
    `started a relief as ${p.role}: `,
    ...say`${names.person(p.inId)} for ${names.person(p.outId)}`,
  ],
  'relief-accepted': (p: { readonly readTo: number }): Sentence => [`read and accepted the handover sheet, up to entry ${p.readTo}`],
  'relief-completed': (): Sentence => ['completed the relief'],
  'relief-cancelled': (p: { readonly why: string }): Sentence => say`called the relief off: ${p.why}`,
};
