// Words of the bar above an incident, of its title, and of what cannot be logged. No logic but putting words together.
import type { Channel } from '../../../core/incident/voice.ts';
import { say } from './say.ts';

/** Words of `light`. */
export const light = { safe: 'SAFE', 'not-safe': 'NOT SAFE', unknown: 'NOT KNOWN' } as const;

/** Words of `lightHelp`. */
export const lightHelp = {
  safe: 'Nobody outside can hear you.',
  'not-safe': 'Somebody outside may hear you.',
  unknown: 'Treat it as not safe.',
} as const;

/** Words of `microphone`. */
export const microphone = {
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
  openTo: (channel: Channel) => ({ ear: 'Open: ear', table: 'Open: table', tactical: 'Open: tactical', command: 'Open: command' })[channel],
  openToHelp: 'while you keep pressing',
  opening: 'Connecting',
  lost: (tries: number) => `Sound lost, try ${tries}`,
  lostHelp: 'It comes back by itself',
} as const;

/** Words of `recording`. */
export const recording = {
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
} as const;

/** Words of `data`. */
export const data = {
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
} as const;

/** Words of `bar`. */
export const bar = { home: 'All incidents', theme: 'Colours', menu: 'Menu' } as const;

/** Words of `unlogged`. */
export const unlogged = {
  label: 'Not logged',
  why: 'The log cannot be written. What closes and a take-over of the floor still work; they are entered when it can.',
} as const;

/** Words of `attention`. */
export const attention = {
  waits: (label: string) => `Somebody waits: ${label}`,
  offered: 'The floor is offered to you',
  lost: (label: string) => `Sound lost: ${label}`,
  phone: (label: string) => `Look at the phone: ${label}`,
} as const;
