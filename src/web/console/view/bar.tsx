// The bar that is always there: the light, the floor, my microphone, the recording, the age of what is shown.
import { type ReactNode, useState } from 'react';
import { withheld } from '../../../core/audio/kept.ts';
import { headerOf } from '../../../core/incident/header.ts';
import { isOver } from '../../../core/incident/incident.ts';
import { DISK_LEG, type Recording } from '../../../core/incident/recording.ts';
import type { Channel } from '../../../core/incident/voice.ts';
import { lightOf, STALE_MS } from '../store/light.ts';
import { liveLine, unsafeLine } from '../store/live.ts';
import { makeOverdue } from '../store/overdue.ts';
import type { SoundView } from '../store/sound.ts';
import { recordedNow } from '../store/unrecorded.ts';
import { visible } from '../store/visible.ts';
import { headerWords } from '../words/header.ts';
import { words } from '../words.ts';
import { CloseDialog } from './close-dialog.tsx';
import { CustodyButton } from './custody.tsx';
import { useDesk, useIncident, useMyId, useMyRoles, useNames } from './desk-context.ts';
import { durationText, useCell, useServerNow, useTick } from './hooks.ts';
import { Level } from './level.tsx';
import { RaiseAlarm } from './messages/alarm.tsx';
import { Said, Say } from './said.tsx';
import { Tools } from './tools.tsx';

interface Reading {
  readonly value: ReactNode;
  readonly help: ReactNode;
  readonly tone: 'calm' | 'act' | 'warn' | 'alarm';
}

function Gauge({ name, reading, children }: { readonly name: string; readonly reading: Reading; readonly children?: ReactNode }) {
  return (
    <section className={`gauge tone-${reading.tone}`} aria-label={name}>
      <span className="gauge-name">{name}</span>
      <span className="gauge-value">{reading.value}</span>
      <span className="gauge-help">{reading.help}</span>
      {children}
    </section>
  );
}

/** The line that makes it unsafe, with the time it has been so. */
function LightDetail() {
  const { lines } = useIncident();
  const names = useNames();
  const now = useServerNow(useDesk());
  const line = unsafeLine(lines);
  if (line === undefined) return <>{words.lightHelp['not-safe']}</>;
  return (
    <>
      <Say parts={[{ said: names.line(line.id) }]} /> {durationText(now - line.since)}
    </>
  );
}

function LightSign() {
  const desk = useDesk();
  const isLoaded = useCell(desk.store.view, (view) => view.isLoaded);
  const { unsafe } = useIncident().lines;
  const light = useTick(500, () => lightOf({ isLoaded, unsafe, ageMs: desk.dataAgeMs() }));
  return (
    <section className={`light light-${light}`} role="status" aria-label={words.light[light]}>
      <span className="light-word">{words.light[light]}</span>
      <span className="light-help">{light === 'not-safe' ? <LightDetail /> : words.lightHelp[light]}</span>
    </section>
  );
}

function FloorGauge() {
  const { floor, lines } = useIncident();
  const me = useMyId();
  const names = useNames();
  const offered =
    floor.offeredTo === null ? null : floor.offeredTo === me ? (
      words.floor.offeredYou
    ) : (
      <Say parts={words.floor.offered(names.person(floor.offeredTo))} />
    );
  const asked = floor.askedBy === null ? null : <Say parts={words.floor.askedBy(names.person(floor.askedBy))} />;
  const isLive = liveLine(lines) !== undefined;
  const value =
    floor.holder === null ? (
      words.floor.nobody
    ) : floor.holder === me ? (
      words.floor.you
    ) : (
      <Say parts={[{ said: names.person(floor.holder) }]} />
    );
  const turn = floor.turnOf === null ? null : <Say parts={words.turn.of(names.person(floor.turnOf))} />;
  const help =
    offered ??
    asked ??
    turn ??
    (floor.holder === null ? words.floor.empty : isLive ? words.floor.subjectHears : words.microphone.floorQuietHelp);
  const tone = floor.holder === null && isLive ? 'alarm' : floor.offeredTo === me ? 'act' : floor.holder === me ? 'act' : 'calm';
  return <Gauge name={words.floor.label} reading={{ value, help, tone }} />;
}

function microphoneReading(
  sound: SoundView,
  what: { readonly hasFloor: boolean; readonly isLive: boolean; readonly channel: Channel | undefined; readonly tries: number },
): Reading {
  const w = words.microphone;
  if (!sound.isJoined) return { value: w.noSound, help: w.noSoundHelp, tone: 'warn' };
  if (sound.microphone === 'denied') return { value: w.denied, help: w.deniedHelp, tone: 'alarm' };
  if (sound.microphone === 'dead') return { value: w.dead, help: w.deadHelp, tone: 'alarm' };
  if (sound.refused !== null && sound.path !== 'up') return { value: w.noSound, help: sound.refused.why, tone: 'alarm' };
  if (sound.path === 'lost') return { value: w.lost(what.tries), help: w.lostHelp, tone: 'alarm' };
  if (sound.path !== 'up') return { value: w.opening, help: '', tone: 'warn' };
  if (sound.isMuted) return { value: w.muted, help: w.mutedHelp, tone: what.hasFloor ? 'alarm' : 'warn' };
  if (what.channel !== undefined) return { value: w.openTo(what.channel), help: w.openToHelp, tone: 'act' };
  if (what.hasFloor)
    return what.isLive ? { value: w.floor, help: w.floorHelp, tone: 'act' } : { value: w.floorQuiet, help: w.floorQuietHelp, tone: 'calm' };
  return { value: w.closed, help: w.closedHelp, tone: 'calm' };
}

function MicrophoneGauge() {
  const desk = useDesk();
  const sound = useCell(desk.sound.view);
  const { floor, lines, voice } = useIncident();
  const me = useMyId();
  const reading = microphoneReading(sound, {
    hasFloor: floor.holder === me,
    isLive: liveLine(lines) !== undefined,
    channel: voice[me],
    tries: desk.sound.tries(),
  });
  return (
    <Gauge name={words.microphone.label} reading={reading}>
      <Level leg={`person.${me}`} />
    </Gauge>
  );
}

/** A file begins within a fifth of a second; what has none after this long is an alarm, ms. */
const RECORDING_DUE_MS = 2_000;

/** A voice that is not recorded before a disk that gets full; that before what follows from it. */
function worst(alarms: Recording['alarms']): Recording['alarms'][number] | undefined {
  const ofDisk = alarms.find(({ leg }) => leg === DISK_LEG);
  return alarms.find(({ leg, alarm }) => leg !== DISK_LEG && alarm !== 'disk-low') ?? ofDisk ?? alarms[0];
}

function useRecordingReading(): Reading {
  const [overdue] = useState(() => makeOverdue(RECORDING_DUE_MS));
  const desk = useDesk();
  const signals = useCell(desk.signals);
  const state = useIncident();
  const { recording } = state;
  const kept = withheld(state);
  const names = useNames();
  const w = words.recording;
  const { wanted, missing } = recordedNow(signals?.legs ?? {}, kept);
  const missed = useTick(1_000, () => overdue.look(missing, performance.now())).map(names.leg);
  const alarm = worst(recording.alarms);
  if (signals?.logWritable === false) return { value: w.logDead, help: w.logDeadHelp, tone: 'alarm' };
  if (alarm?.leg === DISK_LEG)
    return { value: w.disk[alarm.alarm] ?? w.alarm, help: w.diskHelp[alarm.alarm] ?? alarm.detail, tone: 'alarm' };
  if (alarm !== undefined) return { value: w.alarm, help: <Say parts={w.alarmHelp(names.leg(alarm.leg), alarm.detail)} />, tone: 'alarm' };
  if (missed.length > 0) return { value: w.not, help: <Say parts={w.notHelp(missed.join(', '))} />, tone: 'alarm' };
  if (kept.unrecorded.length > 0) return { value: w.noAuthority, help: w.noAuthorityHelp, tone: 'alarm' };
  return wanted.length === 0
    ? { value: w.none, help: w.noneHelp, tone: 'calm' }
    : { value: w.on(wanted.length), help: w.onHelp, tone: 'calm' };
}

function RecordingGauge() {
  return <Gauge name={words.recording.label} reading={useRecordingReading()} />;
}

function useDataReading(): Reading {
  const desk = useDesk();
  const { is } = useCell(desk.link);
  const isLoaded = useCell(desk.store.view, (view) => view.isLoaded);
  const worker = useCell(desk.signals, (signals) => signals?.worker ?? 'none');
  const path = useCell(desk.sound.view, (sound) => sound.path);
  const ageMs = useTick(500, () => desk.dataAgeMs());
  const age = durationText(ageMs);
  const w = words.data;
  if (is === 'outdated') return { value: w.outdated, help: w.outdatedHelp, tone: 'alarm' };
  if (is === 'lost') return { value: w.lost(age), help: path === 'up' ? w.lostSoundUp : w.lostHelp, tone: 'alarm' };
  if (is === 'connecting') return { value: w.connecting, help: '', tone: 'warn' };
  if (!isLoaded) return { value: w.loading, help: '', tone: 'warn' };
  const help = w.worker[worker];
  if (worker === 'down') return { value: w.fresh, help, tone: 'alarm' };
  return ageMs > STALE_MS ? { value: w.stale(age), help, tone: 'warn' } : { value: w.fresh, help, tone: 'calm' };
}

function DataGauge() {
  return <Gauge name={words.data.label} reading={useDataReading()} />;
}

function CloseIncident() {
  const { incident, lines } = useIncident();
  const isLeader = useMyRoles().includes('leader');
  const [isOpen, setOpen] = useState(false);
  // While a line is not safe it could only be refused, and the place is needed.
  if (!isLeader || incident.openedAt === null || isOver(incident) || lines.unsafe > 0) return null;
  return (
    <>
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        {words.incident.menu}
      </button>
      {isOpen && <CloseDialog onClose={() => setOpen(false)} />}
    </>
  );
}

/** Place, kind and status of the header, in one line; nothing before somebody filled it in. */
function HeaderLine() {
  const header = headerOf(useIncident());
  if (header === undefined) return null;
  const { place, kind, status } = header.fields;
  const text = [place, kind === 'not-known' ? '' : (headerWords.choices?.kind?.[kind] ?? kind), status]
    .filter((one) => one !== '')
    .join(' · ');
  return (
    <p className="bar-place soft" title={visible(text)}>
      <Said text={text} />
    </p>
  );
}

export function Bar({ onHome }: { readonly onHome: () => void }) {
  const { title, exercise, closing, closedAt } = useIncident().incident;
  return (
    <header className="bar">
      <LightSign />
      <FloorGauge />
      <MicrophoneGauge />
      <RecordingGauge />
      <DataGauge />
      <div className="bar-end">
        <h1>
          <Say parts={[{ said: title }]} />
          {exercise && <span className="tag">{words.exercise}</span>}
          {closing !== null && closedAt === null && <span className="tag">{words.closingIncident}</span>}
          {closedAt !== null && <span className="tag">{words.closedIncident}</span>}
        </h1>
        <HeaderLine />
        <div className="row">
          <RaiseAlarm />
          <Tools />
          <CloseIncident />
          <CustodyButton />
          <button type="button" className="quiet" onClick={onHome}>
            {words.bar.home}
          </button>
        </div>
      </div>
    </header>
  );
}
