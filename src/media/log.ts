// The worker's own log: one JSON object a line on stderr, with a limit per kind of line so that a fault in a packet path cannot flood it.

/** Writes one line. `fields` must hold no secret and no session description. */
export type MediaLog = (event: string, fields?: Record<string, unknown>) => void;

const LINES_PER_EVENT_A_MINUTE = 20;

/** A log on a stream, at most twenty lines a minute for each event name; what was left out is counted on the next line. */
export function createLog(write: (line: string) => void, wallMs: () => number): MediaLog {
  const seen = new Map<string, { minute: number; lines: number; dropped: number }>();
  return (event, fields = {}) => {
    const minute = Math.floor(wallMs() / 60_000);
    let entry = seen.get(event);
    if (entry === undefined || entry.minute !== minute) {
      entry = { minute, lines: 0, dropped: entry?.dropped ?? 0 };
      seen.set(event, entry);
    }
    entry.lines += 1;
    if (entry.lines > LINES_PER_EVENT_A_MINUTE) {
      entry.dropped += 1;
      return;
    }
    const dropped = entry.dropped > 0 ? { dropped: entry.dropped } : {};
    entry.dropped = 0;
    write(`${JSON.stringify({ at: new Date(wallMs()).toISOString(), event, ...fields, ...dropped })}\n`);
  };
}

/** The text of whatever was thrown. */
export function textOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
