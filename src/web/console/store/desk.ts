// Everything one open incident needs in a console, put together: store, connection, commands, talk, sound. No view.
import type { MadeLink } from '../../../protocol/http.ts';
import type { FromTeam, Signals } from '../../../protocol/team.ts';
import { realTiming } from '../../line/timing.ts';
import { openSocket } from '../../line/wire.ts';
import { type Again, makeAgain } from './again.ts';
import { type Cell, source } from './cell.ts';
import { type Commands, makeCommands, newCommandId } from './commands.ts';
import { type Link, makeConnection, type Rest } from './connection.ts';
import { browserDevices, type GearTeller, tellGear } from './gear.ts';
import { ask } from './http.ts';
import { type IncidentStore, makeIncidentStore } from './incident-store.ts';
import { type Loudhailer, makeLoudhailer } from './loudhailer.ts';
import { makePictures, type Pictures } from './pictures.ts';
import { rememberGear } from './remembered.ts';
import { makeSound, type Sound } from './sound.ts';
import { makeTalk, type Talk } from './talk.ts';

/** Addresses of links that this console was told, by line. */
export type KnownLinks = Readonly<Record<string, Pick<MadeLink, 'url' | 'warning'>>>;

/** Everything that one open incident needs on a console. */
export interface Desk {
  readonly incidentId: string;
  readonly store: IncidentStore;
  readonly link: Cell<Link>;
  readonly commands: Commands;
  readonly talk: Talk;
  readonly loudhailer: Loudhailer;
  readonly sound: Sound;
  readonly gear: GearTeller;
  readonly again: Again;
  readonly pictures: Pictures;
  readonly signals: Cell<Signals | null>;
  readonly links: Cell<KnownLinks>;
  /** A link that was made here just now. */
  addLink(made: MadeLink): void;
  /** Age of what is shown, ms. */
  dataAgeMs(): number;
  close(): void;
}

async function mayEnter(incidentId: string): Promise<boolean> {
  const answer = await ask<readonly { readonly id: string }[]>('GET', '/api/incidents');
  if (answer.is === 'no-answer') throw new Error('no answer');
  if (answer.is === 'refused') return answer.status >= 500;
  return answer.value.some((one) => one.id === incidentId);
}

/** Opens an incident. `close` ends its sound and its socket. */
export function openDesk(incidentId: string): Desk {
  const timing = realTiming;
  const store = makeIncidentStore();
  const signals = source<Signals | null>(null);
  const links = source<KnownLinks>({});
  const send = (message: FromTeam): boolean => connection.send(message);
  const commands = makeCommands({ timing, send, newId: newCommandId });
  const talk = makeTalk(commands);
  const loudhailer = makeLoudhailer({ commands, send, timing });

  const addLink = ({ lineId, url, warning }: MadeLink) => links.set({ ...links.get(), [lineId]: { url, warning } });

  const onRest = (message: Rest) => {
    if (message.t === 'signals') {
      store.setUnlogged(message.signals.unlogged);
      signals.set(message.signals);
    } else if (message.t === 'link') addLink(message);
    else if (message.t === 'views' || message.t === 'no-picture' || message.t === 'picture-answer' || message.t === 'picture-offer-again')
      pictures.receive(message);
    else sound.receive(message);
  };

  const connection = makeConnection({
    timing,
    wallNow: () => Date.now(),
    open: () => openSocket(`/api/team?incident=${encodeURIComponent(incidentId)}`),
    store,
    commands,
    mayEnter: () => mayEnter(incidentId),
    onUp: () => {
      sound.wayIsOpen();
      pictures.wayIsOpen();
    },
    onRest,
  });
  const sound = makeSound({ timing, send, link: connection.link });
  const gear = tellGear({ sound, commands, devices: browserDevices, remember: rememberGear });
  const again = makeAgain(incidentId);
  const pictures = makePictures({ timing, send, link: connection.link });

  const followLog = () => {
    const { state, isLoaded } = store.view.get();
    const me = connection.link.get().you?.personId;
    // While the log is read again the microphone stays as it was; the server has its own hand on it.
    if (isLoaded && me !== undefined) pictures.setMayShow(state.cameras.scenes[me] !== undefined);
    if (isLoaded && me !== undefined) sound.setMayBeHeard(state.floor.holder === me || state.voice[me] !== undefined);
  };
  const stops = [store.view.subscribe(followLog), connection.link.subscribe(followLog)];
  connection.start();

  return {
    incidentId,
    store,
    link: connection.link,
    commands,
    talk,
    loudhailer,
    sound,
    gear,
    again,
    pictures,
    signals,
    links,
    addLink,
    dataAgeMs: () => connection.silenceMs(),
    close: () => {
      for (const stop of stops) stop();
      talk.release();
      loudhailer.release();
      gear.stop();
      again.stop();
      sound.leave();
      pictures.watch(false);
      pictures.closeCamera();
      connection.stop();
    },
  };
}
