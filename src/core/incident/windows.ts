// Topic: third-party windows: the only time in which a relative or other third party may be given the floor (A7).
// Who has the floor is the floor's topic; here stands whether a turn may be given at all, for what, and until when.
import { z } from 'zod';
import { type Floor, handBack } from './floor.ts';
import type { Legs } from './legs.ts';
import { hasRole, type People } from './people.ts';
import { command, type Draft, entry, idOf, refuse, type Topic } from './topic.ts';

/** A stretch of time in which one third party may speak to the subject, in turns that the floor's holder gives. */
export interface Window {
  readonly personId: string;
  /** What the talk is for, as the leader said when he opened it. */
  readonly purpose: string;
  /** What the third party is to say and to leave out; shown to him. */
  readonly script: string;
  readonly openedAt: number;
  /** It closes by itself then, wall clock in ms. */
  readonly endsAt: number;
}

export interface Windows {
  readonly open: Window | null;
  readonly past: readonly (Window & { readonly closedAt: number; readonly cause: string })[];
}

type State = { windows: Windows; people: People; floor: Floor; legs: Legs };

const initial: Windows = { open: null, past: [] };
const opened = z.strictObject({
  personId: idOf,
  purpose: z.string().trim().min(1).max(1000),
  script: z.string().trim().max(5000),
  minutes: z.number().int().min(1).max(60),
});
const closed = z.strictObject({ personId: idOf, cause: z.string().min(1).max(500) });

/** The third party who may be given a turn now, or null. */
export function inWindow(windows: Windows): string | null {
  return windows.open?.personId ?? null;
}

function open(state: State, asks: z.output<typeof opened>) {
  const member = state.people[asks.personId];
  if (member === undefined || !hasRole(state.people, asks.personId, 'third-party'))
    return refuse('A7', 'That person is no third party here.', 'Invite him with the role “third party” first.');
  if (member.noTalk) return refuse('A5', `${member.name} is marked as a listener.`, 'Take the mark away first.');
  if (state.windows.open !== null) return refuse('A7', 'A window is open already.', 'Close it first: one third party at a time.');
  return [{ type: 'window-opened', payload: asks }];
}

/** Cuts first: the floor goes back to who gave the turn (or is empty), then the window is closed. */
function close(state: State, cause: string): readonly Draft[] {
  const { open } = state.windows;
  if (open === null) return [];
  const holds = state.floor.holder === open.personId && !hasRole(state.people, open.personId, 'primary', 'coach', 'leader', 'interpreter');
  return [...(holds ? handBack(state, cause) : []), { type: 'window-closed', payload: { personId: open.personId, cause } }];
}

const isHim = (viewer: { readonly personId: string }, p: { readonly personId: string }): boolean => viewer.personId === p.personId;

export const windowsTopic = {
  name: 'windows' as const,
  initial,
  commands: {
    'open-window': command({ by: ['leader'], schema: opened, decide: (state: State, asks) => open(state, asks) }),
    /** The cut-off: at once, by whoever negotiates or leads. */
    'close-window': command({
      by: ['leader', 'primary', 'coach'],
      schema: z.strictObject({ cause: z.string().trim().min(1).max(500) }),
      unlogged: true,
      decide: (state: State, asks) =>
        state.windows.open === null ? refuse('A7', 'No window is open.', 'Nothing needs to be done.') : close(state, asks.cause),
    }),
    'end-overdue-window': command({
      by: ['parley'],
      schema: z.strictObject({}),
      decide: (state: State, _, { at }) =>
        state.windows.open !== null && at >= state.windows.open.endsAt ? close(state, 'its time was over') : [],
    }),
  },
  entries: {
    'window-opened': entry({
      schema: opened,
      outsiders: isHim,
      reduce: (windows: Windows, p, { at }): Windows => ({
        ...windows,
        open: { personId: p.personId, purpose: p.purpose, script: p.script, openedAt: at, endsAt: at + p.minutes * 60_000 },
      }),
    }),
    'window-closed': entry({
      schema: closed,
      outsiders: isHim,
      reduce: (windows: Windows, p, { at }): Windows =>
        windows.open === null ? windows : { open: null, past: [...windows.past, { ...windows.open, closedAt: at, cause: p.cause }] },
    }),
  },
  /** What the box asks by itself, and when. */
  dues: (windows: Windows) => (windows.open === null ? [] : [{ at: windows.open.endsAt, command: { type: 'end-overdue-window' } }]),
} satisfies Topic;
