// Closing the incident: a word on how it ended, and a held press.
import { useState } from 'react';
import { words } from '../words.ts';
import { useDesk } from './desk-context.ts';
import { Dialog } from './dialog.tsx';
import { HoldButton } from './held.tsx';
import { useAsk } from './hooks.ts';
import { Refused } from './said.tsx';

const CLOSE_MS = 1_200;

export function CloseDialog({ onClose }: { readonly onClose: () => void }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const [outcome, setOutcome] = useState('');
  return (
    <Dialog title={words.incident.close} onClose={onClose}>
      <p>{words.incident.closeHelp}</p>
      <label>
        {words.incident.outcome}
        <textarea
          rows={3}
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value)}
          placeholder={words.incident.outcomeHint}
          maxLength={2000}
        />
      </label>
      <HoldButton
        name={words.incident.close}
        help={words.talk.hold}
        className="danger"
        isBusy={isBusy}
        ms={CLOSE_MS}
        onHeld={() => void run({ type: 'close-incident', outcome: outcome.trim() })}
      />
      <Refused refusal={refusal} />
    </Dialog>
  );
}
