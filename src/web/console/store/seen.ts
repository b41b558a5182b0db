// How far somebody has read an incident's log at this browser. Kept by the browser; nothing of the log is in it.

const KEY = 'parley-seen';

/** The last entry that was on the screen, and when. Wall clock in ms. */
export interface Look {
  readonly seq: number;
  readonly at: number;
}

function all(): Readonly<Record<string, Look>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, Look>) : {};
  } catch {
    return {};
  }
}

/** The last look at this incident; null when there was none. */
export function lastLook(incidentId: string): Look | null {
  const look = all()[incidentId];
  return typeof look?.seq === 'number' && typeof look.at === 'number' ? look : null;
}

/** Remembers that everything up to here was on the screen. */
export function lookAway(incidentId: string, look: Look): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...all(), [incidentId]: look }));
  } catch {
    // Storage is forbidden here: the next visit counts as the first.
  }
}
