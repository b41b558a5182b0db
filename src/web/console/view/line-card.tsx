// One line: its state in words, who waits, what can be done now, how to reach it, who hears it.

import { isEchoOn } from '../../../core/incident/echo.ts';
import { personOfLeg } from '../../../core/incident/legs.ts';
import { type Device, type Line, legOfLine } from '../../../core/incident/lines.ts';
import { phoneOf } from '../../../core/incident/phones.ts';
import { isUnsafe } from '../../../core/line/machine.ts';
import { deviceText } from '../store/device.ts';
import { visible } from '../store/visible.ts';
import { lineEventWords, lineHelp, lineStateWords, reachWords, words } from '../words.ts';
import { AgainPart } from './again.tsx';
import { HandOut } from './copy.tsx';
import { useDesk, useIncident, useMyRoles, useNames } from './desk-context.ts';
import { HoldButton } from './held.tsx';
import { clockText, durationText, useAsk, useCell, useServerNow } from './hooks.ts';
import { LeakTestDue } from './leak-test.tsx';
import { Level } from './level.tsx';
import { fieldHelp, PhonePart } from './phone.tsx';
import { LinePicture } from './pictures.tsx';
import { Refused, Said, Say } from './said.tsx';

/** Long enough not to happen by a brush of the hand, ms. */
const END_MS = 800;
/** At or below this part of a full battery it is an alarm. */
const LOW_BATTERY = 0.2;
const MONITOR_MS = 900;
const MAY_ACT = ['primary', 'coach', 'leader'];

function Waiting({ line, device, mayAct }: { readonly line: Line; readonly device: Device; readonly mayAct: boolean }) {
  const desk = useDesk();
  const now = useServerNow(desk);
  const { run, isBusy, refusal } = useAsk(desk);
  const on = { lineId: line.id, deviceId: device.deviceId };
  const id = `device-${device.deviceId.slice(0, 12)}`;
  return (
    <div className="waiting">
      <p id={id} title={visible(device.describes)}>
        <Say parts={words.lines.device(deviceText(device.describes) || words.lines.unknownDevice)} />{' '}
        <span className="soft">{words.lines.waits(durationText(now - device.at))}</span>
      </p>
      {mayAct && (
        <div className="row">
          <button
            type="button"
            className="primary"
            aria-describedby={id}
            aria-busy={isBusy}
            onClick={() => void run({ type: 'admit-device', ...on })}
          >
            {line.kind === 'field' && line.admitted?.deviceId !== device.deviceId ? words.phone.pair : words.lines.letIn}
          </button>
          <button type="button" aria-describedby={id} onClick={() => void run({ type: 'refuse-device', ...on })}>
            {words.lines.refuse}
          </button>
        </div>
      )}
      {mayAct && <LeakTestDue />}
      <Refused refusal={refusal} />
    </div>
  );
}

/** What the far end tells of itself, alarms first. */
function FarEnd({ line }: { readonly line: Line }) {
  const { signals } = useDesk();
  const leg = useCell(signals, (now) => now?.legs[legOfLine(line.id)]);
  const far = useCell(signals, (now) => now?.far[line.id]);
  // A paired field phone tells of itself between calls too.
  if (!isUnsafe(line.state) && (line.kind !== 'field' || far === undefined)) return null;
  const w = words.lines.far;
  const facts: readonly { readonly text: string; readonly isBad: boolean }[] = [
    ...(leg === undefined ? [] : [{ text: words.lines.legs[leg.state], isBad: leg.state === 'lost' || leg.state === 'amber' }]),
    ...(leg !== undefined && leg.lost > 0 ? [{ text: words.lines.lossy(leg.lost), isBad: leg.lost > 5 }] : []),
    ...(far === undefined || (line.kind === 'field' && far.mic === 'none')
      ? []
      : [{ text: w.mic[far.mic] ?? far.mic, isBad: far.mic === 'dead' || far.mic === 'denied' }]),
    ...(far?.foreground === false ? [{ text: w.background, isBad: true }] : []),
    ...(far?.battery === undefined
      ? []
      : [
          {
            text: w.battery(Math.round(far.battery * 100), far.charging === true),
            isBad: far.battery <= LOW_BATTERY && far.charging !== true,
          },
        ]),
    ...(far?.network === undefined ? [] : [{ text: far.network, isBad: false }]),
  ];
  return (
    <div className="far">
      {isUnsafe(line.state) && <Level leg={legOfLine(line.id)} />}
      <ul>
        {facts.map(({ text, isBad }) => (
          <li key={text} className={isBad ? 'bad' : ''}>
            <Said text={text} />
          </li>
        ))}
      </ul>
      {isUnsafe(line.state) && <p className="soft">{words.lines.phoneWarning}</p>}
    </div>
  );
}

/** Echo cancellation of the far end: what is asked for, and whether their phone follows. */
function EchoPart({ line, mayAct }: { readonly line: Line; readonly mayAct: boolean }) {
  const desk = useDesk();
  const { run, isBusy, refusal } = useAsk(desk);
  const isOn = isEchoOn(useIncident().echo, line.id);
  const theirs = useCell(desk.signals, (now) => now?.far[line.id]?.echo);
  const w = words.lines.echo;
  if (line.state === 'closed' || line.state === 'idle') return null;
  return (
    <div className="echo">
      <p className="soft">
        {isOn ? w.on : w.off} {theirs !== undefined && theirs !== isOn && <strong className="bad">{w.differs}</strong>}
      </p>
      {mayAct && (
        <button
          type="button"
          className="quiet"
          aria-busy={isBusy}
          onClick={() => void run({ type: 'set-line-echo', lineId: line.id, on: !isOn })}
        >
          {isOn ? w.turnOff : w.turnOn}
        </button>
      )}
      <Refused refusal={refusal} />
    </div>
  );
}

/** Every listener to the subject, as the sound server has it now. */
function HeardBy({ line }: { readonly line: Line }) {
  const edges = useCell(useDesk().signals, (now) => now?.edges);
  const names = useNames();
  if (!isUnsafe(line.state)) return null;
  const listeners = (edges ?? []).filter((edge) => edge.from === legOfLine(line.id)).flatMap((edge) => personOfLeg(edge.to) ?? []);
  return (
    <p className="heard-by">
      {words.lines.heardBy}:{' '}
      {listeners.length === 0 ? (
        words.lines.heardByNobody
      ) : (
        <Say parts={listeners.flatMap((id, i) => (i === 0 ? [{ said: names.person(id) }] : [', ', { said: names.person(id) }]))} />
      )}
    </p>
  );
}

function LinkPart({ line }: { readonly line: Line }) {
  const known = useCell(useDesk().links, (links) => links[line.id]);
  const isCalm = line.state === 'idle' && line.admitted === null;
  return (
    <details open={isCalm}>
      <summary>{words.lines.showLink}</summary>
      <p className={line.reach === 'anywhere' ? 'soft' : 'warn'}>{reachWords[line.reach]}</p>
      {known === undefined ? (
        <p className="soft">{words.lines.forgotten}</p>
      ) : (
        <>
          <HandOut label={words.lines.address} url={known.url} mayCopy={line.reach !== 'this-box'} />
          {line.reach === 'this-box' && (
            <a className="button" href={known.url} target="_blank" rel="noopener noreferrer">
              {words.lines.open}
            </a>
          )}
        </>
      )}
      {line.admitted === null && <p className="soft">{words.lines.expires(clockText(line.expiresAt))}</p>}
    </details>
  );
}

function History({ line }: { readonly line: Line }) {
  if (line.attempts.length === 0) return null;
  const numbered = line.attempts.map((attempt, number) => ({ ...attempt, number })).reverse();
  return (
    <details>
      <summary>{words.lines.history}</summary>
      <ol className="history">
        {numbered.map(({ at, what, cause, number }) => (
          <li key={number}>
            <time>{clockText(at)}</time> {lineEventWords(what)}: <Said text={cause} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function Acts({ line }: { readonly line: Line }) {
  const desk = useDesk();
  const { run, isBusy, refusal } = useAsk(desk);
  const lineId = line.id;
  const mayEnd = isUnsafe(line.state);
  return (
    <>
      <div className="row acts">
        {line.state === 'live' && (
          <button type="button" aria-busy={isBusy} onClick={() => void run({ type: 'hold-line', lineId })}>
            {words.lines.hold}
          </button>
        )}
        {line.state === 'held' && (
          <button type="button" className="primary" aria-busy={isBusy} onClick={() => void run({ type: 'resume-line', lineId })}>
            {words.lines.resume}
          </button>
        )}
        {mayEnd && (
          <HoldButton
            name={words.lines.end}
            help={words.talk.hold}
            className="danger"
            ms={END_MS}
            onHeld={() => void run({ type: 'end-line', lineId, reason: words.lines.endReason })}
          />
        )}
        {line.state !== 'closed' && !mayEnd && (
          <HoldButton
            name={words.lines.revoke}
            help={words.talk.hold}
            className="quiet"
            ms={END_MS}
            onHeld={() => void run({ type: 'revoke-line', lineId, reason: words.lines.revokeReason })}
          />
        )}
      </div>
      <Refused refusal={refusal} />
    </>
  );
}

/** The sound of a line on hold: off unless the leader holds the key under an authority; shown to all while it is on. */
function RoomMonitor({ line }: { readonly line: Line }) {
  const desk = useDesk();
  const { run, isBusy, refusal } = useAsk(desk);
  const roles = useMyRoles();
  const isOn = useIncident().monitor[line.id] !== undefined;
  if (!line.onHold) return null;
  const mayStop = roles.some((role) => role === 'commander' || MAY_ACT.includes(role));
  const command = (type: 'start-room-monitor' | 'stop-room-monitor') => () => void run({ type, lineId: line.id });
  return (
    <>
      <p className={isOn ? 'clock clock-warn' : 'soft'} role="status">
        {isOn ? words.authority.monitorRuns : words.authority.monitorOff}
      </p>
      {isOn && mayStop && (
        <button type="button" className="primary" aria-busy={isBusy} onClick={command('stop-room-monitor')}>
          {words.authority.stopMonitor}
        </button>
      )}
      {!isOn && roles.includes('leader') && line.state === 'held' && (
        <HoldButton
          name={words.authority.startMonitor}
          help={words.talk.hold}
          className="quiet"
          isBusy={isBusy}
          ms={MONITOR_MS}
          onHeld={command('start-room-monitor')}
        />
      )}
      <Refused refusal={refusal} />
    </>
  );
}

export function LineCard({ line }: { readonly line: Line }) {
  const now = useServerNow(useDesk());
  const name = useNames().line(line.id);
  const mayAct = useMyRoles().some((role) => MAY_ACT.includes(role));
  const { mode } = phoneOf(useIncident().phones, line.id);
  const field = line.kind === 'field' ? fieldHelp(line, mode) : null;
  return (
    <article className={`line-card state-${line.state}`} aria-label={name} data-line={line.id} data-state={line.state}>
      <header>
        <h3>
          <Said text={name} />
        </h3>
        <p className="line-state">
          {field?.state ?? lineStateWords[line.state]} <span className="line-time">{durationText(now - line.since)}</span>
        </p>
        <p className="soft">{field?.help ?? lineHelp[line.state]}</p>
        {line.unconfirmed && <p className="warn">{words.lines.unconfirmed}</p>}
      </header>
      {line.waiting.map((device) => (
        <Waiting key={device.deviceId} line={line} device={device} mayAct={mayAct} />
      ))}
      <PhonePart line={line} />
      <FarEnd line={line} />
      <HeardBy line={line} />
      {mayAct && <Acts line={line} />}
      <RoomMonitor line={line} />
      <AgainPart line={line} />
      <EchoPart line={line} mayAct={mayAct} />
      {mayAct && <LinePicture line={line} />}
      {line.state !== 'closed' && <LinkPart line={line} />}
      <History line={line} />
    </article>
  );
}
