// The strip of the tactical gate, the first under the bar for everybody: what, when, and whether it is clear. Who opens it does so here.
import { useState } from 'react';
import { ACKNOWLEDGERS, actionsAhead, isClear, type TacticalAction } from '../../../core/incident/tacticals.ts';
import { timeText } from '../words/board.ts';
import { gateWords, tacticalWords } from '../words/tacticals.ts';
import { useDesk, useIncident, useMyRoles } from './desk-context.ts';
import { Dialog } from './dialog.tsx';
import { useAsk } from './hooks.ts';
import { Refused, Said } from './said.tsx';

/** More would push the boards off the screen; the rest is counted. */
const SHOWN = 2;

function Override({ row, onClose }: { readonly row: TacticalAction; readonly onClose: () => void }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const [note, setNote] = useState('');
  const send = async () => {
    const answer = await run({ type: 'move-tactical-action', rowId: row.id, to: 'overridden', note }, true);
    if (typeof answer === 'object' && 'seq' in answer) onClose();
  };
  return (
    <Dialog title={gateWords.overrideTitle} onClose={onClose}>
      <form
        className="row-form"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p>
          <Said text={row.fields.what} />
        </p>
        <label>
          {gateWords.reason}
          <input value={note} maxLength={2_000} onChange={(event) => setNote(event.currentTarget.value)} />
        </label>
        <button type="submit" className="primary" disabled={note.trim() === ''} aria-busy={isBusy}>
          {tacticalWords.states?.overridden}
        </button>
        <Refused refusal={refusal} />
      </form>
    </Dialog>
  );
}

function Action({ row }: { readonly row: TacticalAction }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const roles = useMyRoles();
  const [isAsking, setAsking] = useState(false);
  const waits = row.state === 'announced';
  const { at, what } = row.fields;
  return (
    <div className={isClear(row) ? 'row gate-clear' : 'row gate-shut'}>
      <strong>{tacticalWords.states?.[row.state as keyof typeof tacticalWords.states]}</strong>
      <span className="grow">
        {at !== null ? timeText(at) : waits ? gateWords.asSoon : gateWords.atOnce}: <Said text={what} />
      </span>
      {waits && roles.some((role) => ACKNOWLEDGERS.includes(role)) && (
        <button
          type="button"
          className="primary"
          aria-busy={isBusy}
          onClick={() => void run({ type: 'move-tactical-action', rowId: row.id, to: 'acknowledged', note: '' }, true)}
        >
          {gateWords.acknowledge}
        </button>
      )}
      {waits && roles.includes('commander') && (
        <button type="button" onClick={() => setAsking(true)}>
          {gateWords.override}
        </button>
      )}
      <Refused refusal={refusal} />
      {isAsking && <Override row={row} onClose={() => setAsking(false)} />}
    </div>
  );
}

/** Nothing when no tactical action is ahead. */
export function GateStrip() {
  const ahead = actionsAhead(useIncident().tacticals);
  if (ahead.length === 0) return null;
  return (
    <section className="gate-strip" aria-label={gateWords.label}>
      {ahead.slice(0, SHOWN).map((row) => (
        <Action key={row.id} row={row} />
      ))}
      {ahead.length > SHOWN && <p>{gateWords.more(ahead.length - SHOWN)}</p>}
    </section>
  );
}
