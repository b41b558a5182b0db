// Words of the ways in: coming in, signing in, the lock, the set-up, people, the list of incidents. No logic but putting words together.
import { say } from './say.ts';

/** Words of `enter`. */
export const enter = {
  title: 'Welcome to Parley',
  owner: 'This computer becomes the owner’s: it can start incidents and invite people.',
  invited: 'You were invited. Tell the team who you are.',
  name: 'Your name, as the team calls you',
  button: 'Come in',
  working: 'Coming in…',
} as const;

/** Words of `signedOut`. */
export const signedOut = {
  title: 'Sign in to Parley',
  login: 'Your name for signing in',
  password: 'Password',
  code: 'Code from your phone',
  codeHelp: 'Six digits from your authenticator, or a recovery code. Leave it empty if you have none yet.',
  button: 'Sign in',
  working: 'Signing in…',
  noPassword: 'No password yet?',
  steps: [
    'If you were invited: open your invitation link. Each link works once.',
    'If you look after this computer: the owner’s link stands in the window in which Parley was started. Start Parley again for a new one.',
    'Else: ask the team leader for an invitation, or the owner for a new link.',
  ],
  again: 'Try again',
} as const;

/** Words of `proof`. */
export const proof = {
  title: 'Prove that it is you',
  by: 'With what?',
  password: 'Password',
  code: 'Code',
  codeHelp: 'Six digits from your authenticator, or a recovery code.',
  button: 'Unlock',
  working: 'Looking…',
  locked: 'This screen is locked',
  lockedCall: 'Your call goes on: sound, mute and the floor work below.',
  lockedHome: 'Nothing was ended.',
  fresh: 'This needs a new proof, because the last one is too long ago.',
  none: 'You have set neither password nor code. Ask the owner for a new link and open it here; the call goes on meanwhile.',
  soon: (minutes: number) => `This screen locks in ${minutes} min unless you prove again that it is you. The call will go on.`,
  now: 'Prove it now',
} as const;

/** Words of `setUp`. */
export const setUp = {
  title: 'So that you can come back',
  banner: { password: 'Set a password so that you can come back.', factor: 'Set up your second factor so that you can come back.' },
  bannerHelp: 'It takes two minutes and can wait until the incident allows it.',
  open: 'Set it up',
  later: 'Back to the incidents',
  login: (login: string) => say`Your name for signing in: ${login}`,
  passwordStep: 'A password',
  passwordHelp: 'At least 12 signs. A sentence of a few odd words is good.',
  password: 'New password',
  show: 'Show what I type',
  save: 'Set the password',
  factorStep: 'A second factor',
  factorHelp: 'Your phone shows a new code every 30 seconds. Any authenticator app will do; it needs no network.',
  start: 'Show the code to scan',
  qr: 'Code to scan with the authenticator',
  secret: 'Or type this key into the app',
  code: 'The six digits that the app shows now',
  confirm: 'Confirm',
  codesStep: 'Your recovery codes',
  codesHelp: 'They are shown only now. Each works once in place of your phone. Keep them on paper, away from this computer.',
  copy: 'Copy the codes',
  print: 'Print',
  kept: 'I have kept them',
  done: 'All is set. Sign in next time with your name, your password and a code.',
  pending: 'Your account has a password and no second factor yet. Set it up now; then everything is open.',
} as const;

/** Words of `doors`. */
export const doors = {
  people: 'People and doors',
  title: 'People',
  back: 'Back to the incidents',
  signOut: 'Sign out',
  help: 'All who may come in here. A lock or a new link never ends a call that goes on.',
  invite: 'Invite a person',
  alone: 'You are the only one. Invite a person: the link works once.',
  you: 'you',
  owner: 'owner',
  guest: 'guest',
  locked: 'LOCKED',
  until: (when: string) => `ends ${when}`,
  login: (login: string) => say`signs in as ${login}`,
  credentials: {
    full: 'password and second factor',
    password: 'password, no second factor',
    none: 'no password yet',
    factor: 'second factor, no password',
  },
  sessions: (count: number) => (count === 0 ? 'not signed in' : count === 1 ? 'signed in on 1 device' : `signed in on ${count} devices`),
  unlock: 'Unlock',
  keep: 'Keep for good',
  link: 'New link',
  linkTitle: (name: string) => say`New link for ${name}`,
  linkHelp: 'Opens this account again, once, on the device that opens it. Hand it over in person.',
  makeOwner: 'Make owner',
  dropOwner: 'Take owner’s right',
  end: 'End sessions',
  endTitle: (name: string) => say`End the sessions of ${name}`,
  endHelp: 'Closes every page of this person at once, and the sound with it. This page stays.',
  remove: 'Remove',
  removeTitle: (name: string) => say`Remove ${name}`,
  removeHelp: 'Ends the account, its sessions and secrets. What the person did stays on record.',
  removeWhy: 'Why?',
  act: (act: string, name: string) => `${act}: ${name}`,
} as const;

/** Words of `home`. */
export const home = {
  title: 'Incidents',
  hello: (name: string) => say`Signed in as ${name}`,
  start: 'Start an incident',
  practice: 'Practice call',
  practiceHelp:
    'Alone at one laptop? A simulated person opens a link to you and talks; a machine coach whispers, and you can change places with it. Use a headset.',
  startHelp: 'You become leader and primary; both can be handed over later.',
  name: 'Title',
  titleOf: (when: string) => `Incident ${when}`,
  exerciseTitleOf: (when: string) => `Exercise ${when}`,
  exercise: 'This is an exercise (stays one for ever)',
  none: 'No incident yet. Start one: it takes one press.',
  open: 'Open',
  closed: 'Closed',
  openedAt: (when: string) => `since ${when}`,
  invite: 'Invite a person',
  list: 'Your incidents',
} as const;

/** Words of `invite`. */
export const invite = {
  title: 'Invite a person',
  help: 'Choose a role, make the link, and send it or let them scan it. The link works once.',
  role: 'Role in this incident',
  noRole: 'No incident: only a seat in Parley',
  kind: 'Who is it?',
  staff: 'One of the team: stays',
  guest: 'A guest: the account ends after 72 h',
  firstOfficer: 'A first officer: a guest who may open one incident',
  make: 'Make an invitation',
  link: 'Invitation link',
  until: (when: string) => `Works once, until ${when}.`,
  open: 'Invite people',
  onlyHere: 'This link works only on this computer. Start Parley with PARLEY_HOST or PARLEY_PUBLIC_URL to invite people on other devices.',
} as const;

/** Words of `shutOut`. */
export const shutOut = {
  title: 'You have no place in this incident',
  why: 'It was closed for you, or your sign-in has run out.',
  next: 'Go back to the list, or ask the leader for an invitation.',
} as const;
