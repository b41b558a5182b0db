// POST /api/search and POST /api/incidents/:id/search: words in what was said and written. Words go in the body: addresses stand in the
// logs of proxies.
import { z } from 'zod';
import type { Actor } from '../core/incident/topic.ts';

/** What is looked for: every word as a beginning, text in double quotes as it stands. Times are wall clock in ms, ends included. */
export const search = z.strictObject({
  words: z.string().max(300),
  /** Board, by the name of its topic. */
  topic: z.string().max(40).optional(),
  /** Author: a person's id, `device` or `parley`. */
  by: z.string().max(40).optional(),
  from: z.number().int().min(0).max(8e12).optional(),
  to: z.number().int().min(0).max(8e12).optional(),
  /** Goes on after this place: `more` of the answer before. */
  after: z.number().int().min(0).optional(),
});
export type Search = z.infer<typeof search>;

/** One entry that may be seen. */
export interface FoundEntry {
  readonly incidentId: string;
  readonly title: string;
  readonly seq: number;
  readonly place: number;
  readonly at: number;
  readonly who: Actor;
  readonly topic: string;
  /** Its words, parts set apart by a middle dot. */
  readonly text: string;
}

/** The answer, newest first. `more`: where to go on, null at the end. `isWhole`: false while lines are still on their way into the index. */
export interface Found {
  readonly hits: readonly FoundEntry[];
  readonly more: number | null;
  readonly isWhole: boolean;
}
