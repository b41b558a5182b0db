// Which board the place of work is asked to show: by the palette, by a key. Taken once.
import { type Source, source } from './cell.ts';

/** The name of a board, or `log`; null when nothing is asked for. */
export const showBoard: Source<string | null> = source<string | null>(null);
