// The owner's page: who may come in here, and what can be done about each.
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import type { PersonLine } from '../../../protocol/access.ts';
import type { Invited } from '../../../protocol/http.ts';
import { ask } from '../store/http.ts';
import { seat, type Trouble, troubleOf } from '../store/seat.ts';
import { words } from '../words.ts';
import { HandOut } from './copy.tsx';
import { Dialog } from './dialog.tsx';
import { InviteDialog } from './invite.tsx';
import { useRequest } from './proof.tsx';
import { Refused, Said, Say } from './said.tsx';

const said = words.doors;
const dayAndTime = (at: number) => new Date(at).toLocaleString([], { hour12: false, dateStyle: 'medium', timeStyle: 'short' });

type Act = 'link' | 'end' | 'remove';
interface Opened {
  readonly act: Act;
  readonly person: PersonLine;
}

function LinkWindow({ person, onClose }: { readonly person: PersonLine; readonly onClose: () => void }) {
  const [made, setMade] = useState<Invited | null>(null);
  const { run, isBusy, trouble, proof } = useRequest();
  return (
    <Dialog title={<Say parts={said.linkTitle(person.name)} />} onClose={onClose}>
      <p>{said.linkHelp}</p>
      {made === null ? (
        <button
          type="button"
          className="primary"
          aria-busy={isBusy}
          onClick={() => void run<Invited>(`/api/people/${person.personId}/link`, {}, setMade)}
        >
          {said.link}
        </button>
      ) : (
        <>
          <HandOut label={words.invite.link} url={made.url} mayCopy />
          <p className="soft">{words.invite.until(dayAndTime(made.expiresAt))}</p>
        </>
      )}
      <Refused refusal={trouble} />
      {proof}
    </Dialog>
  );
}

/** A second look before something that cannot be taken back. */
function SureWindow({ opened, onClose, onDone }: { readonly opened: Opened; readonly onClose: () => void; readonly onDone: () => void }) {
  const { act, person } = opened;
  const [why, setWhy] = useState('');
  const { run, isBusy, trouble, proof } = useRequest();
  const isRemoval = act === 'remove';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void (isRemoval
      ? run(`/api/people/${person.personId}/remove`, { why }, onDone)
      : run('/api/sessions/end-all', { personId: person.personId, keepThis: true }, onDone));
  };
  return (
    <Dialog title={<Say parts={(isRemoval ? said.removeTitle : said.endTitle)(person.name)} />} onClose={onClose}>
      <p>{isRemoval ? said.removeHelp : said.endHelp}</p>
      <form className="proof" onSubmit={submit}>
        {isRemoval && (
          <label>
            {said.removeWhy}
            <input value={why} onChange={(event) => setWhy(event.currentTarget.value)} maxLength={500} required />
          </label>
        )}
        <button type="submit" className="danger" aria-busy={isBusy}>
          {isRemoval ? said.remove : said.end}
        </button>
        <Refused refusal={trouble} />
      </form>
      {proof}
    </Dialog>
  );
}

function Marks({ person, isMe }: { readonly person: PersonLine; readonly isMe: boolean }) {
  return (
    <>
      {isMe && <span className="tag">{said.you}</span>}
      {person.rights.includes('owner') && <span className="tag">{said.owner}</span>}
      {person.kind === 'guest' && <span className="tag">{said.guest}</span>}
      {person.lockedAt !== null && <span className="tag alarm-tag">{said.locked}</span>}
    </>
  );
}

function credentialsOf({ hasPassword, hasSecondFactor }: PersonLine): string {
  const has = said.credentials;
  return hasPassword ? (hasSecondFactor ? has.full : has.password) : hasSecondFactor ? has.factor : has.none;
}

interface RowProps {
  readonly person: PersonLine;
  readonly isMe: boolean;
  readonly onChanged: () => void;
  readonly onAct: (act: Act) => void;
}

function PersonRow({ person, isMe, onChanged, onAct }: RowProps) {
  const { run, trouble, proof } = useRequest();
  const isOwner = person.rights.includes('owner');
  const send = (path: string, body: unknown) => void run(`/api/people/${person.personId}/${path}`, body, onChanged);
  // The name stands in each button's name: a list of equal buttons tells nobody apart.
  const press = (label: string, act: () => void, className = '') => (
    <button type="button" className={className} aria-label={said.act(label, person.name)} onClick={act}>
      {label}
    </button>
  );
  return (
    <li className="card">
      <div className="row">
        <strong>
          <Said text={person.name} />
        </strong>
        <Marks person={person} isMe={isMe} />
      </div>
      <p className="soft">
        <Say parts={said.login(person.login)} /> · {credentialsOf(person)} · {said.sessions(person.sessions.length)}
        {person.expiresAt !== null && ` · ${said.until(dayAndTime(person.expiresAt))}`}
      </p>
      <div className="row">
        {person.lockedAt !== null && press(said.unlock, () => send('unlock', {}), 'primary')}
        {person.kind === 'guest' && press(said.keep, () => send('keep', {}))}
        {press(said.link, () => onAct('link'))}
        {press(isOwner ? said.dropOwner : said.makeOwner, () => send('rights', { right: 'owner', on: !isOwner }))}
        {person.sessions.length > 0 && press(said.end, () => onAct('end'))}
        {press(said.remove, () => onAct('remove'), 'danger')}
      </div>
      <Refused refusal={trouble} />
      {proof}
    </li>
  );
}

/** The list of people; for owners. */
export function DoorsPage({ myId, onBack }: { readonly myId: string; readonly onBack: () => void }) {
  const [list, setList] = useState<readonly PersonLine[] | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [isInviting, setInviting] = useState(false);
  const load = useCallback(async () => {
    const answer = await ask<readonly PersonLine[]>('GET', '/api/people');
    if (answer.is === 'refused') void seat.look();
    setTrouble(troubleOf(answer));
    if (answer.is === 'done') setList(answer.value);
  }, []);
  useEffect(() => void load(), [load]);
  const close = () => setOpened(null);
  const changed = () => {
    close();
    void load();
  };
  return (
    <main className="page wide">
      <header className="row spread">
        <h1>{said.title}</h1>
        <span className="row">
          <button type="button" onClick={onBack}>
            {said.back}
          </button>
          <button type="button" className="primary" onClick={() => setInviting(true)}>
            {said.invite}
          </button>
        </span>
      </header>
      <p className="soft">{said.help}</p>
      <Refused refusal={trouble} />
      {trouble !== null && (
        <button type="button" onClick={() => void load()}>
          {words.signedOut.again}
        </button>
      )}
      {list === null && trouble === null && <p role="status">{words.loading}</p>}
      <ul className="doors">
        {list?.map((person) => (
          <PersonRow
            key={person.personId}
            person={person}
            isMe={person.personId === myId}
            onChanged={changed}
            onAct={(act) => setOpened({ act, person })}
          />
        ))}
      </ul>
      {list?.length === 1 && <p className="empty-state">{said.alone}</p>}
      {isInviting && (
        <InviteDialog
          onClose={() => {
            setInviting(false);
            void load();
          }}
        />
      )}
      {opened?.act === 'link' && <LinkWindow person={opened.person} onClose={close} />}
      {opened !== null && opened.act !== 'link' && <SureWindow opened={opened} onClose={close} onDone={changed} />}
    </main>
  );
}
