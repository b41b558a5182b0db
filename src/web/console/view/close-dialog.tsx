// Closing the incident: how it ended, what others have to see to from now on, and a held press.
import { useState } from 'react';
import { HOW, type How, openPromises, ordersDue, phonesOut } from '../../../core/incident/ends.ts';
import { basisWords, words } from '../words.ts';
import { useDesk, useIncident } from './desk-context.ts';
import { Dialog } from './dialog.tsx';
import { HoldButton } from './held.tsx';
import { useAsk } from './hooks.ts';
import { Refused, Said } from './said.tsx';

const CLOSE_MS = 1_200;
const w = words.incident;

interface HandedProps {
  readonly title: string;
  readonly ask: string;
  readonly what: readonly { readonly id: string; readonly text: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Loose ends of one kind, and to whom they go. Nothing when there are none. */
function Handed({ title, ask, what, value, onChange }: HandedProps) {
  if (what.length === 0) return null;
  return (
    <section className="loose-ends">
      <h3>{title}</h3>
      <ul>
        {what.map(({ id, text }) => (
          <li key={id}>
            <Said text={text} />
          </li>
        ))}
      </ul>
      <label>
        {ask}
        <input value={value} onChange={(event) => onChange(event.currentTarget.value)} maxLength={300} />
      </label>
    </section>
  );
}

interface PhonesProps {
  readonly phones: ReturnType<typeof phonesOut>;
  readonly back: readonly string[];
  readonly onChange: (back: readonly string[]) => void;
}

function Phones({ phones, back, onChange }: PhonesProps) {
  if (phones.length === 0) return null;
  return (
    <fieldset>
      <legend>{w.phones}</legend>
      {phones.map(({ lineId, label }) => (
        <label key={lineId} className="check">
          <input
            type="checkbox"
            checked={back.includes(lineId)}
            onChange={(event) => onChange(event.currentTarget.checked ? [...back, lineId] : back.filter((id) => id !== lineId))}
          />
          <Said text={label} /> {w.isBack}
        </label>
      ))}
    </fieldset>
  );
}

/** The window in which the leader closes the incident. */
export function CloseDialog({ onClose }: { readonly onClose: () => void }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const incident = useIncident();
  const [how, setHow] = useState<How>('came-out');
  const [outcome, setOutcome] = useState('');
  const [promisesTo, setPromisesTo] = useState('');
  const [ordersWith, setOrdersWith] = useState('');
  const [phonesBack, setPhonesBack] = useState<readonly string[]>([]);
  const promises = openPromises(incident).map((row) => ({ id: row.id, text: row.fields.what }));
  const orders = ordersDue(incident).map((one) => ({ id: one.id, text: basisWords[one.basis] }));
  const command = {
    type: 'close-incident' as const,
    how,
    outcome: outcome.trim() === '' ? w.how[how] : outcome.trim(),
    phonesBack: [...phonesBack],
    ...(promises.length > 0 ? { promisesTo: promisesTo.trim() } : {}),
    ...(orders.length > 0 ? { ordersWith: ordersWith.trim() } : {}),
  };
  return (
    <Dialog title={w.close} onClose={onClose}>
      <p>{w.closeHelp}</p>
      <label>
        {w.howLabel}
        <select value={how} onChange={(event) => setHow(event.currentTarget.value as How)}>
          {HOW.map((one) => (
            <option key={one} value={one}>
              {w.how[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {w.outcome}
        <textarea
          rows={2}
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value)}
          placeholder={how === 'disengaged' ? w.planHint : w.outcomeHint}
          maxLength={2000}
        />
      </label>
      <Handed title={w.promises} ask={w.promisesTo} what={promises} value={promisesTo} onChange={setPromisesTo} />
      <Handed title={w.orders} ask={w.ordersWith} what={orders} value={ordersWith} onChange={setOrdersWith} />
      <Phones phones={phonesOut(incident)} back={phonesBack} onChange={setPhonesBack} />
      <HoldButton name={w.close} help={words.talk.hold} className="danger" isBusy={isBusy} ms={CLOSE_MS} onHeld={() => void run(command)} />
      <Refused refusal={refusal} />
    </Dialog>
  );
}
