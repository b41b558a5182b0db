// What passes between the index and its thread. Plain values only: they are copied.
import type { Cursor, IndexedEntry, Wanted } from '../../../../ports/search.ts';

export type Job =
  | { readonly op: 'cursors' }
  | {
      readonly op: 'take';
      readonly stream: string;
      readonly after: number;
      readonly upTo: Cursor;
      readonly entries: readonly IndexedEntry[];
    }
  | { readonly op: 'forget'; readonly stream: string }
  | { readonly op: 'find'; readonly wanted: Wanted };
