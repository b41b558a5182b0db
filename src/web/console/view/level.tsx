// The level of one leg's sound, as the server decoded it.
import { words } from '../words.ts';
import { useDesk } from './desk-context.ts';
import { useCell } from './hooks.ts';

/** Quieter than this draws nothing, dBFS. */
const BOTTOM_DB = -60;

export function Level({ leg }: { readonly leg: string }) {
  const db = useCell(useDesk().signals, (signals) => signals?.legs[leg]?.db ?? -100);
  const part = Math.max(0, Math.min(1, 1 - db / BOTTOM_DB));
  return (
    <span className="level" role="img" aria-label={words.people.signal} data-db={Math.round(db)}>
      <span className="level-fill" style={{ transform: `scaleX(${part.toFixed(2)})` }} />
    </span>
  );
}
