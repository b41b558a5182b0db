// Above the boards: sound that leaks, and gear that would let it leak. Seen by everybody, at once.
import { isBareLoudspeaker, type Output } from '../../../core/incident/gear.ts';
import { words } from '../words.ts';
import { useDesk, useIncident, useMyId, useNames } from './desk-context.ts';
import { useAsk, useCell } from './hooks.ts';
import { Refused, Say } from './said.tsx';

/** The alarm of every console while a leak is suspected. */
export function LeakAlarm() {
  const { suspected } = useIncident().leak;
  const names = useNames();
  return (
    <div role="alert" className="leak-alarms">
      {suspected.map(({ secret, microphone }) => (
        <p key={`${secret}>${microphone}`} className="leak-alarm">
          <strong>
            <Say parts={words.guard.leak(names.leg(microphone), names.leg(secret))} />
          </strong>{' '}
          <Say parts={words.guard.leakNext(names.leg(microphone), names.leg(secret))} />
        </p>
      ))}
    </div>
  );
}

const TO_SAY: readonly Output[] = ['headset', 'handset', 'loudspeaker'];

/** Asks what the person hears with when nobody knows, and what to do about a loudspeaker. */
export function GearNotice() {
  const desk = useDesk();
  const { run, refusal } = useAsk(desk);
  const isJoined = useCell(desk.sound.view, (view) => view.isJoined);
  const { gear } = useIncident();
  const me = useMyId();
  const mine = gear[me];
  if (!isJoined || mine === undefined) return null;
  const isBare = isBareLoudspeaker(gear, me);
  if (!isBare && !(mine.output === 'unknown' && mine.by === 'guess')) return null;
  const choices = TO_SAY.filter((one) => one !== mine.output);
  return (
    <section className="gear-notice" data-bare={isBare || undefined}>
      <p>
        {isBare ? (
          <>
            <strong>
              <Say parts={words.guard.bare(mine.label)} />
            </strong>{' '}
            {words.guard.bareNext}
          </>
        ) : (
          words.guard.ask
        )}
      </p>
      {choices.map((one) => (
        <button key={one} type="button" onClick={() => desk.gear.say(one)}>
          {words.sound.kinds[one]}
        </button>
      ))}
      {isBare && (
        <button type="button" onClick={() => void run({ type: 'confirm-loudspeaker' })}>
          {words.guard.confirm}
        </button>
      )}
      <Refused refusal={refusal} />
    </section>
  );
}
