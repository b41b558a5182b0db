// The kinds of field that a board's row can have: what each may hold, and which kind it is, so that pages need not be told again.
// No board and no word of a page lives here.
import { z } from 'zod';

/** line: one row of text. text: several. choice: one of a fixed set. time: wall clock in ms, or null. person: one of the team by id,
 *  or ''. link: the id of something else, filled in by the page and never by hand. */
export type FieldKind = 'line' | 'text' | 'choice' | 'time' | 'person' | 'link';

const kinds = z.registry<{ readonly kind: FieldKind }>();

/** The kind of a field made here. Of any other schema: `line`. */
export function kindOf(schema: unknown): FieldKind {
  return kinds.get(schema as z.ZodType)?.kind ?? 'line';
}

/** A few words, at most 500 characters. */
export function line() {
  return z.string().trim().max(500).register(kinds, { kind: 'line' });
}

/** The words that a row is called by: never empty. */
export function name() {
  return z.string().trim().min(1).max(500).register(kinds, { kind: 'line' });
}

/** Several sentences, at most 2,000 characters. */
export function text() {
  return z.string().trim().max(2_000).register(kinds, { kind: 'text' });
}

/** One of a fixed set; the first is what a new row has before anything is chosen. */
export function choice<const C extends readonly [string, ...string[]]>(of: C) {
  return z.enum(of).register(kinds, { kind: 'choice' });
}

/** A point in time, wall clock in ms, or null: not known. */
export function time() {
  return z.number().int().min(0).max(9e15).nullable().register(kinds, { kind: 'time' });
}

/** One of the team, by id; '' for nobody. */
export function person() {
  return z.string().max(40).register(kinds, { kind: 'person' });
}

/** The id of something else in the incident; '' for nothing. */
export function link() {
  return z.string().max(80).register(kinds, { kind: 'link' });
}

/** Where something stands across or down a picture, in thousandths of its width or height; set by the page and never by hand. */
export function spot() {
  return z.number().int().min(0).max(1_000).register(kinds, { kind: 'link' });
}
