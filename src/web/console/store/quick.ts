// What a line typed in haste is meant for: the log, or a board by its letter and a colon. Pure.

/** Letters of boards, by the name of their topic: those whose first field says it all. */
export const QUICK_KINDS: Readonly<Record<string, string>> = {
  d: 'demands',
  x: 'deadlines',
  p: 'promises',
  h: 'hooks',
  b: 'barbs',
  f: 'facts',
  t: 'themes',
  a: 'actions',
  w: 'weapons',
  k: 'tasks',
  q: 'requests',
  l: 'lies',
};

export interface QuickLine {
  /** The board's topic; null: a note to the log. */
  readonly topic: string | null;
  readonly text: string;
}

/** `d: I want my car` is a demand; `10: he is back` is a note as it stands. */
export function quickLine(typed: string): QuickLine {
  const [, letter = '', rest = ''] = /^\s*([a-z]):\s*(.*)$/is.exec(typed) ?? [];
  const topic = QUICK_KINDS[letter.toLowerCase()];
  return topic === undefined ? { topic: null, text: typed.trim() } : { topic, text: rest.trim() };
}
