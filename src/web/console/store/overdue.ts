// Tells what has been wrong for too long, so that a moment's delay is no alarm. Knows nothing of what it watches.

export interface Overdue {
  /** Of the names that are wrong now, those that have been so for at least `patienceMs`, at `nowMs` of any clock that counts up. */
  look(wrong: readonly string[], nowMs: number): readonly string[];
}

/** Makes a watch over things that must not stay wrong for long. */
export function makeOverdue(patienceMs: number): Overdue {
  let since = new Map<string, number>();
  return {
    look: (wrong, nowMs) => {
      since = new Map(wrong.map((name) => [name, since.get(name) ?? nowMs]));
      return wrong.filter((name) => nowMs - (since.get(name) ?? nowMs) >= patienceMs);
    },
  };
}
