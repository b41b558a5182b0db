// The line's state machine: every state, every event, what follows. Pure; who may cause an event is the topics' matter.

/** What a line is at this moment (design: the line). */
export type LineState = 'idle' | 'waiting' | 'asking' | 'ringing' | 'live' | 'held' | 'lost' | 'ended' | 'closed';
/** What can happen to a line. */
export type LineEvent =
  /** Someone opened the link and was not admitted yet. */
  | 'knocked'
  /** The team let the device in, or rings it. */
  | 'asked'
  /** The far device itself says that it rings. */
  | 'rang'
  /** Sound flows from the far end. */
  | 'sound-came'
  /** No sound for so long that the path counts as gone. */
  | 'sound-went'
  | 'held'
  | 'resumed'
  /** The far end confirmed the end of the call, or the worker did. */
  | 'ended'
  /** Revoked or expired: nothing follows. */
  | 'closed';

/** The next state, or null when the event means nothing in that state. A full record: a forgotten case does not compile. */
const TABLE: Readonly<Record<LineState, Readonly<Record<LineEvent, LineState | null>>>> = {
  idle: {
    knocked: 'waiting',
    asked: 'asking',
    rang: null,
    'sound-came': null,
    'sound-went': null,
    held: null,
    resumed: null,
    ended: null,
    closed: 'closed',
  },
  waiting: {
    knocked: 'waiting',
    asked: 'asking',
    rang: null,
    'sound-came': null,
    'sound-went': null,
    held: null,
    resumed: null,
    ended: 'idle',
    closed: 'closed',
  },
  asking: {
    knocked: null,
    asked: 'asking',
    rang: 'ringing',
    'sound-came': 'live',
    'sound-went': null,
    held: null,
    resumed: null,
    ended: 'ended',
    closed: 'closed',
  },
  ringing: {
    knocked: null,
    asked: 'ringing',
    rang: 'ringing',
    'sound-came': 'live',
    'sound-went': null,
    held: null,
    resumed: null,
    ended: 'ended',
    closed: 'closed',
  },
  live: {
    knocked: null,
    asked: null,
    rang: null,
    'sound-came': 'live',
    'sound-went': 'lost',
    held: 'held',
    resumed: null,
    ended: 'ended',
    closed: 'closed',
  },
  held: {
    knocked: null,
    asked: null,
    rang: null,
    'sound-came': 'held',
    'sound-went': 'lost',
    held: 'held',
    resumed: 'live',
    ended: 'ended',
    closed: 'closed',
  },
  lost: {
    knocked: null,
    asked: null,
    rang: null,
    'sound-came': 'live',
    'sound-went': 'lost',
    held: null,
    resumed: null,
    ended: 'ended',
    closed: 'closed',
  },
  ended: {
    knocked: 'waiting',
    asked: 'asking',
    rang: null,
    'sound-came': null,
    'sound-went': null,
    held: null,
    resumed: null,
    ended: 'ended',
    closed: 'closed',
  },
  closed: {
    knocked: null,
    asked: null,
    rang: null,
    'sound-came': null,
    'sound-went': null,
    held: null,
    resumed: null,
    ended: null,
    closed: 'closed',
  },
};

export const LINE_STATES = Object.keys(TABLE) as readonly LineState[];
export const LINE_EVENTS = Object.keys(TABLE.idle) as readonly LineEvent[];

/** The state after an event; null when the event has no meaning there and must change nothing.
 *  @param onHold sound that comes finds the line on hold: it was lost on hold, or another line is live. A failure never opens a voice (A9). */
export function step(state: LineState, event: LineEvent, onHold = false): LineState | null {
  if (onHold && event === 'sound-came' && state !== 'live' && TABLE[state][event] === 'live') return 'held';
  return TABLE[state][event];
}

/** Not safe: the far end may hear or may be about to hear. From `asking` until the far end's confirmed end (design 4). */
export function isUnsafe(state: LineState): boolean {
  return state === 'asking' || state === 'ringing' || state === 'live' || state === 'held' || state === 'lost';
}
