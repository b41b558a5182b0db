// Third-party windows: the leader opens one for a purpose, all see it run, and whoever negotiates cuts it with one press.
import { useState } from 'react';
import type { Member } from '../../../core/incident/people.ts';
import { words } from '../words.ts';
import { useDesk, useIncident, useMyRoles, useNames } from './desk-context.ts';
import { Dialog } from './dialog.tsx';
import { HoldButton, KeyCap } from './held.tsx';
import { durationText, useAsk, useServerNow } from './hooks.ts';
import { useKey } from './keys.ts';
import { Refused, Said, Say } from './said.tsx';

const OPEN_MS = 900;
const MINUTES = [1, 2, 3, 5, 10, 15];

/** Asks the leader what the talk is for, what may be said, and how long. Closes when the window is open. */
export function WindowDialog({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const [purpose, setPurpose] = useState('');
  const [script, setScript] = useState('');
  const [minutes, setMinutes] = useState(3);
  const w = words.window;
  const open = async () => {
    const answer = await run({ type: 'open-window', personId: member.personId, purpose, script, minutes });
    if (typeof answer === 'object' && 'seq' in answer) onClose();
  };
  return (
    <Dialog title={<Say parts={w.openFor(member.name)} />} onClose={onClose}>
      <p className="soft">{w.help}</p>
      <label>
        {w.purpose}
        <input value={purpose} maxLength={1000} placeholder={w.purposeHint} onChange={(event) => setPurpose(event.currentTarget.value)} />
      </label>
      <label>
        {w.script}
        <textarea
          rows={4}
          value={script}
          maxLength={5000}
          placeholder={w.scriptHint}
          onChange={(event) => setScript(event.currentTarget.value)}
        />
      </label>
      <label>
        {w.minutes}
        <select value={minutes} onChange={(event) => setMinutes(Number(event.currentTarget.value))}>
          {MINUTES.map((n) => (
            <option key={n} value={n}>
              {n}
            </option>
          ))}
        </select>
      </label>
      {purpose.trim() === '' ? (
        <p className="soft">{w.needsPurpose}</p>
      ) : (
        <HoldButton name={w.open} help={words.talk.hold} className="primary" isBusy={isBusy} ms={OPEN_MS} onHeld={() => void open()} />
      )}
      <Refused refusal={refusal} />
    </Dialog>
  );
}

function CutButton() {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const cut = () => void run({ type: 'close-window', cause: words.window.cutCause });
  useKey('k', { down: cut });
  return (
    <>
      <button type="button" className="danger" aria-busy={isBusy} onClick={cut}>
        {words.window.cut} <KeyCap letter="K" />
      </button>
      <Refused refusal={refusal} />
    </>
  );
}

/** Stands over the boards of everybody while a window is open. */
export function WindowBanner() {
  const { windows, floor } = useIncident();
  const names = useNames();
  const now = useServerNow(useDesk());
  const mayCut = useMyRoles().some((role) => role === 'leader' || role === 'primary' || role === 'coach');
  const { open } = windows;
  if (open === null) return null;
  const w = words.window;
  return (
    <section className="banner window-banner" role="status" aria-label={w.label}>
      <strong>
        <Say parts={floor.holder === open.personId ? w.speaks(names.person(open.personId)) : w.isOpen(names.person(open.personId))} />
      </strong>
      <span className="grow">
        <Said text={open.purpose} />
      </span>
      <span>{w.left(durationText(open.endsAt - now))}</span>
      {mayCut && <CutButton />}
    </section>
  );
}
