// The first page of a new person: a token from the address, a name, and in.
import { type FormEvent, useState } from 'react';
import type { Entered } from '../../../protocol/access.ts';
import type { Enter } from '../../../protocol/http.ts';
import { ask } from '../store/http.ts';
import { type Trouble, troubleOf } from '../store/seat.ts';
import { words } from '../words.ts';
import { Refused } from './said.tsx';

interface EnterProps {
  readonly token: string;
  readonly isOwner: boolean;
  readonly onIn: (me: Entered) => void;
}

/** Where a one-time link leads: asks for the name. */
export function EnterPage({ token, isOwner, onIn }: EnterProps) {
  const [name, setName] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await ask<Entered>('POST', '/api/enter', { token, name } satisfies Enter);
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
