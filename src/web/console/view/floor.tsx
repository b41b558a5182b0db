// The floor: who is heard by the subject, and how that right passes. Taking and giving are held presses.
import { useState } from 'react';
import type { Member } from '../../../core/incident/people.ts';
import { words } from '../words.ts';
import { useDesk, useIncident, useMe, useMyId, useMyRoles } from './desk-context.ts';
import { HoldButton } from './held.tsx';
import { type Asking, useAsk } from './hooks.ts';
import { Refused } from './said.tsx';
import { EndTurn, GiveTurn } from './turns.tsx';

/** A held press for taking and giving, ms. */
const FLOOR_MS = 600;
const MAY_TAKE = ['primary', 'coach', 'leader'];

function candidates(people: readonly Member[], me: string): readonly Member[] {
  return people.filter((m) => m.personId !== me && !m.noTalk && m.roles.some((role) => MAY_TAKE.includes(role)));
}

function OfferFloor({ asking }: { readonly asking: Asking }) {
  const { people } = useIncident();
  const others = candidates(Object.values(people), useMyId());
  const [chosen, setChosen] = useState('');
  const to = others.some((m) => m.personId === chosen) ? chosen : (others[0]?.personId ?? '');
  if (to === '') return null;
  return (
    <span className="offer">
      <label>
        <span className="hidden-words">{words.floor.offerTo}</span>
        <select value={to} onChange={(event) => setChosen(event.currentTarget.value)}>
          {others.map((m) => (
            <option key={m.personId} value={m.personId}>
              {m.name}
            </option>
          ))}
        </select>
      </label>
      <button type="button" aria-busy={asking.isBusy} onClick={() => void asking.run({ type: 'offer-floor', personId: to })}>
        {words.floor.offer}
      </button>
    </span>
  );
}

function HolderActs({ asking }: { readonly asking: Asking }) {
  const { offeredTo, turnOf } = useIncident().floor;
  if (turnOf !== null) return <EndTurn asking={asking} />;
  return (
    <>
      <GiveTurn asking={asking} />
      {offeredTo === null ? (
        <OfferFloor asking={asking} />
      ) : (
        <button type="button" onClick={() => void asking.run({ type: 'withdraw-floor-offer' })}>
          {words.floor.withdraw}
        </button>
      )}
      <HoldButton
        name={words.floor.giveUp}
        help={words.talk.hold}
        ms={FLOOR_MS}
        onHeld={() => void asking.run({ type: 'give-up-floor' })}
      />
    </>
  );
}

function OtherActs({ asking, mayTake }: { readonly asking: Asking; readonly mayTake: boolean }) {
  const { floor } = useIncident();
  const me = useMyId();
  const mayEndTurn = useMyRoles().some((role) => role === 'coach' || role === 'leader');
  if (floor.turnOf !== null && (floor.turnOf === me || mayEndTurn)) return <EndTurn asking={asking} />;
  if (floor.offeredTo === me)
    return (
      <>
        <HoldButton
          name={words.floor.accept}
          help={words.talk.hold}
          letter="F"
          className="primary calls"
          ms={FLOOR_MS}
          onHeld={() => void asking.run({ type: 'accept-floor' })}
        />
        <button type="button" onClick={() => void asking.run({ type: 'withdraw-floor-offer' })}>
          {words.floor.decline}
        </button>
      </>
    );
  if (!mayTake) return null;
  return (
    <HoldButton
      name={words.floor.take}
      help={words.talk.hold}
      letter="F"
      className={floor.holder === null ? 'primary' : ''}
      isBusy={asking.isBusy}
      ms={FLOOR_MS}
      onHeld={() => void asking.run({ type: 'take-floor' })}
    />
  );
}

export function FloorActs() {
  const asking = useAsk(useDesk());
  const { floor } = useIncident();
  const me = useMe();
  if (me === undefined || me.noTalk) return null;
  return (
    <div className="dock-group floor-acts">
      {floor.holder === me.personId ? (
        <HolderActs asking={asking} />
      ) : (
        <OtherActs asking={asking} mayTake={me.roles.some((role) => MAY_TAKE.includes(role))} />
      )}
      <Refused refusal={asking.refusal} />
    </div>
  );
}
