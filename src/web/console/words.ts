// All words of the console, in one place, ready to translate. No logic but putting words together.

import type { Basis, Scope } from '../../core/incident/authorities.ts';
import { ownerOfCamera, viewerOfLeg } from '../../core/incident/cameras.ts';
import type { Output } from '../../core/incident/gear.ts';
import type { Line } from '../../core/incident/lines.ts';
import type { PhoneAlarm, RingOutcome } from '../../core/incident/phones.ts';
import type { Role } from '../../core/incident/topic.ts';
import type { EntryBody } from '../../core/incident/topics.ts';
import type { Channel } from '../../core/incident/voice.ts';
import type { LineState } from '../../core/line/machine.ts';
import { deviceText } from './store/device.ts';
import type { Names } from './store/names.ts';
import type { Theme } from './theme.ts';
import { boardsSentences } from './words/boards.ts';
import { type Sentence, say } from './words/say.ts';

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

/** All other words of the console. */
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

  enter: {
    title: 'Welcome to Parley',
    owner: 'This computer becomes the owner’s: it can start incidents and invite people.',
    invited: 'You were invited. Tell the team who you are.',
    name: 'Your name, as the team calls you',
    button: 'Come in',
    working: 'Coming in…',
  },
  signedOut: {
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
  },
  proof: {
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
  },
  setUp: {
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
  },
  doors: {
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
  },
  home: {
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
  },
  invite: {
    title: 'Invite a person',
    help: 'Choose a role, make the link, and send it or let them scan it. The link works once.',
    role: 'Role in this incident',
    noRole: 'No incident: only a seat in Parley',
    kind: 'Who is it?',
    staff: 'One of the team: stays',
    guest: 'A guest: the account ends after 72 h',
    make: 'Make an invitation',
    link: 'Invitation link',
    until: (when: string) => `Works once, until ${when}.`,
    open: 'Invite people',
    onlyHere:
      'This link works only on this computer. Start Parley with PARLEY_HOST or PARLEY_PUBLIC_URL to invite people on other devices.',
  },

  light: { safe: 'SAFE', 'not-safe': 'NOT SAFE', unknown: 'NOT KNOWN' },
  lightHelp: {
    safe: 'Nobody outside can hear you.',
    'not-safe': 'Somebody outside may hear you.',
    unknown: 'Treat it as not safe.',
  },
  exercise: 'EXERCISE',
  closedIncident: 'CLOSED',
  closingIncident: 'CLOSING: recordings are being finished',

  floor: {
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
  },

  seats: {
    label: 'Practice: change places with the machine',
    coach: 'Take the coach’s seat',
    coachHelp: 'The machine talks to him; you whisper to it (E). Hold.',
    primary: 'Take the primary’s seat',
    primaryHelp: 'The machine offers you the floor; accept it (F).',
    offered: 'Offered to the machine…',
    asked: 'Asked the machine for the floor…',
    needsFloor: 'Take the floor first (F): you talk, the machine whispers. Then you can change places.',
    needsSound: 'The machine is not in the call. Talk without it, or begin a new practice call.',
  },
  recordings: {
    title: 'Recordings',
    open: 'Recordings',
    help: 'Every voice has its own file. They play in your ears only; each time you play one, the log says so.',
    none: 'Nothing is recorded yet. Recording begins by itself when somebody joins the call.',
    loading: 'Looking…',
    play: 'Play',
    playOf: (leg: string, part: number) => `Play ${leg}, part ${part}`,
    stop: 'Stop',
    fetching: 'Loading…',
    playing: (at: number, of: number) => `Plays: ${at} s of ${of} s`,
    part: (part: number) => `part ${part}`,
    length: (seconds: number) => `${seconds} s`,
    grows: 'still recording',
    size: (kib: number) => `${kib} KB`,
    ready: 'The practice call is over. Every voice of it was recorded.',
  },

  turn: {
    give: (name: string) => say`Give the turn to ${name}`,
    giveBack: 'Give the turn back',
    takeBack: 'Take the turn back',
    of: (name: string) => say`for one turn, from ${name}`,
  },
  window: {
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
  },
  thirdParty: {
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
  },

  microphone: {
    label: 'My microphone',
    noSound: 'No sound',
    noSoundHelp: 'Join the call first',
    denied: 'Not allowed',
    deniedHelp: 'Allow it beside the address',
    dead: 'Dead',
    deadHelp: 'Check cable and switch',
    muted: 'Muted',
    mutedHelp: 'Nobody hears you',
    closed: 'Closed',
    closedHelp: 'Nobody hears you',
    floor: 'Open',
    floorHelp: 'The subject hears you',
    floorQuiet: 'Floor',
    floorQuietHelp: 'No line is live',
    openTo: (channel: Channel) =>
      ({ ear: 'Open: ear', table: 'Open: table', tactical: 'Open: tactical', command: 'Open: command' })[channel],
    openToHelp: 'while you keep pressing',
    opening: 'Connecting',
    lost: (tries: number) => `Sound lost, try ${tries}`,
    lostHelp: 'It comes back by itself',
  },

  unlogged: {
    label: 'Not logged',
    why: 'The log cannot be written. What closes and a take-over of the floor still work; they are entered when it can.',
  },

  recording: {
    noAuthority: 'Not all recorded',
    noAuthorityHelp: 'A far end waits for an authority: talk on, and record one.',
    label: 'Recording',
    on: (count: number) => (count === 1 ? '1 voice' : `${count} voices`),
    onHelp: 'every voice apart',
    none: 'Idle',
    noneHelp: 'no sound to record',
    not: 'NOT RECORDING',
    notHelp: (names: string) => say`no record of ${names}`,
    alarm: 'ALARM',
    alarmHelp: (leg: string, detail: string) => say`${leg}: ${detail}`,
    disk: {
      'disk-low': 'DISK LOW',
      'disk-reserve': 'DISK FULL',
      'disk-full': 'DISK FULL',
      'disk-silent': 'DISK SILENT',
    } as Readonly<Record<string, string>>,
    diskHelp: {
      'disk-low': 'Free disk space.',
      'disk-reserve': 'Sound and log go on. Free disk space now.',
      'disk-full': 'Sound is about to be lost. Free disk space now.',
      'disk-silent': 'The disk does not answer. The call goes on.',
    } as Readonly<Record<string, string>>,
    logDead: 'LOG NOT WRITABLE',
    logDeadHelp: 'Boards are read-only. Free disk space.',
  },
  data: {
    label: 'Data',
    fresh: 'Up to date',
    connecting: 'Connecting…',
    stale: (age: string) => `${age} old`,
    lost: (age: string) => `Lost ${age}`,
    lostHelp: 'Connecting again by itself',
    lostSoundUp: 'The sound goes on',
    loading: 'Loading the log',
    outdated: 'Old page',
    outdatedHelp: 'Reload this page',
    worker: { up: 'Sound server up', down: 'SOUND SERVER DOWN', none: 'Sound server not started' },
    reload: 'Reload the page',
  },
  shutOut: {
    title: 'You have no place in this incident',
    why: 'It was closed for you, or your sign-in has run out.',
    next: 'Go back to the list, or ask the leader for an invitation.',
  },

  bar: { home: 'All incidents', theme: 'Colours', menu: 'Menu' },

  sound: {
    join: 'Join the call',
    joinHelp: 'with microphone and sound',
    mute: 'Mute',
    mutedNow: 'you are muted',
    unmutedNow: 'you are not muted',
    leave: 'Leave the sound',
    settings: 'Sound settings',
    kind: 'What do you hear with?',
    kinds: {
      headset: 'Headset',
      handset: 'Handset, at the ear',
      loudspeaker: 'Loudspeaker',
      unknown: 'I do not know',
    } as Readonly<Record<Output, string>>,
    kindHelp: 'A headset or handset is truest. With a loudspeaker the echo is taken out, and ear and table stay shut until you confirm it.',
    uses: (label: string) => say`This computer plays on: ${label}`,
    echo: { on: 'Echo cancellation of your microphone is on.', off: 'Echo cancellation of your microphone is off.' },
    microphone: 'Microphone',
    anyMicrophone: 'The browser’s choice',
    apply: 'Use these',
  },
  guard: {
    leak: (microphone: string, secret: string) =>
      say`SOUND LEAKS: the microphone of ${microphone} carries the voice of ${secret}. The subject may hear it.`,
    leakNext: (microphone: string, secret: string) =>
      say`${secret}: stop speaking. ${microphone}: mute, turn the volume down, put the headset closer. Then test again.`,
    bare: (label: string) =>
      label === ''
        ? say`You hear by a loudspeaker: ear and table are shut for you.`
        : say`You hear by a loudspeaker (${label}): ear and table are shut for you.`,
    bareNext: 'A microphone near it would carry them to the subject.',
    confirm: 'No open microphone hears it',
    ask: 'What do you hear with? Parley cannot tell.',
  },
  leakTest: {
    run: 'Leak test',
    running: 'Testing: be quiet for three seconds…',
    help: 'Plays a tone in your ear and listens whether your microphone hears it.',
    never: 'No leak test yet.',
    passed: (level: string) => `Passed: the microphone does not hear the ear (${level}).`,
    failed: (level: string) =>
      `FAILED: your microphone hears your ear (${level}). Turn the volume down, put the headset on right, move the microphone away; then test again.`,
    noisy: (level: string) =>
      `NOT PROVED: the tone was there before it was played (${level}). Find what sounds near your microphone; then test again.`,
    broken: {
      why: 'The test could not be made.',
      next: 'Allow the microphone for this page and look whether it is plugged in; then test again.',
    },
    due: (name: string) => say`${name} has passed no leak test since the last call.`,
  },
  again: {
    label: 'Hear again',
    play: (seconds: number) => `Last ${seconds} s`,
    stop: 'Stop',
    help: 'In your ears only; the live line is softer meanwhile, and goes on.',
    loading: 'Loading…',
    playing: (position: number, length: number, clock: string) =>
      `Plays ${position} of ${length} s, from ${clock}. The live line is softer.`,
  },
  talk: {
    hold: 'keep pressed',
    asking: 'opening…',
    open: 'OPEN: speak',
    cut: 'closed: press anew',
  },

  pictures: {
    title: 'Pictures',
    of: (name: string) => `Picture: ${name}`,
    scene: (name: string) => `Scene: ${name}`,
    states: { waiting: 'waiting for picture', moving: 'live', stalled: 'STALLED', off: 'off' } as const,
    join: 'Join the call to see the pictures.',
    ask: 'Ask for a picture',
    asked: 'Asked: may they be seen? No answer yet.',
    on: 'They agreed to be seen.',
    takeBack: 'Take the question back',
    stop: 'Stop the picture',
    useThis: 'Use this device as a scene camera',
    mineOn: 'THIS DEVICE SHOWS THE SCENE',
    mineElsewhere: 'Your scene camera is on, but not on this device',
    stopMine: 'Stop my scene camera',
    stopOf: (name: string) => `Stop the scene camera of ${name}`,
    denied: 'The camera is not allowed here. Allow it beside the address of this page, then press again.',
  },
  lines: {
    title: 'Lines',
    empty: 'No line yet. Make a link and send it to the person, or let them scan the code from this screen.',
    label: 'Who is it for?',
    labelHint: 'e.g. Brother’s phone',
    make: 'Make a link',
    unnamed: 'Line',
    kind: { link: 'link', field: 'field phone' },
    device: (text: string) => say`Device: ${text}`,
    unknownDevice: 'Unknown device',
    waits: (time: string) => `waits ${time}`,
    letIn: 'Let in',
    refuse: 'Refuse',
    hold: 'Hold',
    resume: 'Resume',
    end: 'End the call',
    revoke: 'Revoke the link',
    endReason: 'ended by the team',
    revokeReason: 'revoked by the team',
    unconfirmed: 'The end is not confirmed yet: they may still hear.',
    link: 'Link',
    showLink: 'Link and code',
    address: 'Address to send',
    copy: 'Copy the link',
    copied: 'Copied',
    copyFailed: 'Not copied: mark the address and copy it by hand.',
    open: 'Open it on this computer',
    code: 'Code to scan',
    forgotten: 'The address is not kept. Make a new link if it is needed again.',
    expires: (when: string) => `Unopened, it works until ${when}.`,
    history: 'What happened',
    heardBy: 'Heard by',
    heardByNobody: 'nobody now',
    closedLines: (count: number) => `Closed lines (${count})`,
    far: {
      mic: {
        none: 'their microphone: not started',
        ok: 'their microphone works',
        dead: 'THEIR MICROPHONE IS DEAD',
        denied: 'THEIR MICROPHONE IS NOT ALLOWED',
      } as Readonly<Record<string, string>>,
      background: 'THEIR PAGE IS NOT IN FRONT',
      battery: (percent: number, charging: boolean) => `battery ${percent} %${charging ? ', charging' : ''}`,
    },
    legs: { connecting: 'sound is coming', up: 'sound is good', amber: 'SOUND STUTTERS', lost: 'NO SOUND', ended: 'sound ended' },
    lossy: (lost: number) => `${lost} packets lost a second`,
    echo: {
      on: 'Echo cancellation of their phone: on, as for a loudspeaker',
      off: 'Echo cancellation of their phone: off, as for a phone at the ear',
      differs: 'THEIR PHONE HAS IT THE OTHER WAY',
      turnOff: 'Phone at the ear: turn it off',
      turnOn: 'Loudspeaker: turn it on',
    },
    phoneWarning: 'Phone sound cannot prove that no shot was fired.',
  },

  phone: {
    label: 'Field phone',
    make: 'Add a field phone',
    pair: 'Pair this phone',
    pairHelp: 'Open the address once on the phone and press its button; then pair it here.',
    standby: 'Phone on standby',
    standbyHelp: 'Nobody hears anybody. Ring it, or use it as a loudhailer.',
    reached: 'The phone is reached.',
    ring: 'Ring',
    asked: 'Asked to ring',
    askedHelp: 'It did not say yet that it rings.',
    opening: 'Opening, no sound yet',
    openingHelp: 'They may hear you any moment.',
    answersItself: 'Answers by itself (its speaker only)',
    answeredBy: { touch: 'Answered by a touch.', itself: 'Answered by itself: perhaps nobody is there.' },
    microphone: {
      shut: 'Its microphone is shut until somebody touches the phone.',
      touch: 'Its microphone was opened by a touch.',
      authority: 'Its microphone is open by a recorded authority.',
    },
    loudhailer: 'Loudhailer',
    loudhailerOpening: 'opening, do not speak yet…',
    loudhailerOpen: 'OPEN: speak',
    loudhailerUp: 'Loudhailer stands ready',
    loudhailerUpHelp: 'They hear the floor only while the key is held.',
    loudhailerBy: (name: string) => say`Loudhailer held by ${name}`,
    alarms: 'What troubles the phone',
    moved: 'the phone is being moved',
    still: 'the phone lies still',
  },
  authority: {
    title: 'Authority and notice',
    open: 'Authority and notice…',
    help: 'On what the law lets you record, listen to a line on hold, or open a microphone. Kept in the log, shown on every console.',
    empty: 'No authority is recorded. Room monitor stays off until one is.',
    record: 'Record an authority',
    officer: 'Officer who gave it',
    basis: 'Basis',
    words: 'In words (statute, who was asked)',
    order: 'Order',
    orderCame: 'The order is there…',
    orderNumber: 'Number of the order',
    orderText: 'What the judge ordered',
    saveOrder: 'Record the order',
    stop: 'Stop this authority',
    stopReason: 'stopped at the console',
    inForce: 'In force.',
    ranOut: 'RAN OUT.',
    stopped: 'Stopped.',
    left: {
      'order-due': (left: string) => `Order due in ${left}`,
      ends: (left: string) => `Order ends in ${left}`,
      running: (_: string) => 'Authority in force',
    },
    over: {
      'order-due': (left: string) => `ORDER OVERDUE by ${left}: record the order or stop, and call the prosecutor`,
      ends: (left: string) => `THE ORDER ENDED ${left} ago: nothing more is opened under it`,
      running: (_: string) => 'Authority in force',
    },
    more: (n: number) => `(and ${n} more)`,
    notRecorded: (line: string) => say`NOT RECORDED: the far end of ${line}. Talk on; record an authority to record it.`,
    monitorOn: (line: string) => say`ROOM MONITOR ON: ${line}`,
    monitorRuns: 'ROOM MONITOR ON: this line is on hold and heard all the same. Their page shows it.',
    monitorOff: 'On hold: nobody hears the far end, and nothing of it is recorded.',
    startMonitor: 'Room monitor on',
    stopMonitor: 'Room monitor off',
    notice: 'What the far end is shown when let in',
    noticeHelp: 'A template, to be checked by your counsel. What is shown goes into the log word for word.',
    noNotice: 'No notice is shown.',
    language: 'Language of their phone',
    saveNotice: 'Use these words',
  },

  people: {
    title: 'People',
    present: 'here',
    absent: 'not here',
    muted: 'muted',
    noTalk: 'listens only',
    listens: 'hears the subject',
    leg: { connecting: 'sound coming', up: 'sound up', amber: 'sound stutters', lost: 'sound lost', ended: 'no sound' },
    noLeg: 'no sound',
    level: 'Level',
    hears: { headset: 'headset', handset: 'handset', loudspeaker: 'loudspeaker', unknown: 'hears with: not known' } as Readonly<
      Record<Output, string>
    >,
    guessed: (what: string) => `${what}?`,
    bare: 'LOUDSPEAKER: no ear, no table',
    leaks: 'MICROPHONE LEAKS',
    speaks: (channel: string) => `speaks on ${channel}`,
    hasFloor: 'has the floor',
    roles: 'Roles',
    rolesOf: (name: string) => say`Roles of ${name}`,
    rolesHelp: 'A change is at once: who loses a role no longer hears what it allowed.',
    noRole: 'no role: hears and says nothing',
    mayNotTalk: 'Listens only: may not speak to anybody',
    signal: 'Level of sound',
    alone: 'You are alone. Invite the coach next.',
  },

  log: {
    title: 'Log',
    note: 'Note to the log',
    noteHint: 'Write what happens; Enter puts it into the log',
    write: 'Write',
    writing: 'not in the log yet…',
    earlier: 'Show earlier entries',
    show: 'Show',
    filters: { notes: 'Notes', main: 'Main', all: 'Everything' },
    empty: 'Nothing yet.',
    emptyNotes: 'No note yet. What is written here, all see at once.',
    newest: 'To the newest',
    subject: 'the device',
    parley: 'Parley',
  },

  deadlines: {
    label: 'His deadlines, running',
    left: (time: string) => `${time} left`,
    over: (time: string) => `OVER FOR ${time}: write down what happened`,
    more: (count: number) => `and ${count} more`,
  },

  incident: {
    close: 'Close the incident',
    closeHelp: 'After that nothing can be added, and nobody hears anybody. Every line must be ended first.',
    outcome: 'How did it end?',
    outcomeHint: 'e.g. came out by himself, unhurt',
    menu: 'This incident…',
  },
  attention: {
    waits: (label: string) => `Somebody waits: ${label}`,
    offered: 'The floor is offered to you',
    lost: (label: string) => `Sound lost: ${label}`,
    phone: (label: string) => `Look at the phone: ${label}`,
  },
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

type EntrySentences = { readonly [E in EntryBody as E['type']]: (payload: E['payload'], names: Names) => Sentence };

/** One sentence for every type of entry. A type that is forgotten here does not compile. */
export const entrySentences: EntrySentences = {
  'incident-opened': (p) => (p.exercise ? say`opened the exercise ${p.title}` : say`opened the incident ${p.title}`),
  'closing-begun': (p) => say`began to close the incident: ${p.outcome}`,
  'incident-closed': (p) =>
    p.recordings === 'unfinished'
      ? say`closed the incident; some recordings could not be finished: ${p.why ?? ''}`
      : say`closed the incident: ${p.outcome}`,
  'role-assigned': (p) => [...say`made ${p.name} `, roleWords[p.role]],
  'role-dropped': (p, names) => [...say`took from ${names.person(p.personId)} the role: `, roleWords[p.role]],
  'no-talk-set': (p, names) =>
    p.noTalk ? say`made ${names.person(p.personId)} a listener only` : say`let ${names.person(p.personId)} speak again`,
  'link-issued': (p, names) => say`made a link for ${names.line(p.lineId)}`,
  'device-knocked': (p, names) => say`opened the link of ${names.line(p.lineId)} and waits (${deviceText(p.describes)})`,
  'device-admitted': (p, names) => say`let the device in on ${names.line(p.lineId)}`,
  'device-left': (p, names) => say`→ a device that waited on ${names.line(p.lineId)} went away`,
  'device-refused': (p, names) => say`refused a device on ${names.line(p.lineId)}`,
  'line-changed': (p, names) => [...say`→ ${names.line(p.lineId)}: `, lineStateWords[p.to], ...say` (${p.cause})`],
  'line-confirmed-silent': (p, names) => say`→ ${names.line(p.lineId)}: the end is confirmed, nobody hears there`,
  'phone-rung': (p, names) => say`asked the phone of ${names.line(p.lineId)} to ring`,
  'ring-ended': (p, names) => [...say`→ ${names.line(p.lineId)}: `, outcomeWords[p.outcome]],
  'ring-answered': (p, names) => [...say`→ ${names.line(p.lineId)}: `, words.phone.answeredBy[p.by]],
  'phone-called': (p, names) => say`calls from the phone of ${names.line(p.lineId)}`,
  'answers-itself-set': (p, names) =>
    p.on
      ? say`let the phone of ${names.line(p.lineId)} answer by itself`
      : say`no longer lets the phone of ${names.line(p.lineId)} answer by itself`,
  'phone-mic-opened': (p, names) => [...say`→ ${names.line(p.lineId)}: `, words.phone.microphone[p.by]],
  'loudhailer-opened': (p, names) => say`opened the loudhailer of ${names.line(p.lineId)} for the voice of ${names.person(p.speaker)}`,
  'loudhailer-closed': (p, names) => say`→ loudhailer of ${names.line(p.lineId)} closed (${p.cause})`,
  'phone-reported': (p, names) =>
    p.alarms.length === 0
      ? say`→ the phone of ${names.line(p.lineId)} is well again`
      : [...say`→ the phone of ${names.line(p.lineId)}: `, p.alarms.map((alarm) => alarmWords[alarm]).join('; ')],
  'floor-taken': () => ['took the floor'],
  'floor-asked': () => ['asks for the floor'],
  'floor-offered': (p, names) => say`offered the floor to ${names.person(p.personId)}`,
  'floor-offer-ended': () => ['ended the offer of the floor'],
  'floor-passed': (p, names) => say`accepted the floor from ${names.person(p.from)}`,
  'floor-emptied': (p) => say`→ the floor is empty: ${p.cause}`,
  'turn-given': (p, names) => say`gave the floor to ${names.person(p.to)} for one turn`,
  'turn-returned': (p, names) => say`→ ${names.person(p.to)} has the floor again: ${p.cause}`,
  'window-opened': (p, names) => say`opened a window for ${names.person(p.personId)}, ${String(p.minutes)} min: ${p.purpose}`,
  'window-closed': (p, names) => say`→ the window of ${names.person(p.personId)} is closed: ${p.cause}`,
  'mic-opened': (p) => ['speaks on ', channelWords[p.channel]],
  'mic-closed': (p, names) => say`→ microphone of ${names.person(p.personId)} closed (${p.cause})`,
  'leg-changed': (p, names) => [
    ownerOfCamera(p.leg) !== null ? '→ picture of ' : viewerOfLeg(p.leg) !== null ? '→ view of ' : '→ sound of ',
    ...say`${names.leg(p.leg)}: ${p.state} (${p.cause})`,
  ],
  'recording-started': (p, names) => say`→ recording of ${names.leg(p.leg)} began`,
  'segment-closed': (p, names) => [...say`→ recording of ${names.leg(p.leg)}: a file is whole, `, `${Math.round(p.durationMs / 1000)} s`],
  'digest-taken': (p) => [`→ recordings were sealed: ${p.segments.length} open`],
  'recording-alarmed': (p, names) => say`→ RECORDING ALARM, ${names.leg(p.leg)}: ${p.alarm} (${p.detail})`,
  'recording-alarm-cleared': (p, names) => say`→ recording of ${names.leg(p.leg)} is well again (${p.alarm})`,
  'notice-set': (p) => [`set the notice to the far end (${p.language}): `, ...(p.text === '' ? ['back to the template'] : say`${p.text}`)],
  'notice-given': (p, names) => say`→ ${names.line(p.lineId)} was shown: ${p.text}`,
  'authority-recorded': (p) => [
    ...say`recorded an authority of ${p.officer} for `,
    p.scope.map((one) => scopeWords[one]).join(', '),
    ` (${basisWords[p.basis]})`,
    ...(p.words === '' ? [] : say`: ${p.words}`),
  ],
  'order-obtained': (p) => say`recorded the order ${p.order.number}: ${p.order.text}`,
  'authority-stopped': (p) => say`stopped an authority: ${p.reason}`,
  'authority-lapsed': () => ['→ AN AUTHORITY RAN OUT: nothing more is opened under it'],
  'room-monitor-started': (p, names) => say`turned room monitor ON at ${names.line(p.lineId)}`,
  'room-monitor-stopped': (p, names) => say`→ room monitor is off at ${names.line(p.lineId)} (${p.cause})`,
  'gear-told': (p) => [
    `hears with: ${outputWords[p.output]}${p.by === 'guess' ? ' (guessed)' : ''}`,
    ...(p.label === '' ? [] : say` (${p.label})`),
    `, echo cancellation ${p.echo ? 'on' : 'off'}`,
  ],
  'loudspeaker-confirmed': () => ['confirmed the loudspeaker: no open microphone hears it'],
  'leak-tested': (p) => [p.passed ? 'passed the leak test' : 'FAILED THE LEAK TEST', ` (${p.levelDb} dB, before ${p.beforeDb} dB)`],
  'leak-suspected': (p, names) => [
    ...say`→ SOUND LEAKS: microphone of ${names.leg(p.microphone)} carries the voice of ${names.leg(p.secret)}`,
    ` (${Math.round(p.gainDb)} dB, ${p.delayMs} ms later, likeness ${p.likeness})`,
  ],
  'leak-cleared': (p, names) =>
    say`→ no leak any more of ${names.leg(p.secret)} at the microphone of ${names.leg(p.microphone)} (${p.cause})`,
  'line-echo-set': (p, names) => [...say`→ ${names.line(p.lineId)}: echo cancellation `, p.on ? 'on' : 'off'],
  'recording-read': (p, names) =>
    p.how === 'file'
      ? say`read the recording ${p.file} of ${names.leg(p.leg)}`
      : [...say`heard ${names.leg(p.leg)} again: `, `${Math.round((p.toMs - p.fromMs) / 1000)} s`],
  'camera-asked': (p, names) => say`asked for a picture on ${names.line(p.lineId)}`,
  'camera-allowed': () => ['agreed to be seen'],
  'camera-declined': () => ['does not want to be seen'],
  'camera-stopped': (p, names) => say`→ no picture of ${names.line(p.lineId)} any more: ${p.cause}`,
  'scene-camera-started': (p, names) => say`→ scene camera of ${names.person(p.personId)} is on`,
  'scene-camera-stopped': (p, names) => say`→ scene camera of ${names.person(p.personId)} is off`,
  'note-written': (p) => [{ said: p.text }],
  ...boardsSentences,
  'entered-late': (p, names) => [
    `→ entered late, it was at ${new Date(p.at).toLocaleTimeString([], { hour12: false })}: `,
    ...(p.who.kind === 'person' ? say`${p.who.name} ` : []),
    ...sentenceOf(p.what, p.payload, names),
  ],
};

/** The sentence for an entry of any type. */
export function sentenceOf(type: string, payload: unknown, names: Names): Sentence {
  const known = Object.hasOwn(entrySentences, type) ? entrySentences[type as keyof EntrySentences] : undefined;
  return known === undefined ? unknownEntry(type) : known(payload as never, names);
}

/** The sentence for an entry of a type that this page does not know. */
export function unknownEntry(type: string): Sentence {
  return say`an entry of a newer kind: ${type}`;
}
