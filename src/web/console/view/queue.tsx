// Over the boards: who waits to be let in and how long, the lines that are in a call with one press to switch, and calls that were missed.
import type { Line } from '../../../core/incident/lines.ts';
import { type Caller, callersOf, lineInTheWay, type Missed, nextCaller, openMissed } from '../../../core/incident/queue.ts';
import { isUnsafe } from '../../../core/line/machine.ts';
import { queueWords as w } from '../words/queue.ts';
import { useDesk, useIncident, useMyRoles, useNames } from './desk-context.ts';
import { KeyCap } from './held.tsx';
import { type Asking, clockText, durationText, useAsk, useServerNow } from './hooks.ts';
import { useKey } from './keys.ts';
import { Refused, Said, Say } from './said.tsx';

/** Who answers a caller. */
export const MAY_ANSWER: readonly string[] = ['primary', 'coach', 'leader'];
/** More than these are counted, so that they do not push the boards away. */
const SHOWN = 3;

interface Part {
  readonly asking: Asking;
  readonly mayAct: boolean;
}

function Waits({ caller, place, asking, mayAct }: Part & { readonly caller: Caller; readonly place: number }) {
  const { line, device } = caller;
  const now = useServerNow(useDesk());
  const name = useNames().line(line.id);
  return (
    <li className={device.isUnanswered ? 'caller is-unanswered' : 'caller'} data-caller={line.id}>
      <span>
        {place}. <Say parts={w.waits(name, durationText(now - device.at))} /> {device.isUnanswered && <strong>{w.unanswered}</strong>}
        {device.seenBy !== null && (
          <span className="soft">
            <Say parts={w.seenBy(device.seenBy)} />
          </span>
        )}
      </span>
      {mayAct && device.seenBy === null && (
        <button
          type="button"
          className="quiet"
          onClick={() => void asking.run({ type: 'let-wait', lineId: line.id, deviceId: device.deviceId })}
        >
          {w.letWait}
        </button>
      )}
    </li>
  );
}

/** One key for the next one: it answers when nobody is in a call; else it says what comes first, and that is a press of its own. */
function Next({ asking }: { readonly asking: Asking }) {
  const { lines } = useIncident();
  const names = useNames();
  const next = nextCaller(lines);
  const inTheWay = lineInTheWay(lines);
  const answer = () => {
    if (next === undefined || inTheWay !== undefined || asking.isBusy) return;
    void asking.run({ type: 'admit-device', lineId: next.line.id, deviceId: next.device.deviceId });
  };
  useKey('w', { down: answer });
  if (next === undefined) return null;
  if (inTheWay === undefined)
    return (
      <button type="button" className="primary" aria-busy={asking.isBusy} onClick={answer}>
        {w.answer} <KeyCap letter="W" />
      </button>
    );
  return (
    <button
      type="button"
      disabled={inTheWay.state !== 'live'}
      aria-busy={asking.isBusy}
      onClick={() => void asking.run({ type: 'hold-line', lineId: inTheWay.id })}
    >
      <Say parts={w.holdFirst(names.line(inTheWay.id))} />
    </button>
  );
}

/** A line that is in a call, and the press that switches to it. */
function InCall({ line, asking, mayAct }: Part & { readonly line: Line }) {
  const now = useServerNow(useDesk());
  const name = useNames().line(line.id);
  return (
    <li className={`in-call state-${line.state}`} data-in-call={line.id}>
      <span>
        <Said text={name} /> {w.state[line.state]} {durationText(now - line.since)}
      </span>
      {mayAct && line.state === 'held' && (
        <button
          type="button"
          aria-label={`${w.switchTo}: ${name}`}
          aria-busy={asking.isBusy}
          onClick={() => void asking.run({ type: 'resume-line', lineId: line.id })}
        >
          {w.switchTo}
        </button>
      )}
    </li>
  );
}

function MissedCall({ one, asking, mayMark }: { readonly one: Missed; readonly asking: Asking; readonly mayMark: boolean }) {
  const name = useNames().line(one.lineId);
  return (
    <li className="missed">
      <strong>
        <Say parts={w.missed(name, clockText(one.cameAt), durationText(one.waitedMs))} />
      </strong>
      {mayMark && (
        <button type="button" className="quiet" onClick={() => void asking.run({ type: 'mark-missed', missedId: one.id })}>
          {w.mark}
        </button>
      )}
    </li>
  );
}

/** Shown as long as somebody waits, more than one line is in a call, or a missed call was not seen to. */
export function QueueStrip() {
  const asking = useAsk(useDesk());
  const { lines } = useIncident();
  const roles = useMyRoles();
  const mayAct = roles.some((role) => MAY_ANSWER.includes(role));
  const callers = callersOf(lines);
  const inCall = Object.values(lines.byId).filter((line) => isUnsafe(line.state));
  const missed = openMissed(lines);
  const isAlarm = callers.some(({ device }) => device.isUnanswered);
  if (callers.length === 0 && inCall.length < 2 && missed.length === 0) return null;
  return (
    <section className={isAlarm ? 'queue-strip is-alarm' : 'queue-strip'} role={isAlarm ? 'alert' : 'status'} aria-label={w.title}>
      <ul>
        {inCall.length > 1 && inCall.map((line) => <InCall key={line.id} line={line} asking={asking} mayAct={mayAct} />)}
        {callers.slice(0, SHOWN).map((caller, n) => (
          <Waits key={`${caller.line.id} ${caller.device.deviceId}`} caller={caller} place={n + 1} asking={asking} mayAct={mayAct} />
        ))}
        {callers.length > SHOWN && <li>+ {callers.length - SHOWN}</li>}
        {missed.slice(-SHOWN).map((one) => (
          <MissedCall key={one.id} one={one} asking={asking} mayMark={mayAct || roles.includes('scribe')} />
        ))}
        {missed.length > SHOWN && <li>{w.moreMissed(missed.length - SHOWN)}</li>}
      </ul>
      {mayAct && <Next asking={asking} />}
      <Refused refusal={asking.refusal} />
    </section>
  );
}
