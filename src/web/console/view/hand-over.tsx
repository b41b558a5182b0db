// Handing the line to the team: who leads and who talks from now on, and whether the one who hands over stays. One act.
import { type FormEvent, useState } from 'react';
import { hasRole, isMachine, type Member } from '../../../core/incident/people.ts';
import { isOutsider } from '../../../core/incident/topic.ts';
import { handWords as w } from '../words/queue.ts';
import { useDesk, useIncident, useMyId } from './desk-context.ts';
import { Dialog } from './dialog.tsx';
import { useAsk } from './hooks.ts';
import { Refused } from './said.tsx';

/** Who can be named: everybody of the team but oneself. */
function others(people: Readonly<Record<string, Member>>, me: string): readonly Member[] {
  return Object.values(people).filter(
    (one) => one.personId !== me && one.roles.some((role) => role !== 'interpreter') && !isOutsider(one.roles) && !isMachine(one.personId),
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly of: readonly Member[];
  readonly onChoose: (personId: string) => void;
}

function Choice({ label, value, of, onChoose }: ChoiceProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {of.map(({ personId, name }) => (
          <option key={personId} value={personId}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function HandOverDialog({ onClose }: { readonly onClose: () => void }) {
  const { people } = useIncident();
  const asking = useAsk(useDesk());
  const team = others(people, useMyId());
  const firstOf = (role: 'leader' | 'primary' | 'coach') => team.find(({ personId }) => hasRole(people, personId, role));
  const [leaderId, setLeader] = useState(() => (firstOf('leader') ?? team[0])?.personId ?? '');
  const [primaryId, setPrimary] = useState(() => (firstOf('primary') ?? firstOf('coach') ?? team[0])?.personId ?? '');
  const [stays, setStays] = useState(true);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await asking.run({ type: 'hand-to-team', leaderId, primaryId, stays });
    if (typeof answer === 'object' && !('refusal' in answer)) onClose();
  };
  if (team.length === 0)
    return (
      <Dialog title={w.title} onClose={onClose}>
        <p>{w.nobody}</p>
      </Dialog>
    );
  return (
    <Dialog title={w.title} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <p>{w.help}</p>
        <Choice label={w.leader} value={leaderId} of={team} onChoose={setLeader} />
        <Choice label={w.primary} value={primaryId} of={team} onChoose={setPrimary} />
        {[true, false].map((one) => (
          <label key={String(one)} className="check">
            <input type="radio" name="stays" checked={stays === one} onChange={() => setStays(one)} />
            {one ? w.stays : w.leaves}
          </label>
        ))}
        <button type="submit" className="primary" aria-busy={asking.isBusy}>
          {w.go}
        </button>
        <Refused refusal={asking.refusal} />
      </form>
    </Dialog>
  );
}

/** The key of who leads; it stands with the people. */
export function HandOver() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {w.open}
      </button>
      {isOpen && <HandOverDialog onClose={() => setOpen(false)} />}
    </>
  );
}
