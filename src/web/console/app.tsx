// Which page is shown: by the address and by who is signed in.
import { useEffect, useState } from 'react';
import type { MeNow } from '../../protocol/access.ts';
import { ask } from './store/http.ts';
import { atMostEvery, seat } from './store/seat.ts';
import { DoorsPage } from './view/doors.tsx';
import { EnterPage } from './view/enter.tsx';
import { HomePage } from './view/home.tsx';
import { useCell } from './view/hooks.ts';
import { IncidentPage } from './view/incident.tsx';
import { LockCover } from './view/proof.tsx';
import { Refused } from './view/said.tsx';
import { SetUpPage } from './view/set-up.tsx';
import { SignInPage } from './view/sign-in.tsx';
import { words } from './words.ts';

interface Address {
  readonly owner: string | null;
  readonly invite: string | null;
  readonly incident: string | null;
  readonly page: string | null;
}

function readAddress(): Address {
  const fields = new URLSearchParams(location.hash.slice(1));
  return { owner: fields.get('owner'), invite: fields.get('invite'), incident: fields.get('incident'), page: fields.get('page') };
}

function useAddress(): Address {
  const [address, setAddress] = useState(readAddress);
  useEffect(() => {
    const look = () => setAddress(readAddress());
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return address;
}

const openIncident = (id: string) => {
  location.hash = `incident=${encodeURIComponent(id)}`;
};

const goTo = (page: string) => {
  location.hash = page === '' ? '' : `page=${page}`;
};

/** How often the server is asked whether the session is still open, in ms. */
const LOOK_EVERY_MS = 20_000;
const ACTIVE_EVERY_MS = 60_000;

/** Follows the session, and tells the server at most once a minute that a hand is at the keys. */
function useSeatWatch(): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (seat.view.get().is === 'in') void seat.look();
    }, LOOK_EVERY_MS);
    const may = atMostEvery(ACTIVE_EVERY_MS);
    const tell = async () => {
      const now = seat.view.get();
      if (now.is !== 'in' || now.me.standing !== 'full' || !may(Date.now())) return;
      const answer = await ask<MeNow>('POST', '/api/active', {});
      if (answer.is === 'done' && seat.view.get().is === 'in') seat.sit(answer.value);
    };
    const act = () => void tell();
    addEventListener('keydown', act);
    addEventListener('pointerdown', act);
    return () => {
      clearInterval(timer);
      removeEventListener('keydown', act);
      removeEventListener('pointerdown', act);
    };
  }, []);
}

/** The pages of a person who is in, other than an incident. */
function Inside({ me, page }: { readonly me: MeNow; readonly page: string | null }) {
  const home = () => goTo('');
  if (me.standing === 'locked')
    return (
      <main>
        <LockCover inCall={false} />
      </main>
    );
  if (me.standing === 'pending' || page === 'set-up') return <SetUpPage me={me} onBack={home} />;
  if (page === 'people' && me.rights.includes('owner')) return <DoorsPage myId={me.personId} onBack={home} />;
  return <HomePage me={me} onOpen={openIncident} onSetUp={() => goTo('set-up')} onPeople={() => goTo('people')} />;
}

export function App() {
  const address = useAddress();
  const now = useCell(seat.view);
  useSeatWatch();
  // Kept here, so that it can leave the address at once: addresses are seen, kept and shared.
  const [ticket, setTicket] = useState<{ readonly token: string; readonly isOwner: boolean } | null>(null);

  const token = address.owner ?? address.invite;
  useEffect(() => {
    if (token === null) return;
    setTicket({ token, isOwner: address.owner !== null });
    history.replaceState(null, '', '/console');
  }, [token, address.owner]);
  useEffect(() => {
    if (token === null && ticket === null && now.is === 'asking') void seat.look();
  }, [token, ticket, now]);

  if (ticket !== null)
    return (
      <EnterPage
        token={ticket.token}
        isOwner={ticket.isOwner}
        onIn={(me) => {
          setTicket(null);
          seat.sit(me);
          history.replaceState(
            null,
            '',
            me.incidentId === undefined ? '/console' : `/console#incident=${encodeURIComponent(me.incidentId)}`,
          );
          dispatchEvent(new HashChangeEvent('hashchange'));
        }}
      />
    );
  // Opened while the server is still asked who sits here: a person who comes back in haste waits for one answer, not for two.
  const isOpen = now.is === 'asking' || (now.is === 'in' && now.me.standing !== 'pending');
  if (isOpen && address.incident !== null)
    return <IncidentPage key={address.incident} incidentId={address.incident} onHome={() => (location.hash = '')} />;
  // Recovery codes are shown on a page that must outlive the change from `pending` to `full`: one place for both.
  if (now.is === 'in') return <Inside me={now.me} page={address.page} />;
  const again = () => void seat.look();
  if (now.is === 'out') return <SignInPage onAgain={again} />;
  return (
    <main className="page">
      <p role="status">{now.is === 'trouble' ? '' : words.loading}</p>
      {now.is === 'trouble' && (
        <>
          <Refused refusal={now} />
          <button type="button" onClick={again}>
            {words.signedOut.again}
          </button>
        </>
      )}
    </main>
  );
}
