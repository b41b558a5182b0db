// When a note may come onto the primary's card: not while the subject speaks. Pure; the clock and the level are handed in.

/** From this level on the subject counts as speaking, dBFS as decoded. */
const SPEECH_DB = -45;
/** A pause shorter than this is part of speaking, ms. */
const PAUSE_MS = 800;
/** Steady noise must not hold a note back for ever, ms. */
export const LONGEST_HOLD_MS = 20_000;

export interface CardHold {
  /** Which note is to be seen now: the newest, once the subject is silent; the one before it stays until then.
   *  @param open ids of the notes that are not cleared, newest first
   *  @param db level of the subject, null when no line is live
   *  @param now any clock that goes forward, ms */
  look(open: readonly string[], db: number | null, now: number): string | null;
}

/** Nothing is shown at first. */
export function makeCardHold(): CardHold {
  let shown: string | null = null;
  let spokeAt = Number.NEGATIVE_INFINITY;
  let waitsFor: string | null = null;
  let waitsSince = 0;
  return {
    look: (open, db, now) => {
      if (db !== null && db >= SPEECH_DB) spokeAt = now;
      if (shown !== null && !open.includes(shown)) shown = null;
      const newest = open[0] ?? null;
      if (newest !== waitsFor) {
        waitsFor = newest;
        waitsSince = now;
      }
      const isSilent = db === null || now - spokeAt >= PAUSE_MS;
      if (newest !== shown && (isSilent || now - waitsSince >= LONGEST_HOLD_MS)) shown = newest;
      return shown;
    },
  };
}
