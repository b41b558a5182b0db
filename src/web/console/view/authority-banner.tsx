// Stands over the boards of everybody while an authority runs or an order is due, a room monitor is on, or a far end is not recorded.
import { useState } from 'react';
import { withheld } from '../../../core/audio/kept.ts';
import { clocks } from '../../../core/incident/authorities.ts';
import { isOver } from '../../../core/incident/incident.ts';
import { legOfLine } from '../../../core/incident/lines.ts';
import { words } from '../words.ts';
import { AuthorityDialog } from './authority-dialog.tsx';
import { useDesk, useIncident, useNames } from './desk-context.ts';
import { durationText, useServerNow } from './hooks.ts';
import { Say } from './said.tsx';

/** The most pressing clock in words, as a chip. */
function ClockChip() {
  const now = useServerNow(useDesk());
  const { authority } = useIncident();
  const [first, ...more] = clocks(authority, now);
  if (first === undefined) return null;
  const w = words.authority;
  const left = first.leftMs === null ? '' : durationText(Math.abs(first.leftMs));
  return (
    <strong className={`clock clock-${first.level}`} role={first.level === 'over' ? 'alert' : 'status'}>
      {first.level === 'over' ? w.over[first.what](left) : w.left[first.what](left)}
      {more.length > 0 && ` ${w.more(more.length)}`}
    </strong>
  );
}

function MonitorSigns() {
  const { monitor } = useIncident();
  const names = useNames();
  return Object.keys(monitor).map((lineId) => (
    <strong key={lineId} className="clock clock-warn">
      <Say parts={words.authority.monitorOn(names.line(lineId))} />
    </strong>
  ));
}

export function AuthorityBanner() {
  const state = useIncident();
  const [isOpen, setOpen] = useState(false);
  const names = useNames();
  const { unrecorded } = withheld(state);
  const notRecorded = Object.values(state.lines.byId).filter((line) => unrecorded.includes(legOfLine(line.id)));
  const isQuiet = clocks(state.authority, 0).length === 0 && Object.keys(state.monitor).length === 0 && notRecorded.length === 0;
  if (isQuiet || isOver(state.incident)) return null;
  return (
    <section className="banner authority-banner" aria-label={words.authority.title}>
      <ClockChip />
      <MonitorSigns />
      {notRecorded.map((line) => (
        <strong key={line.id} className="clock clock-over" role="alert">
          <Say parts={words.authority.notRecorded(names.line(line.id))} />
        </strong>
      ))}
      <button type="button" onClick={() => setOpen(true)}>
        {words.authority.open}
      </button>
      {isOpen && <AuthorityDialog onClose={() => setOpen(false)} />}
    </section>
  );
}
