// What a far end's microphone may give: whether it is listened to at all, and whether it is recorded. Pure, beside route.ts; no edges here.
import { type Authorities, isRecorded } from '../incident/authorities.ts';
import { camOfLine } from '../incident/cameras.ts';
import type { Gates } from '../incident/gates.ts';
import { type Line, type Lines, legOfLine } from '../incident/lines.ts';
import { isListenedTo, type Monitors } from '../incident/monitor.ts';
import { isUnsafe } from '../line/machine.ts';

type State = {
  readonly incident: { readonly gates: Gates };
  readonly lines: Lines;
  readonly monitor: Monitors;
  readonly authority: Authorities;
};

/** Legs by what is not to be taken from them. A leg in neither list is heard by whom the edges say, and recorded. */
export interface Withheld {
  /** Nothing is taken: no edge, no level, no recording. */
  readonly hushed: readonly string[];
  /** Heard and not recorded. */
  readonly unrecorded: readonly string[];
}

/** Whether the team may hear this line's far end: not on hold, or monitored (A34). A line whose sound is still to come, or to come back,
 *  while another call runs will come on hold, so it is not heard either. */
export function isHeard(state: Omit<State, 'incident' | 'authority'>, line: Line): boolean {
  if (!isUnsafe(line.state)) return false;
  if (line.state === 'live' || line.onHold) return isListenedTo(state, line);
  return !Object.values(state.lines.byId).some((l) => l.id !== line.id && isUnsafe(l.state) && !l.onHold);
}

/** What the worker must not take from the lines of this state. A line whose call is over gives what is still on its way. */
export function withheld(state: State): Withheld {
  const lines = Object.values(state.lines.byId).filter((line) => isUnsafe(line.state));
  const unrecorded = lines.filter((line) => !isRecorded(state, line));
  return {
    hushed: lines.filter((line) => !isHeard(state, line)).map((line) => legOfLine(line.id)),
    // What may not be heard on record may not be seen on it either.
    unrecorded: unrecorded.flatMap((line) => [legOfLine(line.id), camOfLine(line.id)]),
  };
}
