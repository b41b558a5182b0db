// A field phone on its line's card: ring it, whether it truly rings, who answered, its microphone, the loudhailer, what troubles it.
import { type Line, legOfLine } from '../../../core/incident/lines.ts';
import { phoneOf } from '../../../core/incident/phones.ts';
import { isUnsafe } from '../../../core/line/machine.ts';
import { alarmWords, outcomeWords, words } from '../words.ts';
import { useDesk, useIncident, useMyId, useMyRoles, useNames } from './desk-context.ts';
import { TalkButton } from './held.tsx';
import { useAsk, useCell } from './hooks.ts';
import { Refused, Say } from './said.tsx';

const MAY_RING = ['primary', 'coach', 'leader'];
const MAY_SET = ['coach', 'leader'];

/** What the state of a field line means, where it is not what it means for a link. */
export function fieldHelp(line: Line, mode: 'ring' | 'call' | 'loudhailer'): { readonly state?: string; readonly help: string } | null {
  const w = words.phone;
  if (line.admitted === null) return line.state === 'idle' || line.state === 'waiting' ? { help: w.pairHelp } : null;
  if (line.state === 'idle' || line.state === 'ended') return { state: w.standby, help: w.standbyHelp };
  if (line.state === 'asking' && mode === 'ring') return { state: w.asked, help: w.askedHelp };
  if (line.state === 'asking') return { state: w.opening, help: w.openingHelp };
  if (line.state === 'live' && mode === 'loudhailer') return { state: w.loudhailerUp, help: w.loudhailerUpHelp };
  return null;
}

function AnswersItself({ line }: { readonly line: Line }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const { answersItself } = phoneOf(useIncident().phones, line.id);
  const maySet = useMyRoles().some((role) => MAY_SET.includes(role));
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={answersItself}
          disabled={!maySet}
          aria-busy={isBusy}
          onChange={() => void run({ type: 'set-answers-itself', lineId: line.id, on: !answersItself })}
        />{' '}
        {words.phone.answersItself}
      </label>
      <Refused refusal={refusal} />
    </>
  );
}

function LoudhailerKey({ line }: { readonly line: Line }) {
  const { loudhailer, signals } = useDesk();
  const { held, refused } = useCell(loudhailer.view);
  const state = useIncident();
  const me = useMyId();
  const open = phoneOf(state.phones, line.id).loudhailer;
  // Open is what the sound server says: only then does a word come out there.
  const isHeard = useCell(signals, (now) => now?.edges.some((e) => e.to === legOfLine(line.id) && e.why === 'floor') ?? false);
  const isOpen = open?.by === me && isHeard;
  const w = words.phone;
  const help = isOpen ? w.loudhailerOpen : held === line.id ? w.loudhailerOpening : words.talk.hold;
  return (
    <>
      <TalkButton
        name={w.loudhailer}
        className="talk-loudhailer"
        help={help}
        isOpen={isOpen}
        onDown={() => loudhailer.press(line.id)}
        onUp={() => loudhailer.release()}
      />
      <Refused refusal={refused?.lineId === line.id ? refused.refusal : null} />
    </>
  );
}

function PhoneActs({ line }: { readonly line: Line }) {
  const desk = useDesk();
  const { run, isBusy, refusal } = useAsk(desk);
  const { phones, floor } = useIncident();
  const roles = useMyRoles();
  const me = useMyId();
  const { mode } = phoneOf(phones, line.id);
  const mayRing = roles.some((role) => MAY_RING.includes(role));
  const mayHail = floor.holder === me || roles.some((role) => MAY_SET.includes(role));
  const isFree = !isUnsafe(line.state);
  const calls = line.waiting.some((device) => device.deviceId === line.admitted?.deviceId);
  return (
    <div className="row acts">
      {mayRing && isFree && !calls && (
        <button type="button" className="primary" aria-busy={isBusy} onClick={() => void run({ type: 'ring-phone', lineId: line.id })}>
          {words.phone.ring}
        </button>
      )}
      {mayHail && (isFree || mode === 'loudhailer') && <LoudhailerKey line={line} />}
      <Refused refusal={refusal} />
    </div>
  );
}

function Facts({ line }: { readonly line: Line }) {
  const { signals } = useDesk();
  const names = useNames();
  const far = useCell(signals, (now) => now?.far[line.id]);
  const { alarms, lastRing, answeredBy, microphone, loudhailer } = phoneOf(useIncident().phones, line.id);
  const w = words.phone;
  const isInUse = isUnsafe(line.state);
  return (
    <>
      {!isInUse && far !== undefined && <p>{w.reached}</p>}
      {!isInUse && lastRing !== null && <p className="warn">{outcomeWords[lastRing]}</p>}
      {isInUse && answeredBy !== null && <p>{w.answeredBy[answeredBy]}</p>}
      {isInUse && <p className={microphone === null ? 'warn' : ''}>{w.microphone[microphone ?? 'shut']}</p>}
      {loudhailer !== null && (
        <p className="warn">
          <Say parts={w.loudhailerBy(names.person(loudhailer.by))} />
        </p>
      )}
      {alarms.length > 0 && (
        <ul className="far alarms" aria-label={w.alarms}>
          {alarms.map((alarm) => (
            <li key={alarm} className="bad">
              {alarmWords[alarm]}
            </li>
          ))}
        </ul>
      )}
      {far?.moved !== undefined && <p className="soft">{far.moved ? w.moved : w.still}</p>}
    </>
  );
}

/** All of a paired field phone that a link does not have. */
export function PhonePart({ line }: { readonly line: Line }) {
  if (line.kind !== 'field' || line.admitted === null || line.state === 'closed') return null;
  return (
    <section className="phone" aria-label={words.phone.label}>
      <Facts line={line} />
      <PhoneActs line={line} />
      <AnswersItself line={line} />
    </section>
  );
}
