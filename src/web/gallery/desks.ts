// A desk without a server: what an incident's screen needs, standing still over a told incident. Every press is answered by
// "no connection", as on a console that has none.

import { legOfPerson } from '../../core/incident/legs.ts';
import { legOfLine } from '../../core/incident/lines.ts';
import type { LegSignal, Signals } from '../../protocol/team.ts';
import { makeAgain } from '../console/store/again.ts';
import { source } from '../console/store/cell.ts';
import { makeCommands, newCommandId } from '../console/store/commands.ts';
import type { Link } from '../console/store/connection.ts';
import type { Desk, KnownLinks } from '../console/store/desk.ts';
import { makeIncidentStore } from '../console/store/incident-store.ts';
import { makeLoudhailer } from '../console/store/loudhailer.ts';
import { FIRST_GEAR, type SoundView } from '../console/store/sound.ts';
import { makeTalk } from '../console/store/talk.ts';
import { realTiming } from '../line/timing.ts';
import { ANNA, type Story } from './story.ts';

/** What differs from a console in good order. */
export interface Still {
  readonly me?: string;
  readonly link?: Partial<Link>;
  readonly sound?: Partial<SoundView>;
  readonly signals?: Partial<Signals>;
  readonly isLoaded?: boolean;
  readonly ageMs?: number;
  readonly links?: KnownLinks;
}

const NOTHING = () => {};
const QUIET: LegSignal = { state: 'up', db: -34, lost: 0, recording: true };

/** Everybody with a role is here, in the call, and heard well; so is every line that is up. */
function signalsOf({ state }: Story): Signals {
  const people = Object.values(state.people).filter(({ roles }) => roles.length > 0);
  const lines = Object.values(state.lines.byId).filter((line) => ['live', 'held'].includes(line.state));
  const legs = [...people.map(({ personId }) => legOfPerson(personId)), ...lines.map(({ id }) => legOfLine(id))];
  return {
    at: Date.now(),
    legs: Object.fromEntries(legs.map((leg) => [leg, QUIET])),
    present: people.map(({ personId }) => ({ personId, muted: false })),
    far: Object.fromEntries(lines.map(({ id }) => [id, { mic: 'ok', foreground: true, battery: 0.62, network: '4g', echo: true }])),
    edges: lines.flatMap(({ id }) => people.map(({ personId }) => ({ from: legOfLine(id), to: legOfPerson(personId), why: 'subject' }))),
    worker: 'up',
    logWritable: true,
    unlogged: [],
  };
}

/** A desk over a told incident. */
export function deskFor(story: Story, still: Still = {}): Desk {
  const { me = ANNA, isLoaded = true } = still;
  const roles = story.state.people[me]?.roles ?? [];
  const store = makeIncidentStore();
  store.welcome(isLoaded ? story.state.seq : story.state.seq + 1, roles);
  store.take(story.entries);
  const you = { personId: me, name: story.state.people[me]?.name ?? me, roles: [...roles] };
  const link = source<Link>({ is: 'up', you, ice: [], relayOnly: false, clockOffsetMs: 0, ...still.link });
  const sound = source<SoundView>({
    isJoined: true,
    path: 'up',
    microphone: 'ok',
    isMuted: false,
    mayBeHeard: story.state.floor.holder === me,
    gear: { ...FIRST_GEAR, kind: 'headset' },
    refused: null,
    ...still.sound,
  });
  const commands = makeCommands({ timing: realTiming, send: () => false, newId: newCommandId });
  const noTracks = source<readonly MediaStreamTrack[]>([]);
  const noSlots = source<readonly (string | null)[]>([]);
  return {
    incidentId: 'incident1',
    store,
    link,
    commands,
    talk: makeTalk(commands),
    loudhailer: makeLoudhailer({ commands, send: () => false, timing: realTiming }),
    sound: {
      view: sound,
      tracks: noTracks,
      slots: noSlots,
      join: NOTHING,
      leave: NOTHING,
      wear: NOTHING,
      echoIsOn: () => false,
      tries: () => 4,
      mute: (isMuted) => sound.set({ ...sound.get(), isMuted }),
      setMayBeHeard: NOTHING,
      wayIsOpen: NOTHING,
      receive: NOTHING,
    },
    gear: { say: NOTHING, stop: NOTHING },
    again: makeAgain('incident1'),
    pictures: {
      tracks: noTracks,
      slots: noSlots,
      camera: source('off' as const),
      refused: source(null),
      watch: NOTHING,
      openCamera: NOTHING,
      closeCamera: NOTHING,
      setMayShow: NOTHING,
      ownPicture: () => null,
      wayIsOpen: NOTHING,
      receive: NOTHING,
    },
    signals: source<Signals | null>({ ...signalsOf(story), ...still.signals }),
    links: source<KnownLinks>(still.links ?? {}),
    addLink: NOTHING,
    dataAgeMs: () => still.ageMs ?? 200,
    close: NOTHING,
  };
}
