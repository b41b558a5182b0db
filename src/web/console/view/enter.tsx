// The first page of a new person: a token from the address, a name, and in. Also what to do without one.
import { type FormEvent, useState } from 'react';
import type { Enter, Me } from '../../../protocol/http.ts';
import { ask, type HttpAnswer } from '../store/http.ts';
import { words } from '../words.ts';
import { Refused } from './said.tsx';

/** Why and next for an answer that is no success. */
export function troubleOf(answer: HttpAnswer<unknown>): { readonly why: string; readonly next: string } | null {
  if (answer.is === 'done') return null;
  return answer.is === 'no-answer' ? words.noAnswer : (answer.refusal ?? words.odd);
}

interface EnterProps {
  readonly token: string;
  readonly isOwner: boolean;
  readonly onIn: (me: Me) => void;
}

/** Where a one-time link leads: asks for the name. */
export function EnterPage({ token, isOwner, onIn }: EnterProps) {
  const [name, setName] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<{ readonly why: string; readonly next: string } | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await ask<Me>('POST', '/api/enter', { token, name } satisfies Enter);
    setBusy(false);
    setTrouble(troubleOf(answer));
    if (answer.is === 'done') onIn(answer.value);
  };
  return (
    <main className="page">
      <h1>{words.enter.title}</h1>
      <p>{isOwner ? words.enter.owner : words.enter.invited}</p>
      <form onSubmit={(event) => void submit(event)}>
        <label>
          {words.enter.name}
          <input
            name="name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="name"
            maxLength={200}
            required
            // biome-ignore lint/a11y/noAutofocus: the page has this one field, and its reader is in a hurry
            autoFocus
          />
        </label>
        <button type="submit" className="primary big" aria-busy={isBusy}>
          {isBusy ? words.enter.working : words.enter.button}
        </button>
        <Refused refusal={trouble} />
      </form>
    </main>
  );
}

/** What a person sees who is not signed in. */
export function SignedOutPage({ onAgain }: { readonly onAgain: () => void }) {
  return (
    <main className="page">
      <h1>{words.signedOut.title}</h1>
      <p>{words.signedOut.why}</p>
      <ul className="steps">
        {words.signedOut.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <button type="button" onClick={onAgain}>
        {words.signedOut.again}
      </button>
    </main>
  );
}
