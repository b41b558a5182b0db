// The list of boards, in the order in which they are offered. A new board is its own file and one line here.
import { hooksView } from './hooks.ts';
import type { BoardView } from './kind.ts';

/** All boards. */
export const BOARDS: readonly BoardView[] = [hooksView];
