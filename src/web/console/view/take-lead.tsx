// Taking the lead when the leader is gone: a reason, and a held press.
import { useState } from 'react';
import { words } from '../words.ts';
import { useDesk } from './desk-context.ts';
import { Dialog } from './dialog.tsx';
import { HoldButton } from './held.tsx';
import { useAsk } from './hooks.ts';
import { Refused } from './said.tsx';

const TAKE_MS = 1_200;

/** Asks why, and takes the lead. */
export function TakeLeadDialog({ onClose }: { readonly onClose: () => void }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const [why, setWhy] = useState('');
  const w = words.people;
  return (
    <Dialog title={w.takeLeadDo} onClose={onClose}>
      <p>{w.takeLeadHelp}</p>
      <label>
        {w.takeLeadWhy}
        <input value={why} onChange={(event) => setWhy(event.currentTarget.value)} placeholder={w.takeLeadHint} maxLength={300} />
      </label>
      <HoldButton
        name={w.takeLeadDo}
        help={words.talk.hold}
        isBusy={isBusy}
        ms={TAKE_MS}
        onHeld={() => void run({ type: 'take-lead', why: why.trim() })}
      />
      <Refused refusal={refusal} />
    </Dialog>
  );
}
