// Names of things, and the words of all panels put together, ready to translate: the words themselves lie in `words/`, one file a panel.
// The sentences of the log stand in `words/entries.ts`.

import type { Basis, Scope } from '../../core/incident/authorities.ts';
import type { Output } from '../../core/incident/gear.ts';
import type { Line } from '../../core/incident/lines.ts';
import type { PhoneAlarm, RingOutcome } from '../../core/incident/phones.ts';
import type { Role } from '../../core/incident/topic.ts';
import type { Channel } from '../../core/incident/voice.ts';
import type { LineState } from '../../core/line/machine.ts';
import type { Theme } from './theme.ts';
import { authority } from './words/authority.ts';
import { attention, bar, data, light, lightHelp, microphone, recording, unlogged } from './words/bar.ts';
import { custody } from './words/custody.ts';
import { doors, enter, home, invite, proof, setUp, shutOut, signedOut } from './words/doors.ts';
import { floor, thirdParty, turn, window } from './words/floor.ts';
import { lines } from './words/lines.ts';
import { deadlines, incident, log } from './words/log.ts';
import { people } from './words/people.ts';
import { phone } from './words/phone.ts';
import { pictures } from './words/pictures.ts';
import { recordings, seats } from './words/practice.ts';
import { again, guard, leakTest, sound, talk } from './words/sound.ts';

/** Names of roles. */
export const roleWords: Readonly<Record<Role, string>> = {
  primary: 'primary',
  coach: 'coach',
  leader: 'leader',
  interpreter: 'interpreter',
  'third-party': 'third party',
  scribe: 'scribe',
  intelligence: 'intelligence',
  technical: 'technical support',
  consultant: 'consultant',
  'tactical-liaison': 'tactical liaison',
  tactical: 'tactical element',
  commander: 'incident commander',
  trainer: 'trainer',
};

/** Names of voice channels. */
export const channelWords: Readonly<Record<Channel, string>> = {
  ear: 'the ear',
  table: 'the table',
  tactical: 'the tactical channel',
  command: 'the command channel',
};

/** What somebody hears with. */
export const outputWords: Readonly<Record<Output, string>> = {
  headset: 'headset',
  handset: 'handset',
  loudspeaker: 'loudspeaker',
  unknown: 'nobody knows what',
};

/** Labels of the held keys that open a channel. */
export const talkWords: Readonly<Record<Channel, string>> = {
  ear: 'Speak in the ear',
  table: 'Talk at the table',
  tactical: 'Talk on tactical',
  command: 'Talk on command',
};

/** What an authority allows. */
export const scopeWords: Readonly<Record<Scope, string>> = {
  recording: 'recording',
  'room-monitor': 'room monitor',
  'open-microphone': 'open microphone',
};

/** On what an authority rests. */
export const basisWords: Readonly<Record<Basis, string>> = {
  emergency: 'Emergency, order to follow',
  'hostage-statute': 'Statute for hostage or barricade events',
  'court-order': 'Court order',
  'party-consent': 'An officer is a party to the call and consents',
  consent: 'The person consented',
  other: 'Something else, in words',
};

/** A line's state in words. */
export const lineStateWords: Readonly<Record<LineState, string>> = {
  idle: 'Not opened yet',
  waiting: 'Somebody waits',
  asking: 'Let in, no sound from them yet',
  ringing: 'Rings at their end',
  live: 'Live',
  held: 'On hold',
  lost: 'Lost: no sound from them',
  ended: 'Ended',
  closed: 'Closed',
};

/** What a line's state means for whoever looks at it. */
export const lineHelp: Readonly<Record<LineState, string>> = {
  idle: 'Send the link, or let them scan the code.',
  waiting: 'Nothing was said to them but “please wait”.',
  asking: 'They may hear you any moment.',
  ringing: 'They may hear you any moment.',
  live: 'They hear whoever has the floor.',
  held: 'They hear a comfort sound, not you.',
  lost: 'Both ends keep trying. Speak as if they hear you.',
  ended: 'They can open the link again.',
  closed: 'The link works no more.',
};

/** Where a link works. */
export const reachWords: Readonly<Record<Line['reach'], string>> = {
  anywhere: 'Works on any phone with internet.',
  'this-network': 'Works only in this Wi-Fi or network.',
  'this-box': 'Works only on this computer. It cannot be sent to anybody.',
};

/** How a ring ended when nobody spoke. */
export const outcomeWords: Readonly<Record<RingOutcome, string>> = {
  'no-answer': 'No answer: it rang, nobody touched it.',
  declined: 'Declined at the phone.',
  away: 'Did not ring: the phone was away.',
  hidden: 'Did not ring: its page was not in front.',
  silent: 'Did not ring: it may make no sound before somebody touches it.',
  'no-word': 'Asked, but it never said that it rings.',
};

/** What troubles a field phone. */
export const alarmWords: Readonly<Record<PhoneAlarm, string>> = {
  away: 'THE PHONE IS AWAY: no word from it',
  hidden: 'ITS PAGE IS NOT IN FRONT: it cannot ring',
  silent: 'IT CANNOT RING: somebody must touch it once',
  battery: 'ITS BATTERY IS LOW',
  microphone: 'ITS MICROPHONE IS DEAD',
};

/** Names of the themes. */
export const themeWords: Readonly<Record<Theme, string>> = { day: 'Day', dark: 'Dark', night: 'Night red' };

/** All words of the console that are no names of things and no sentences of the log, by panel. */
export const words = {
  product: 'Parley',
  loading: 'Loading…',
  noAnswer: {
    why: 'The server did not answer.',
    next: 'Check that Parley runs and that this computer is on its network. Then press again.',
  },
  odd: { why: 'The server answered with an error.', next: 'Press again. If it goes on, look at the window in which Parley was started.' },
  close: 'Close',
  cancel: 'Cancel',
  exercise: 'EXERCISE',
  closedIncident: 'CLOSED',
  custody,
  closingIncident: 'CLOSING: recordings are being finished',

  enter,
  signedOut,
  proof,
  setUp,
  doors,
  home,
  invite,
  shutOut,
  light,
  lightHelp,
  microphone,
  recording,
  data,
  bar,
  unlogged,
  attention,
  floor,
  turn,
  window,
  thirdParty,
  seats,
  recordings,
  sound,
  guard,
  leakTest,
  again,
  talk,
  pictures,
  lines,
  phone,
  authority,
  people,
  log,
  deadlines,
  incident,
} as const;

const eventWords = {
  knocked: 'link opened',
  asked: 'let in',
  rang: 'rings at their end',
  'sound-came': 'sound came',
  'sound-went': 'sound lost',
  held: 'on hold',
  resumed: 'off hold',
  ended: 'ended',
  closed: 'closed',
} as const;

/** What happened on a line, in a word or two. */
export function lineEventWords(event: keyof typeof eventWords): string {
  return eventWords[event];
}
