// Topic: cameras: the team asks the person on a line for a picture, he says yes or no; team members show the scene. Who sees what is route.ts's.
import { z } from 'zod';
import type { Line, Lines } from './lines.ts';
import { isAdmittedDevice } from './lines.ts';
import { hasRole, type People } from './people.ts';
import { command, type Draft, entry, idOf, refuse, type Topic } from './topic.ts';

/** A far end's camera. `asked`: the question stands. `on`: the person agreed. */
export interface LineCamera {
  readonly state: 'asked' | 'on';
  readonly since: number;
}

export interface Cameras {
  /** By line; a line without an entry was not asked, said no, or stopped. */
  readonly byLine: Readonly<Record<string, LineCamera>>;
  /** Team members whose device shows the scene, by person. */
  readonly scenes: Readonly<Record<string, { readonly since: number }>>;
}

type State = { cameras: Cameras; lines: Lines; people: People };

const initial: Cameras = { byLine: {}, scenes: {} };
const onLine = z.strictObject({ lineId: idOf });
const stopped = onLine.extend({ cause: z.string().max(200) });
const ofPerson = z.strictObject({ personId: idOf });
const CAMERA = 'cam.';
const WATCHER = 'see.';

/** The leg that carries the picture of a line's far end. */
export const camOfLine = (lineId: string): string => `${CAMERA}${lineId}`;
/** The leg that carries the picture of a team member's device. */
export const camOfPerson = (personId: string): string => `${CAMERA}${personId}`;
/** The leg by which a team member sees. */
export const seeOfPerson = (personId: string): string => `${WATCHER}${personId}`;
/** Whose camera a leg is, a line's or a person's id; null for any other leg. */
export const ownerOfCamera = (leg: string): string | null => (leg.startsWith(CAMERA) ? leg.slice(CAMERA.length) : null);
/** The person who sees by a leg; null for any other leg. */
export const viewerOfLeg = (leg: string): string | null => (leg.startsWith(WATCHER) ? leg.slice(WATCHER.length) : null);

const CALLS: readonly Line['state'][] = ['live', 'held', 'lost'];

/** The line's camera in the call that goes on now; what was asked or agreed in an earlier call is void. */
export function cameraOfLine(state: { readonly cameras: Cameras; readonly lines: Lines }, lineId: string): LineCamera | undefined {
  const line = state.lines.byId[lineId];
  const camera = state.cameras.byLine[lineId];
  if (line === undefined || camera === undefined || !CALLS.includes(line.state)) return undefined;
  const isOver = line.attempts.some(({ what, at }) => (what === 'ended' || what === 'closed') && at >= camera.since);
  return isOver ? undefined : camera;
}

/** True while the far end of this line agreed to be seen and the call goes on. */
export function maySeeLine(state: { readonly cameras: Cameras; readonly lines: Lines }, lineId: string): boolean {
  return cameraOfLine(state, lineId)?.state === 'on';
}

/** True while this leg may send pictures: by consent, or as a team member's scene camera. */
export function maySendPictures(state: State, leg: string): boolean {
  const owner = ownerOfCamera(leg);
  if (owner === null) return false;
  const isTeam = (state.people[owner]?.roles.length ?? 0) > 0;
  return maySeeLine(state, owner) || (isTeam && state.cameras.scenes[owner] !== undefined);
}

function stopLine(state: State, lineId: string, cause: string): readonly Draft[] {
  return state.cameras.byLine[lineId] === undefined ? [] : [{ type: 'camera-stopped', payload: { lineId, cause } }];
}

function without<V>(all: Readonly<Record<string, V>>, id: string): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => key !== id));
}

const NOT_ASKED = refuse('A23', 'No question for a picture stands on this line.', 'The team has to ask first.');

export const camerasTopic = {
  name: 'cameras' as const,
  initial,
  commands: {
    'ask-camera': command({
      by: ['primary', 'coach', 'leader'],
      schema: onLine,
      decide: (state: State, { lineId }) => {
        const line = state.lines.byId[lineId];
        if (line === undefined || !CALLS.includes(line.state))
          return refuse('A23', 'There is no call on this line.', 'Ask for a picture during a call.');
        return cameraOfLine(state, lineId) === undefined ? [{ type: 'camera-asked', payload: { lineId } }] : [];
      },
    }),
    /** The person at the far end answers the question. Nobody else can. */
    'answer-camera': command({
      by: ['device'],
      schema: onLine.extend({ yes: z.boolean() }),
      decide: (state: State, { lineId, yes }, { who }) => {
        const isIts = isAdmittedDevice(state.lines.byId[lineId], who) && who.kind === 'device' && who.lineId === lineId;
        if (!isIts || cameraOfLine(state, lineId)?.state !== 'asked') return NOT_ASKED;
        return [{ type: yes ? 'camera-allowed' : 'camera-declined', payload: { lineId } }];
      },
    }),
    'stop-camera': command({
      by: ['primary', 'coach', 'leader', 'device'],
      schema: onLine,
      decide: (state: State, { lineId }, { who }) => {
        if (who.kind === 'device' && !(who.lineId === lineId && isAdmittedDevice(state.lines.byId[lineId], who))) return NOT_ASKED;
        return stopLine(state, lineId, who.kind === 'device' ? 'stopped at the far end' : 'stopped by the team');
      },
    }),
    'start-scene-camera': command({
      by: ['member'],
      schema: z.strictObject({}),
      decide: (state: State, _, { who }) => {
        if (who.kind !== 'person' || state.cameras.scenes[who.personId] !== undefined) return [];
        return [{ type: 'scene-camera-started', payload: { personId: who.personId } }];
      },
    }),
    /** Everybody may stop his own; the leader any. */
    'stop-scene-camera': command({
      by: ['member'],
      schema: ofPerson,
      decide: (state: State, { personId }, { who }) => {
        if (state.cameras.scenes[personId] === undefined) return [];
        const may = who.kind === 'person' && (who.personId === personId || hasRole(state.people, who.personId, 'leader'));
        return may
          ? [{ type: 'scene-camera-stopped', payload: { personId } }]
          : refuse('A25', 'That is the camera of somebody else.', 'Ask its owner or the leader.');
      },
    }),
  },
  entries: {
    'camera-asked': entry({
      schema: onLine,
      reduce: (cameras: Cameras, { lineId }, { at }): Cameras => ({
        ...cameras,
        byLine: { ...cameras.byLine, [lineId]: { state: 'asked', since: at } },
      }),
    }),
    'camera-allowed': entry({
      schema: onLine,
      reduce: (cameras: Cameras, { lineId }, { at }): Cameras => ({
        ...cameras,
        byLine: { ...cameras.byLine, [lineId]: { state: 'on', since: at } },
      }),
    }),
    'camera-declined': entry({
      schema: onLine,
      reduce: (cameras: Cameras, { lineId }): Cameras => ({ ...cameras, byLine: without(cameras.byLine, lineId) }),
    }),
    'camera-stopped': entry({
      schema: stopped,
      reduce: (cameras: Cameras, { lineId }): Cameras => ({ ...cameras, byLine: without(cameras.byLine, lineId) }),
    }),
    'scene-camera-started': entry({
      schema: ofPerson,
      reduce: (cameras: Cameras, { personId }, { at }): Cameras => ({
        ...cameras,
        scenes: { ...cameras.scenes, [personId]: { since: at } },
      }),
    }),
    'scene-camera-stopped': entry({
      schema: ofPerson,
      reduce: (cameras: Cameras, { personId }): Cameras => ({ ...cameras, scenes: without(cameras.scenes, personId) }),
    }),
  },
} satisfies Topic;
