// One press to a call with a simulated person, for whoever is alone at one laptop.
import { useState } from 'react';
import { ask } from '../store/http.ts';
import { type Trouble, troubleOf } from '../store/seat.ts';
import { words } from '../words.ts';
import { Refused } from './said.tsx';

/** Opens a practice call and goes there. */
export function PracticeButton({ onOpen }: { readonly onOpen: (incidentId: string) => void }) {
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const start = async () => {
    setBusy(true);
    const answer = await ask<{ readonly id: string }>('POST', '/api/practice', {});
    setBusy(false);
    setTrouble(troubleOf(answer));
    if (answer.is === 'done') onOpen(answer.value.id);
  };
  return (
    <div className="start">
      <button type="button" disabled={isBusy} onClick={() => void start()}>
        {words.home.practice}
      </button>
      <p className="soft">{words.home.practiceHelp}</p>
      <Refused refusal={trouble} />
    </div>
  );
}
