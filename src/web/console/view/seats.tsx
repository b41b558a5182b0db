// The practice call's two keys: change places with the machine coach and back, by the floor's own handover. In exercises only.

import { isOver } from '../../../core/incident/incident.ts';
import { legOfPerson } from '../../../core/incident/legs.ts';
import { isMachine, type Member } from '../../../core/incident/people.ts';
import { words } from '../words.ts';
import { useDesk, useIncident, useMe } from './desk-context.ts';
import { HoldButton } from './held.tsx';
import { type Asking, useAsk } from './hooks.ts';
import { Refused } from './said.tsx';

/** Giving the floor is a held press, ms. */
const SEAT_MS = 600;

/** What can be done now between the person and the machine. */
function SeatAct({ me, machine, asking }: { readonly me: string; readonly machine: Member; readonly asking: Asking }) {
  const { floor, legs } = useIncident();
  const w = words.seats;
  if (legs[legOfPerson(machine.personId)]?.state !== 'up') return <p className="soft">{w.needsSound}</p>;
  if (floor.offeredTo === machine.personId) return <p role="status">{w.offered}</p>;
  if (floor.holder === me) {
    const give = () => void asking.run({ type: 'offer-floor', personId: machine.personId });
    return <HoldButton name={w.coach} help={w.coachHelp} isBusy={asking.isBusy} ms={SEAT_MS} onHeld={give} />;
  }
  if (floor.holder !== machine.personId) return <p className="soft">{w.needsFloor}</p>;
  if (floor.askedBy === me) return <p role="status">{w.asked}</p>;
  const ask = () => void asking.run({ type: 'ask-for-floor' });
  return floor.offeredTo === me ? null : (
    <HoldButton name={w.primary} help={w.primaryHelp} isBusy={asking.isBusy} ms={SEAT_MS} onHeld={ask} />
  );
}

/** Beside the floor's keys, while a machine takes part. */
export function SeatActs() {
  const { incident, people } = useIncident();
  const asking = useAsk(useDesk());
  const me = useMe();
  const machine = Object.values(people).find((member) => isMachine(member.personId) && member.roles.length > 0);
  if (me === undefined || machine === undefined || !incident.exercise || isOver(incident)) return null;
  return (
    <section className="dock-group seats" aria-label={words.seats.label}>
      <SeatAct me={me.personId} machine={machine} asking={asking} />
      <Refused refusal={asking.refusal} />
    </section>
  );
}
