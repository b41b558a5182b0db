// Words of the floor: taking, offering, turns, windows for third parties. No logic but putting words together.
import { say } from './say.ts';

/** Words of `floor`. */
export const floor = {
  label: 'Floor',
  nobody: 'Nobody',
  you: 'You',
  offered: (to: string) => say`offered to ${to}`,
  offeredYou: 'offered to you',
  empty: 'Nobody speaks to the subject',
  subjectHears: 'heard by the subject',
  take: 'Take the floor',
  takeHelp: 'keep pressed',
  giveUp: 'Give up the floor',
  offer: 'Offer the floor',
  offerTo: 'Offer it to',
  choose: 'choose…',
  accept: 'Accept the floor',
  decline: 'Decline the floor',
  withdraw: 'Withdraw the offer',
  askedBy: (name: string) => say`${name} asks for it`,
} as const;

/** Words of `turn`. */
export const turn = {
  give: (name: string) => say`Give the turn to ${name}`,
  giveBack: 'Give the turn back',
  takeBack: 'Take the turn back',
  of: (name: string) => say`for one turn, from ${name}`,
} as const;

/** Words of `window`. */
export const window = {
  label: 'Third-party window',
  menu: 'Open a window',
  openFor: (name: string) => say`A window for ${name}`,
  help: 'Only inside a window can a third party be given the floor, in turns. He is recorded, and one press cuts him off.',
  purpose: 'What is it for?',
  purposeHint: 'e.g. says that the children are safe',
  script: 'What he says, and what he leaves out (he reads this)',
  scriptHint: 'e.g. Say: we are all right. Do not ask him to come home.',
  minutes: 'Closes by itself after minutes',
  needsPurpose: 'Write what it is for; then the window can be opened.',
  open: 'Open the window',
  isOpen: (name: string) => say`Window open for ${name}`,
  speaks: (name: string) => say`${name} SPEAKS TO THE SUBJECT`,
  left: (time: string) => `${time} left`,
  cut: 'Cut off',
  cutCause: 'cut off by the team',
} as const;

/** Words of `thirdParty`. */
export const thirdParty = {
  heard: 'YOU ARE HEARD',
  heardHelp: 'Speak calmly. Press “Give the turn back” when you have said it.',
  notHeard: 'NOT HEARD',
  notHeardHelp: 'Nobody hears you. You will see it here when that changes.',
  noSound: 'NOT IN THE CALL',
  noSoundHelp: 'Press “Join the call” and wear a headset.',
  wait: 'Please wait',
  waitHelp: 'The team tells you when it is your turn, and what to say.',
  task: 'What it is for',
  script: 'What to say',
} as const;
