// Where the log is to be opened: an entry that somebody looks for. Taken once by the log of that incident.
import { type Source, source } from './cell.ts';

export interface Jump {
  readonly incidentId: string;
  readonly seq: number;
}

/** The entry to go to; null when there is none. */
export const jump: Source<Jump | null> = source<Jump | null>(null);
