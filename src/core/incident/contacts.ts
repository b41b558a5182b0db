// Topic: the contact log, every contact with those inside (doctrine 4.7). What went over a line is not written twice: it is read from the
// line's own calls, and a row here only sums it up.
import { z } from 'zod';
import { board, type Rows } from './board.ts';
import { choice, line, link, text, time } from './fields.ts';
import type { Lines } from './lines.ts';
import { type Missed, openMissed } from './queue.ts';

/** The contact log. `call`: the call on a line that the row sums up, as `callId` names it; '' for any other contact. */
export const contactsTopic = board({
  name: 'contacts',
  noun: 'contact',
  fields: z.object({
    medium: choice(['phone', 'bullhorn', 'face-to-face', 'note', 'robot', 'text']),
    who: line(),
    startedAt: time(),
    endedAt: time(),
    summary: text(),
    /** How he was, from -2 (much worse) to +2 (much better), as the author felt it. */
    mood: choice(['0', '-2', '-1', '+1', '+2']),
    call: link(),
  }),
});

/** What a call on a line is called here. */
export function callId(lineId: string, nth: number): string {
  return `${lineId}.${nth}`;
}

/** A contact over a line that nobody has summed up yet. Times are wall clock in ms; `endedAt` null: it goes on. */
export interface LineContact {
  readonly call: string;
  readonly lineId: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** Calls on all lines that no standing row sums up, in the order they began (D18). */
export function lineContacts(lines: Lines, rows: Rows<{ readonly call: string }>): readonly LineContact[] {
  const summed = new Set(Object.values(rows).flatMap((row) => (row.withdrawn ? [] : [row.fields.call])));
  return Object.values(lines.byId)
    .flatMap(({ id, calls }) => calls.map((call, nth) => ({ call: callId(id, nth), lineId: id, ...call })))
    .filter(({ call }) => !summed.has(call))
    .sort((a, b) => a.startedAt - b.startedAt);
}

/** Calls that came and went unanswered, as long as nobody has seen to them and no standing row sums them up (N126). */
export function missedContacts(lines: Lines, rows: Rows<{ readonly call: string }>): readonly Missed[] {
  const summed = new Set(Object.values(rows).flatMap((row) => (row.withdrawn ? [] : [row.fields.call])));
  return openMissed(lines).filter(({ id }) => !summed.has(id));
}
