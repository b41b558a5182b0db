// The console's socket to one incident: greets, resumes where the store stands, keeps the beat, hands every message to its place.
import type { Role } from '../../../core/incident/topic.ts';
import { BEAT_EVERY_MS, PROTOCOL_VERSION } from '../../../protocol/limits.ts';
import type { FromTeam, IceServer, ToTeam } from '../../../protocol/team.ts';
import { every, type Timing } from '../../line/timing.ts';
import { makeWire, type Socket } from '../../line/wire.ts';
import { type Cell, source } from './cell.ts';
import type { Commands } from './commands.ts';
import type { IncidentStore } from './incident-store.ts';

export interface You {
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** How the console stands with the server, and who sits at it. */
export interface Link {
  /** connecting: never was up. outdated: this page is of another version than the server. shut-out: not signed in, or not in this incident. */
  readonly is: 'connecting' | 'up' | 'lost' | 'outdated' | 'shut-out';
  readonly you: You | null;
  readonly ice: readonly IceServer[];
  readonly relayOnly: boolean;
  /** Server's wall clock less ours, ms. */
  readonly clockOffsetMs: number;
}

/** Messages that are not the connection's own matter. */
export type Rest = Exclude<ToTeam, { t: 'welcome' | 'entries' | 'reset' | 'ack' | 'unlogged' | 'refused' | 'beat' }>;

export interface ConnectionParts {
  readonly timing: Timing;
  readonly wallNow: () => number;
  readonly open: () => Socket;
  readonly store: IncidentStore;
  readonly commands: Commands;
  /** Whether the server would let us in at all; asked when tries come to nothing. */
  readonly mayEnter: () => Promise<boolean>;
  readonly onUp: () => void;
  readonly onRest: (message: Rest) => void;
}

export interface Connection {
  readonly link: Cell<Link>;
  start(): void;
  send(message: FromTeam): boolean;
  /** Age of what is shown, ms. */
  silenceMs(): number;
  stop(): void;
}

/** After this many tries in a row the server is asked whether we may enter. */
const ASK_AFTER_TRIES = 3;

/** Makes a connection; nothing is opened before `start`. */
export function makeConnection(parts: ConnectionParts): Connection {
  const { timing, store, commands } = parts;
  const link = source<Link>({ is: 'connecting', you: null, ice: [], relayOnly: false, clockOffsetMs: 0 });
  let stopBeat: () => void = () => {};

  const become = (change: Partial<Link>) => link.set({ ...link.get(), ...change });

  const giveUp = (is: 'outdated' | 'shut-out') => {
    stop();
    become({ is });
  };

  const welcome = (message: Extract<ToTeam, { t: 'welcome' }>) => {
    if (message.v !== PROTOCOL_VERSION) return giveUp('outdated');
    store.welcome(message.head, message.you.roles);
    become({ is: 'up', you: message.you, ice: message.ice, relayOnly: message.relayOnly });
    commands.wayIsOpen();
    parts.onUp();
  };

  const reset = (roles: readonly Role[]) => {
    store.reset(roles);
    const { you } = link.get();
    if (you !== null) become({ you: { ...you, roles } });
  };

  const onBeat = (at: number) => {
    const clockOffsetMs = at - parts.wallNow();
    // Small changes are the network's; each would draw the screen anew.
    if (Math.abs(clockOffsetMs - link.get().clockOffsetMs) > 250) become({ clockOffsetMs });
  };

  const onMessage = (message: ToTeam) => {
    if (message.t === 'welcome') welcome(message);
    else if (message.t === 'entries') {
      if (!store.take(message.entries)) wire.renew();
    } else if (message.t === 'reset') reset(message.roles);
    else if (message.t === 'ack') commands.acknowledged(message.id, message.seq);
    else if (message.t === 'unlogged') commands.tookEffect(message.id);
    else if (message.t === 'refused') commands.refused(message.id, message.refusal);
    else if (message.t === 'beat') onBeat(message.at);
    else parts.onRest(message);
  };

  const wire = makeWire({
    timing,
    open: parts.open,
    onOpen: () => wire.send({ t: 'hello', v: PROTOCOL_VERSION, ...store.held() } satisfies FromTeam),
    onMessage: (message) => onMessage(message as ToTeam),
    onLost: () => {
      commands.wayIsShut();
      if (link.get().is === 'up') become({ is: 'lost' });
    },
    onFailed: (tries) => {
      if (tries % ASK_AFTER_TRIES !== 0) return;
      parts.mayEnter().then(
        (may) => may || giveUp('shut-out'),
        () => {}, // no answer at all: the network is gone, and trying goes on
      );
    },
  });

  const send = (message: FromTeam) => wire.send(message);

  function stop(): void {
    stopBeat();
    wire.stop();
  }

  return {
    link,
    start: () => {
      stopBeat();
      stopBeat = every(timing, BEAT_EVERY_MS, () => send({ t: 'beat' }));
      wire.start();
    },
    send,
    silenceMs: () => wire.silenceMs(),
    stop,
  };
}
