// The screen of each role: which panels stand where at first. A table: a new panel is one name here and one line in view/panels.ts.
import type { Role } from '../../../core/incident/topic.ts';

/** Panels that are no single board. A board stands on a screen by its own name, as `board:hooks`. */
export type PanelName = 'lines' | 'people' | 'work';
/** Everything that can stand in a column. */
export type Panel = PanelName | `board:${string}`;

/** A column: its share of the width, its panels from above. */
export interface Column {
  readonly share: number;
  readonly panels: readonly Panel[];
}

/** Names of the screens; their words stand in `screenWords.screens`. */
export type ScreenName =
  | 'leader'
  | 'primary'
  | 'coach'
  | 'scribe'
  | 'intelligence'
  | 'technical'
  | 'consultant'
  | 'tactical'
  | 'command'
  | 'desk'
  | 'phone';

/** What a screen is at first, before anybody has arranged it. */
export interface RoleScreen {
  /** Who gets it. Of several roles of one person the first screen of this list wins. */
  readonly roles: readonly Role[];
  /** None: the wallboard, which has no panels and nothing to press. */
  readonly columns: readonly Column[];
  /** Filter of the log at first. */
  readonly log: 'notes' | 'main';
}

const column = (share: number, ...panels: readonly Panel[]): Column => ({ share, panels });

/** Who leads needs everything, whatever else he is; who only talks needs little. */
export const SCREENS: Readonly<Record<ScreenName, RoleScreen>> = {
  leader: { roles: ['leader'], columns: [column(11, 'lines'), column(10, 'people', 'board:decisions'), column(14, 'work')], log: 'main' },
  primary: {
    roles: ['primary', 'interpreter'],
    columns: [column(10, 'lines', 'people'), column(15, 'work'), column(10, 'board:hooks', 'board:barbs')],
    log: 'notes',
  },
  coach: {
    roles: ['coach'],
    columns: [column(10, 'lines', 'people'), column(15, 'work'), column(10, 'board:themes', 'board:indicators')],
    log: 'main',
  },
  scribe: {
    roles: ['scribe'],
    columns: [column(20, 'work'), column(11, 'board:contacts', 'board:deadlines'), column(10, 'lines', 'people')],
    log: 'main',
  },
  intelligence: {
    roles: ['intelligence'],
    columns: [column(11, 'board:requests', 'board:facts'), column(14, 'work'), column(10, 'lines', 'people')],
    log: 'main',
  },
  consultant: {
    roles: ['consultant'],
    columns: [column(12, 'board:indicators', 'board:themes'), column(14, 'work'), column(10, 'lines', 'people')],
    log: 'main',
  },
  technical: {
    roles: ['technical'],
    columns: [column(13, 'lines'), column(10, 'people', 'board:numbers'), column(13, 'work')],
    log: 'main',
  },
  tactical: {
    roles: ['tactical', 'tactical-liaison'],
    columns: [column(11, 'board:weapons', 'board:hostages'), column(13, 'work'), column(10, 'board:liaison', 'lines')],
    log: 'main',
  },
  command: { roles: ['commander'], columns: [], log: 'main' },
  /** By the size of the window, not by a role: what a first officer needs, the line first. */
  phone: { roles: [], columns: [column(1, 'lines', 'people', 'work')], log: 'main' },
  desk: { roles: [], columns: [column(11, 'lines'), column(9, 'people'), column(14, 'work')], log: 'main' },
};

/** All screens, in the order in which roles are looked at. */
export const SCREEN_NAMES = Object.keys(SCREENS) as readonly ScreenName[];

/** The screen for somebody with these roles. */
export function screenFor(roles: readonly Role[]): ScreenName {
  return SCREEN_NAMES.find((name) => SCREENS[name].roles.some((role) => roles.includes(role))) ?? 'desk';
}
