// The lines to the outside: a card for each, and how to make one.
import { type FormEvent, useState } from 'react';
import { isOver } from '../../../core/incident/incident.ts';
import type { Line } from '../../../core/incident/lines.ts';
import type { MadeLink, MakeLink } from '../../../protocol/http.ts';
import { ask } from '../store/http.ts';
import { troubleOf } from '../store/seat.ts';
import { words } from '../words.ts';
import { AuthorityDialog } from './authority-dialog.tsx';
import { useDesk, useIncident, useMyRoles } from './desk-context.ts';
import { LineCard } from './line-card.tsx';
import { SceneCamera, Tiles } from './pictures.tsx';
import { Refused } from './said.tsx';

const MAY_MAKE = ['primary', 'coach', 'leader', 'technical'];
const URGENCY: Readonly<Record<Line['state'], number>> = {
  live: 0,
  lost: 1,
  held: 2,
  asking: 3,
  ringing: 3,
  waiting: 4,
  ended: 5,
  idle: 6,
  closed: 7,
};

function MakeLinkForm() {
  const desk = useDesk();
  const [label, setLabel] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<{ readonly why: string; readonly next: string } | null>(null);
  const make = async (kind: MakeLink['kind']) => {
    setBusy(true);
    const answer = await ask<MadeLink>('POST', `/api/incidents/${encodeURIComponent(desk.incidentId)}/links`, {
      label: label.trim(),
      kind,
    } satisfies MakeLink);
    setBusy(false);
    setTrouble(troubleOf(answer));
    if (answer.is !== 'done') return;
    desk.addLink(answer.value);
    setLabel('');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void make('link');
  };
  return (
    <form className="make-link" onSubmit={submit}>
      <label>
        <span className="hidden-words">{words.lines.label}</span>
        <input
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          placeholder={words.lines.labelHint}
          maxLength={200}
        />
      </label>
      <button type="submit" className="primary" aria-busy={isBusy}>
        {words.lines.make}
      </button>
      <button type="button" aria-busy={isBusy} onClick={() => void make('field')}>
        {words.phone.make}
      </button>
      <Refused refusal={trouble} />
    </form>
  );
}

function LawButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        {words.authority.open}
      </button>
      {isOpen && <AuthorityDialog onClose={() => setOpen(false)} />}
    </>
  );
}

export function Lines() {
  const { lines, incident } = useIncident();
  const mayMake = useMyRoles().some((role) => MAY_MAKE.includes(role)) && !isOver(incident);
  const all = Object.values(lines.byId).sort((a, b) => URGENCY[a.state] - URGENCY[b.state] || b.since - a.since);
  const open = all.filter((line) => line.state !== 'closed' || line.unconfirmed);
  const closed = all.filter((line) => !open.includes(line));
  return (
    <section className="panel lines" aria-label={words.lines.title}>
      <h2>{words.lines.title}</h2>
      <div className="makers">
        {mayMake && <MakeLinkForm />}
        <LawButton />
      </div>
      <div className="scroll">
        <Tiles />
        {open.length === 0 && <p className="empty-state">{words.lines.empty}</p>}
        {open.map((line) => (
          <LineCard key={line.id} line={line} />
        ))}
        {closed.length > 0 && (
          <details>
            <summary>{words.lines.closedLines(closed.length)}</summary>
            {closed.map((line) => (
              <LineCard key={line.id} line={line} />
            ))}
          </details>
        )}
        <SceneCamera />
      </div>
    </section>
  );
}
