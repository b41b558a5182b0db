// One value that can be watched. The bridge between the logic here and React; imports neither.

/** A value that can be read and followed. */
export interface Cell<T> {
  get(): T;
  /** Calls `act` after each change, until the result is called. */
  subscribe(act: () => void): () => void;
}

export interface Source<T> extends Cell<T> {
  /** Replaces the value; the same value again tells nobody. */
  set(value: T): void;
}

/** Makes a cell that its maker can set. */
export function source<T>(first: T): Source<T> {
  let value = first;
  const watchers = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const act of [...watchers]) act();
    },
    subscribe: (act) => {
      watchers.add(act);
      return () => watchers.delete(act);
    },
  };
}
