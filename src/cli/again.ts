// Whether a server that ended is started again, and when. Pure.
import { EXIT_SETTINGS } from '../protocol/limits.ts';

/** First and longest pause before another start, in milliseconds. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
/** So many starts in a row that came to nothing: somebody has to look. */
const MOST_FAILURES = 20;

/** How the server ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It had been serving; and one of its kind had, ever. */
  readonly wasReady: boolean;
  readonly wasReadyOnce: boolean;
  /** Somebody asked for its end. */
  readonly isStopping: boolean;
  /** Starts in a row before this one that came to nothing. */
  readonly failures: number;
}

/** What follows: the end with this status, or another start after a pause. */
export type Next =
  | { readonly do: 'end'; readonly code: number }
  | { readonly do: 'again'; readonly pauseMs: number; readonly failures: number };

/** An orderly end, a wrong setting, and a first start that fails are for people; everything else is a crash. */
export function afterEnd({ code, wasReady, wasReadyOnce, isStopping, failures: before }: Ended): Next {
  const failures = wasReady ? 0 : before + 1;
  const isForPeople = isStopping || code === 0 || code === EXIT_SETTINGS || !wasReadyOnce || failures >= MOST_FAILURES;
  if (isForPeople) return { do: 'end', code: code ?? (isStopping ? 0 : 1) };
  return { do: 'again', pauseMs: Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS), failures };
}
