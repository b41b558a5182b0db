// Which page is shown: by the address and by who is signed in.
import { useCallback, useEffect, useState } from 'react';
import type { Me } from '../../protocol/http.ts';
import { ask } from './store/http.ts';
import { EnterPage, SignedOutPage, troubleOf } from './view/enter.tsx';
import { HomePage } from './view/home.tsx';
import { IncidentPage } from './view/incident.tsx';
import { Refused } from './view/said.tsx';
import { words } from './words.ts';

interface Address {
  readonly owner: string | null;
  readonly invite: string | null;
  readonly incident: string | null;
}

function readAddress(): Address {
  const fields = new URLSearchParams(location.hash.slice(1));
  return { owner: fields.get('owner'), invite: fields.get('invite'), incident: fields.get('incident') };
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

type Seat =
  | { readonly is: 'asking' }
  | { readonly is: 'in'; readonly me: Me }
  | { readonly is: 'out' }
  | { readonly is: 'trouble'; readonly why: string; readonly next: string };

export function App() {
  const address = useAddress();
  const [seat, setSeat] = useState<Seat>({ is: 'asking' });
  // Kept here, so that it can leave the address at once: addresses are seen, kept and shared.
  const [ticket, setTicket] = useState<{ readonly token: string; readonly isOwner: boolean } | null>(null);

  const look = useCallback(async () => {
    const answer = await ask<Me>('GET', '/api/me');
    const trouble = troubleOf(answer);
    if (answer.is === 'done') setSeat({ is: 'in', me: answer.value });
    else if (answer.is === 'refused' && answer.status === 401) setSeat({ is: 'out' });
    else setSeat({ is: 'trouble', ...(trouble ?? words.odd) });
  }, []);
  const out = useCallback(() => setSeat({ is: 'out' }), []);

  const token = address.owner ?? address.invite;
  useEffect(() => {
    if (token === null) return;
    setTicket({ token, isOwner: address.owner !== null });
    history.replaceState(null, '', '/console');
  }, [token, address.owner]);
  useEffect(() => {
    if (token === null && ticket === null && seat.is === 'asking') void look();
  }, [token, ticket, seat, look]);

  if (ticket !== null)
    return (
      <EnterPage
        token={ticket.token}
        isOwner={ticket.isOwner}
        onIn={(me) => {
          setTicket(null);
          setSeat({ is: 'in', me });
          history.replaceState(null, '', '/console');
          dispatchEvent(new HashChangeEvent('hashchange'));
        }}
      />
    );
  // Opened while the server is still asked who sits here: a person who comes back in haste waits for one answer, not for two.
  if ((seat.is === 'in' || seat.is === 'asking') && address.incident !== null)
    return <IncidentPage key={address.incident} incidentId={address.incident} onHome={() => (location.hash = '')} />;
  if (seat.is === 'in') return <HomePage me={seat.me} onOpen={openIncident} onSignedOut={out} />;
  if (seat.is === 'out') return <SignedOutPage onAgain={() => setSeat({ is: 'asking' })} />;
  return (
    <main className="page">
      <p role="status">{seat.is === 'trouble' ? '' : words.loading}</p>
      {seat.is === 'trouble' && (
        <>
          <Refused refusal={seat} />
          <button type="button" onClick={() => setSeat({ is: 'asking' })}>
            {words.signedOut.again}
          </button>
        </>
      )}
    </main>
  );
}
