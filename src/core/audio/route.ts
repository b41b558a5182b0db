// Who hears whom, and who sees what: state and people present -> edges speaker>listener. Pure, total, default deny. No slots, no packets.

import { camOfLine, camOfPerson, maySeeLine, seeOfPerson } from '../incident/cameras.ts';
import { isBareLoudspeaker } from '../incident/gear.ts';
import { isOver } from '../incident/incident.ts';
import { legOfPerson } from '../incident/legs.ts';
import { isAside, type Line, legOfLine } from '../incident/lines.ts';
import { hasRole, MAY_HOLD_FLOOR, type Member } from '../incident/people.ts';
import { microphoneIsOpen, phoneOf, voiceFor } from '../incident/phones.ts';
import type { Role } from '../incident/topic.ts';
import type { IncidentState } from '../incident/topics.ts';
import { type Channel, MAY_SPEAK } from '../incident/voice.ts';
import { inWindow } from '../incident/windows.ts';
import { isUnsafe } from '../line/machine.ts';
import { isHeard } from './kept.ts';

/** The source that sounds on a held line. */
export const COMFORT = 'comfort';

/** Most cameras that one person is shown. */
export const MAX_VIEWS = 4;

/** Why a voice or a picture goes somewhere. */
export type EdgeWhy = 'floor' | 'subject' | 'monitor' | 'comfort' | 'line' | 'picture' | 'scene' | Channel;

/** One directed way for a voice or a picture, from a leg to a leg. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly why: EdgeWhy;
  /** False only for the floor holder and the subject: that edge survives any failure but its own (A9). */
  readonly leased: boolean;
}

const everyone: readonly Role[] = [
  'primary',
  'coach',
  'leader',
  'scribe',
  'intelligence',
  'technical',
  'consultant',
  'tactical-liaison',
  'tactical',
  'commander',
];

/** Who hears what (products 3.2, with design 5 above it). The line: the subject and whoever speaks to him. */
const MAY_HEAR: Readonly<Record<'line' | Channel, readonly Role[]>> = {
  line: everyone,
  ear: ['primary', 'leader', 'scribe'],
  table: ['coach', 'leader', 'scribe', 'intelligence', 'technical', 'consultant', 'tactical-liaison'],
  tactical: ['leader', 'tactical-liaison', 'tactical', 'commander'],
  command: ['leader', 'tactical', 'commander'],
};

function hearers(state: IncidentState, what: 'line' | Channel): readonly Member[] {
  const trainer: readonly Role[] = state.incident.exercise ? ['trainer'] : [];
  return Object.values(state.people).filter((m) => hasRole(state.people, m.personId, ...MAY_HEAR[what], ...trainer));
}

/** The holder of the floor and, in a third party's or an interpreter's turn, who must hear to help. */
function lineHearers(state: IncidentState): readonly Member[] {
  const inTurn = Object.values(state.people).filter(
    (m) => m.roles.includes('interpreter') || (m.personId === state.floor.holder && m.roles.length > 0),
  );
  return [...new Set([...hearers(state, 'line'), ...inTurn])];
}

/** True when this person may be heard by anyone at all (A4, A5). */
function maySpeak(member: Member | undefined): member is Member {
  return member !== undefined && member.roles.length > 0 && !member.noTalk;
}

/** Whether the holder may be heard by the far end: in his own right, or as a third party only while his window is open (A7). */
function mayHoldNow(state: IncidentState, holder: Member): boolean {
  return holder.roles.some((r) => MAY_HOLD_FLOOR.includes(r)) || inWindow(state.windows) === holder.personId;
}

function toMany(from: string, members: readonly Member[], why: EdgeWhy): readonly Edge[] {
  return members
    .map((m) => legOfPerson(m.personId))
    .filter((to) => to !== from)
    .map((to) => ({ from, to, why, leased: true }));
}

/** The leg that speaks on a line, or null. One microphone has one way: while it is open to another channel, the far end gets the comfort sound. */
function speakerOn(state: IncidentState, line: Line): string | null {
  const voice = voiceFor(state, line);
  const member = voice === null ? undefined : state.people[voice];
  const mayBeHeard = maySpeak(member) && mayHoldNow(state, member) && state.voice[member.personId] === undefined;
  return mayBeHeard ? legOfPerson(member.personId) : null;
}

/** The subject's side of every line: what it hears (one source at most) and who hears it. */
function lineEdges(state: IncidentState): readonly Edge[] {
  const audience = lineHearers(state);
  const all: Edge[] = [];
  let taken = false;
  for (const line of Object.values(state.lines.byId)) {
    if (!isUnsafe(line.state)) continue;
    const leg = legOfLine(line.id);
    // A loudhailer's voice is a lease, and there is no sound at all between two presses of its key.
    const isLoudhailer = line.kind === 'field' && phoneOf(state.phones, line.id).mode === 'loudhailer';
    const speaker = speakerOn(state, line);
    const mayHear = line.state === 'live' && !taken;
    if (mayHear) taken = true;
    if (mayHear && speaker !== null) all.push({ from: speaker, to: leg, why: 'floor', leased: isLoudhailer });
    else if (!isLoudhailer && (line.state === 'live' || line.state === 'held'))
      all.push({ from: COMFORT, to: leg, why: 'comfort', leased: false });
    // On hold the far end is not heard, but for room monitor (A34); a field phone's microphone must have been opened (A38).
    const why = line.onHold ? 'monitor' : 'subject';
    for (const edge of microphoneIsOpen(state, line) && isHeard(state, line) ? toMany(leg, audience, why) : []) {
      all.push(mayHear && edge.to === speaker && !isLoudhailer ? { ...edge, leased: false } : edge);
    }
    if (mayHear && speaker !== null) all.push(...toMany(speaker, audience, 'line'));
  }
  return all;
}

/** Who listens to a channel: the primary sits at the table only while no far end hears him, or may soon (design 5, held; A9). */
function listenersTo(state: IncidentState, channel: Channel): readonly Member[] {
  const listeners = hearers(state, channel);
  if (channel !== 'table' || !isAside(state.lines)) return listeners;
  return [...new Set([...listeners, ...Object.values(state.people).filter((m) => m.roles.includes('primary'))])];
}

/** Who speaks on a channel; the trainer's way into the ear exists in an exercise only (A3). */
function mayUse(state: IncidentState, personId: string, channel: Channel): boolean {
  const roles = state.incident.exercise ? MAY_SPEAK[channel] : MAY_SPEAK[channel].filter((r) => r !== 'trainer');
  return hasRole(state.people, personId, ...roles);
}

function channelEdges(state: IncidentState): readonly Edge[] {
  let earTaken = false;
  return Object.entries(state.voice).flatMap(([personId, channel]) => {
    const member = state.people[personId];
    if (!maySpeak(member) || !mayUse(state, personId, channel)) return [];
    if (channel === 'ear') {
      if (earTaken) return [];
      earTaken = true;
    }
    const leaks = (id: string) => (channel === 'ear' || channel === 'table') && isBareLoudspeaker(state.gear, id);
    if (leaks(personId)) return [];
    const listeners = listenersTo(state, channel).filter((m) => !leaks(m.personId));
    return toMany(legOfPerson(personId), listeners, channel);
  });
}

/** Who may hear the line sees its far end, if that agreed, and the scene. Nothing of it goes to a line, ever (A1). */
function pictureEdges(state: IncidentState, present: ReadonlySet<string>): readonly Edge[] {
  const far = Object.keys(state.lines.byId).filter((id) => maySeeLine(state, id));
  const scenes = Object.keys(state.cameras.scenes).filter((id) => (state.people[id]?.roles.length ?? 0) > 0);
  const all = [
    ...far.map((id) => ({ from: camOfLine(id), why: 'picture' as const })),
    ...scenes.map((id) => ({ from: camOfPerson(id), why: 'scene' as const })),
  ].filter(({ from }) => present.has(from));
  return hearers(state, 'line').flatMap(({ personId }) => {
    const others = all.filter(({ from }) => from !== camOfPerson(personId));
    return others.slice(0, MAX_VIEWS).map(({ from, why }) => ({ from, to: seeOfPerson(personId), why, leased: true }));
  });
}

/** The edges that should be, for this state and the legs that are there. Nothing is remembered between calls.
 *  @param present names of legs that have a transport; edges from or to others are left out. `comfort` is always there.
 *  @returns at most one edge for each pair of speaker and listener. Rules A1 to A5, A7, A9, A11, A23 to A25. */
export function route(state: IncidentState, present: ReadonlySet<string>): readonly Edge[] {
  if (state.incident.openedAt === null || isOver(state.incident)) return [];
  const pairs = new Map<string, Edge>();
  for (const edge of [...lineEdges(state), ...channelEdges(state), ...pictureEdges(state, present)]) {
    const here = (edge.from === COMFORT || present.has(edge.from)) && present.has(edge.to);
    const key = `${edge.from}>${edge.to}`;
    if (here && !pairs.has(key)) pairs.set(key, edge);
  }
  return [...pairs.values()];
}
