// Words of the palette, of the one-key line and of the arrangement of the screen.
import type { PanelName, ScreenName } from '../store/screens.ts';

/** Words of the command palette. */
export const paletteWords = {
  title: 'What can be done now',
  open: 'Actions',
  label: 'Action',
  hint: 'e.g. floor, add demand, hold',
  none: 'Nothing fits. Only what you may do now stands here.',
  hold: 'goes there: keep Enter pressed',
  show: (board: string) => `Show: ${board}`,
  boards: 'Boards',
} as const;

/** Words of the line that one key opens. */
export const quickWords = {
  open: 'Note',
  title: 'One line to the log',
  label: (time: string) => `What happened at ${time}`,
  hint: 'Enter writes, Esc leaves; begin with a letter and a colon for a board',
  source: (time: string) => `noted at ${time}`,
  kinds: 'Letters for boards',
} as const;

/** Words of the screens and their panels. */
export const screenWords = {
  menu: 'View',
  choose: 'Screen',
  arrange: 'Arrange',
  done: 'Done arranging',
  reset: 'As it was at first',
  byRole: 'By my role',
  screens: {
    leader: 'Leader',
    primary: 'Primary',
    coach: 'Coach',
    scribe: 'Scribe',
    intelligence: 'Intelligence',
    technical: 'Technical',
    consultant: 'Consultant',
    tactical: 'Tactical',
    command: 'Wallboard',
    desk: 'Plain desk',
    phone: 'Phone',
  } satisfies Readonly<Record<ScreenName, string>>,
  panels: { lines: 'Lines', people: 'People', work: 'Log and boards' } satisfies Readonly<Record<PanelName, string>>,
  width: (panel: string) => `Width of the column of ${panel}`,
  moves: { left: 'Move left', right: 'Move right', up: 'Move up', down: 'Move down' },
  fold: 'Fold',
  unfold: 'Unfold',
  of: (act: string, panel: string) => `${act}: ${panel}`,
} as const;

/** Words of the wallboard. */
export const wallWords = {
  title: 'Wallboard',
  line: 'Line',
  noLine: 'No line is open',
  floor: 'Floor',
  contact: 'Last contact',
  contactNow: 'NOW',
  noContact: 'none yet',
  ago: (time: string) => `${time} ago`,
  deadlines: 'Deadlines',
  noDeadlines: 'none runs',
  counts: 'Open now',
  here: 'People here',
  open: 'Incident open for',
} as const;
