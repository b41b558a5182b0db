// What goes on record about a closed incident, beside its log: who read what of it, and what the debrief said. Its own stream; pure.
import { z } from 'zod';
import { type Actor, idOf } from '../incident/topic.ts';

const leg = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,63}$/);

/** Entries of a custody stream, by type. Nothing here changes what the incident's log says. */
export const custodyEntries = {
  'recording-read': z.strictObject({ leg, file: z.string().max(300) }),
  'paper-read': z.strictObject({ number: z.number().int().positive() }),
  'upload-read': z.strictObject({ uploadId: idOf, what: z.enum(['view', 'original']) }),
  'debrief-noted': z.strictObject({ text: z.string().trim().min(1).max(4_000) }),
} as const;

type Entries = typeof custodyEntries;

/** One fact to put on record, as its type and payload. */
export type CustodyDraft = { [T in keyof Entries]: { readonly type: T; readonly payload: z.output<Entries[T]> } }[keyof Entries];

/** One fact as it is on record. `at`: wall clock in ms. */
export type CustodyItem = CustodyDraft & { readonly seq: number; readonly at: number; readonly who: Actor };

/** True when a draft is what its type says. Used before it is written: a bug must not reach the record. */
export function isCustody(draft: CustodyDraft): boolean {
  return Object.hasOwn(custodyEntries, draft.type) && custodyEntries[draft.type].safeParse(draft.payload).success;
}
