// Port: an index of words over the streams. Derived from the log and thrown away without loss; who may see what is not decided here.
import type { StreamId } from './store.ts';

/** Who wrote it, as filters name it: a person's id, `device` or `parley`. */
export type Author = string;

/** The words of one entry. */
export interface IndexedEntry {
  readonly seq: number;
  /** Wall clock, ms. */
  readonly at: number;
  readonly by: Author;
  /** The topic (board) that it belongs to. */
  readonly topic: string;
  readonly text: string;
}

/** How far a stream is in the index: seq and leaf hash of the last line that was looked at, with or without words. */
export interface Cursor {
  readonly seq: number;
  readonly leafHash: string;
}

/** What is looked for. Every word must be there, each as the beginning of a word; text in double quotes as it stands, word for word. */
export interface Wanted {
  readonly words: string;
  /** Only these streams; none gives nothing. At most 10,000. */
  readonly streams: readonly StreamId[];
  readonly topic?: string | undefined;
  readonly by?: Author | undefined;
  /** Wall clock, ms; both ends are part of it. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Only what stands after this place, as a former hit names it. */
  readonly after?: number | undefined;
  /** 1 to 1,000. */
  readonly limit: number;
}

/** Where the words were found. `place`: position in the order of results, newest first; a whole number. */
export interface Hit {
  readonly stream: StreamId;
  readonly seq: number;
  readonly place: number;
}

/** An index of words. It may be behind the log and is never ahead of it: whoever feeds it takes only what is durable. */
export interface SearchIndex {
  /** Every stream that it holds something of. */
  cursors(): Promise<ReadonlyMap<StreamId, Cursor>>;
  /** Takes the words of the lines after `after` up to `upTo`, all or none, and moves the stream's cursor there.
   *  @returns false, and nothing is taken, when the stream's cursor is not at `after` (0: the stream is not held). */
  take(
    stream: StreamId,
    lines: { readonly after: number; readonly upTo: Cursor; readonly entries: readonly IndexedEntry[] },
  ): Promise<boolean>;
  /** Drops all of a stream. */
  forget(stream: StreamId): Promise<void>;
  /** Newest first by `at`. Words without any letter or digit find nothing. */
  find(wanted: Wanted): Promise<readonly Hit[]>;
  close(): Promise<void>;
}
