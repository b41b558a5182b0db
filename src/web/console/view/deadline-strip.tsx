// The strip over the boards: every running deadline with its countdown, for all but the primary.
import { type Deadline, isRunning, seesClock } from '../../../core/incident/deadlines.ts';
import { words } from '../words.ts';
import { useDesk, useIncident, useViewer } from './desk-context.ts';
import { durationText, useServerNow } from './hooks.ts';
import { Said } from './said.tsx';

/** More would push the boards off the screen; the rest is counted. */
const SHOWN = 2;

function One({ row, dueAt }: { readonly row: Deadline; readonly dueAt: number }) {
  const now = useServerNow(useDesk());
  const isOver = dueAt <= now;
  return (
    <p className="row">
      <span className={isOver ? 'clock clock-over' : 'clock clock-warn'} data-clock>
        {isOver ? words.deadlines.over(durationText(now - dueAt)) : words.deadlines.left(durationText(dueAt - now))}
      </span>
      <Said text={row.fields.words} />
    </p>
  );
}

/** Nothing when no deadline runs, and nothing at all for the primary (D14). */
export function DeadlineStrip() {
  const viewer = useViewer();
  const running = Object.values(useIncident().deadlines as Readonly<Record<string, Deadline>>)
    .flatMap((row) => (isRunning(row) && row.fields.dueAt !== null ? [{ row, dueAt: row.fields.dueAt }] : []))
    .sort((a, b) => a.dueAt - b.dueAt);
  if (running.length === 0 || !seesClock(viewer)) return null;
  return (
    <section className="deadline-strip" aria-label={words.deadlines.label}>
      {running.slice(0, SHOWN).map((one) => (
        <One key={one.row.id} {...one} />
      ))}
      {running.length > SHOWN && <p>{words.deadlines.more(running.length - SHOWN)}</p>}
    </section>
  );
}
