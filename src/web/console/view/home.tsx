// The list of incidents and the one big button.
import { type FormEvent, useEffect, useState } from 'react';
import type { MeNow } from '../../../protocol/access.ts';
import type { IncidentLine, OpenIncident } from '../../../protocol/http.ts';
import { ask } from '../store/http.ts';
import { seat, type Trouble, troubleOf } from '../store/seat.ts';
import { words } from '../words.ts';
import { InviteDialog } from './invite.tsx';
import { PracticeButton } from './practice.tsx';
import { ProofWarning } from './proof.tsx';
import { Refused, Said, Say } from './said.tsx';
import { SetUpBanner } from './set-up-banner.tsx';
import { SignOut } from './sign-out.tsx';
import { ThemeChoice } from './theme-choice.tsx';

interface HomeProps {
  readonly me: MeNow;
  readonly onOpen: (incidentId: string) => void;
  readonly onSetUp: () => void;
  readonly onPeople: () => void;
}

const dayAndTime = (at: number) => new Date(at).toLocaleString([], { hour12: false, dateStyle: 'medium', timeStyle: 'short' });

function StartForm({ onOpen }: { readonly onOpen: (id: string) => void }) {
  const [when] = useState(() => dayAndTime(Date.now()));
  const [typed, setTyped] = useState<string | null>(null);
  const [exercise, setExercise] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
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
export function HomePage({ me, onOpen, onSetUp, onPeople }: HomeProps) {
  const [list, setList] = useState<readonly IncidentLine[] | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isInviting, setInviting] = useState(false);
  useEffect(() => {
    void ask<readonly IncidentLine[]>('GET', '/api/incidents').then((answer) => {
      // The seat may have been locked or ended meanwhile: the page for that says what to do.
      if (answer.is === 'refused') void seat.look();
      setTrouble(troubleOf(answer));
      if (answer.is === 'done') setList(answer.value);
    });
  }, []);
  return (
    <main className="page">
      <header className="row spread">
        <h1>{words.home.title}</h1>
        <ThemeChoice />
      </header>
      <SetUpBanner me={me} onSetUp={onSetUp} />
      <ProofWarning />
      <StartForm onOpen={onOpen} />
      <PracticeButton onOpen={onOpen} />
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
        <span className="row">
          {me.rights.includes('owner') && (
            <>
              <button type="button" onClick={() => setInviting(true)}>
                {words.home.invite}
              </button>
              <button type="button" onClick={onPeople}>
                {words.doors.people}
              </button>
            </>
          )}
          <SignOut />
        </span>
      </footer>
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </main>
  );
}
