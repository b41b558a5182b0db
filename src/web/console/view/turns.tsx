// One turn of the floor, for the interpreter or for the third party whose window is open: given and taken back by one key.
import type { Member } from '../../../core/incident/people.ts';
import type { IncidentState } from '../../../core/incident/topics.ts';
import { words } from '../words.ts';
import { useIncident, useMyId } from './desk-context.ts';
import { KeyCap } from './held.tsx';
import type { Asking } from './hooks.ts';
import { useKey } from './keys.ts';
import { Say } from './said.tsx';

/** Who can be given a turn now. */
function mayTakeTurns({ people, windows }: IncidentState): readonly Member[] {
  return Object.values(people).filter((m) => !m.noTalk && (m.roles.includes('interpreter') || m.personId === windows.open?.personId));
}

function TurnButton({ member, letter, asking }: { readonly member: Member; readonly letter: string | null; readonly asking: Asking }) {
  const give = () => void asking.run({ type: 'give-turn', personId: member.personId });
  return (
    <button type="button" aria-busy={asking.isBusy} onClick={give}>
      <Say parts={words.turn.give(member.name)} /> {letter !== null && <Key letter={letter} act={give} />}
    </button>
  );
}

function Key({ letter, act }: { readonly letter: string; readonly act: () => void }) {
  useKey(letter.toLowerCase(), { down: act });
  return <KeyCap letter={letter} />;
}

/** The holder gives a turn to one of these; the first has the key. */
export function GiveTurn({ asking }: { readonly asking: Asking }) {
  const incident = useIncident();
  const all = mayTakeTurns(incident).filter((m) => m.personId !== incident.floor.holder);
  return all.map((member, place) => <TurnButton key={member.personId} member={member} letter={place === 0 ? 'I' : null} asking={asking} />);
}

/** Ends the turn: by who has it, who gave it, the coach or the leader. */
export function EndTurn({ asking }: { readonly asking: Asking }) {
  const { floor } = useIncident();
  const isMine = floor.holder === useMyId();
  const act = () => void asking.run({ type: 'return-turn' });
  return (
    <button type="button" className="primary" aria-busy={asking.isBusy} onClick={act}>
      {isMine ? words.turn.giveBack : words.turn.takeBack} <Key letter="I" act={act} />
    </button>
  );
}
