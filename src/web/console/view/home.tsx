// The list of incidents and the one big button.
import { type FormEvent, useEffect, useState } from 'react';
import type { IncidentLine, Me, OpenIncident } from '../../../protocol/http.ts';
import { ask } from '../store/http.ts';
import { words } from '../words.ts';
import { troubleOf } from './enter.tsx';
import { InviteDialog } from './invite.tsx';
import { Refused, Said, Say } from './said.tsx';
import { ThemeChoice } from './theme-choice.tsx';

interface HomeProps {
  readonly me: Me;
  readonly onOpen: (incidentId: string) => void;
  readonly onSignedOut: () => void;
}

const dayAndTime = (at: number) => new Date(at).toLocaleString([], { hour12: false, dateStyle: 'medium', timeStyle: 'short' });

function StartForm({ onOpen }: { readonly onOpen: (id: string) => void }) {
  const [when] = useState(() => dayAndTime(Date.now()));
  const [typed, setTyped] = useState<string | null>(null);
  const [exercise, setExercise] = useState(false);
  const [trouble, setTrouble] = useState<{ readonly why: string; readonly next: string } | null>(null);
  const title = typed ?? (exercise ? words.home.exerciseTitleOf(when) : words.home.titleOf(when));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await ask<{ readonly id: string }>('POST', '/api/incidents', { title, exercise } satisfies OpenIncident);
    setTrouble(troubleOf(answer));
    if (answer.is === 'done') onOpen(answer.value.id);
  };
  return (
    <form className="start" onSubmit={(event) => void submit(event)}>
      <label>
        {words.home.name}
        <input value={title} onChange={(event) => setTyped(event.currentTarget.value)} maxLength={200} required />
      </label>
      <label className="check">
        <input type="checkbox" checked={exercise} onChange={(event) => setExercise(event.currentTarget.checked)} />
        {words.home.exercise}
      </label>
      <button type="submit" className="primary big">
        {words.home.start}
      </button>
      <p className="soft">{words.home.startHelp}</p>
      <Refused refusal={trouble} />
    </form>
  );
}

function IncidentRow({ one, onOpen }: { readonly one: IncidentLine; readonly onOpen: (id: string) => void }) {
  return (
    <li>
      <button type="button" onClick={() => onOpen(one.id)}>
        <strong>
          <Said text={one.title} />
        </strong>
        {one.exercise && <span className="tag">{words.exercise}</span>}
        <span className="soft">
          {one.closedAt === null ? words.home.open : words.home.closed}
          {one.openedAt !== null && ` ${words.home.openedAt(dayAndTime(one.openedAt))}`}
        </span>
      </button>
    </li>
  );
}

/** The first page: incidents, and how to start one. */
export function HomePage({ me, onOpen, onSignedOut }: HomeProps) {
  const [list, setList] = useState<readonly IncidentLine[] | null>(null);
  const [trouble, setTrouble] = useState<{ readonly why: string; readonly next: string } | null>(null);
  const [isInviting, setInviting] = useState(false);
  useEffect(() => {
    void ask<readonly IncidentLine[]>('GET', '/api/incidents').then((answer) => {
      if (answer.is === 'refused' && answer.status === 401) return onSignedOut();
      setTrouble(troubleOf(answer));
      if (answer.is === 'done') setList(answer.value);
    });
  }, [onSignedOut]);
  return (
    <main className="page">
      <header className="row spread">
        <h1>{words.home.title}</h1>
        <ThemeChoice />
      </header>
      <StartForm onOpen={onOpen} />
      <h2>{words.home.list}</h2>
      <Refused refusal={trouble} />
      {list?.length === 0 && <p className="empty-state">{words.home.none}</p>}
      <ul className="incidents">
        {[...(list ?? [])]
          .sort((a, b) => (b.openedAt ?? 0) - (a.openedAt ?? 0))
          .map((one) => (
            <IncidentRow key={one.id} one={one} onOpen={onOpen} />
          ))}
      </ul>
      <footer className="row spread soft">
        <span>
          <Say parts={words.home.hello(me.name)} />
        </span>
        {me.rights.includes('owner') && (
          <button type="button" onClick={() => setInviting(true)}>
            {words.home.invite}
          </button>
        )}
      </footer>
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </main>
  );
}
