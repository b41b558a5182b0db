// The machine's socket to its incident: connects, greets, notices silence, comes back a bounded number of times. Decides nothing.
import { WebSocket } from 'ws';
import { every, pauseMs, type Timing } from '../caller/timing.ts';
import { BEAT_EVERY_MS, MAX_MESSAGE_BYTES, PROTOCOL_VERSION, SOCKET_SILENCE_MS } from '../protocol/limits.ts';
import type { FromTeam, ToTeam } from '../protocol/team.ts';
import type { Seat } from './door.ts';

export interface TeamSocketParts {
  readonly timing: Timing;
  readonly seat: Seat;
  readonly onMessage: (message: ToTeam) => void;
  /** There is no way back: shut out, or tried too often. */
  readonly onGone: () => void;
}

export interface TeamSocket {
  /** False when there is no open socket: nothing is kept for later. */
  send(message: FromTeam): boolean;
  stop(): void;
}

const CONNECT_MS = 2_500;
/** So many tries in a row without a word from the box, over about a minute. */
const MOST_TRIES = 30;
/** Closings by the box that mean that it does not want us back: not understood, no place here any more. */
const SHUT_OUT: readonly number[] = [4_400, 4_410];

function parse(data: unknown): ToTeam | undefined {
  try {
    return JSON.parse(String(data)) as ToTeam;
  } catch {
    return undefined;
  }
}

/** Opens the socket. Each time it stands, everything that the machine may know follows from the beginning. */
export function openTeamSocket({ timing, seat, onMessage, onGone }: TeamSocketParts): TeamSocket {
  const url = `${seat.origin.replace(/^http/, 'ws')}/api/team?incident=${encodeURIComponent(seat.incidentId)}`;
  let socket: WebSocket | null = null;
  let tries = 0;
  let heardMs = timing.now();
  let isStopped = false;
  let stopTimer: () => void = () => {};

  const drop = () => {
    stopTimer();
    const old = socket;
    socket = null;
    if (old === null) return;
    old.removeAllListeners();
    // It may still fail to connect, and a fault that nobody listens to would end the process.
    old.on('error', () => {});
    old.terminate();
  };

  const fail = (isFinal: boolean) => {
    drop();
    if (isStopped) return;
    tries += 1;
    if (!isFinal && tries <= MOST_TRIES) stopTimer = timing.after(pauseMs(tries, timing.dice), connect);
    else {
      stop();
      onGone();
    }
  };

  const send = (message: FromTeam): boolean => {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  };

  const connect = () => {
    const fresh = new WebSocket(url, {
      origin: seat.origin,
      headers: { cookie: seat.cookie },
      handshakeTimeout: CONNECT_MS,
      maxPayload: 64 * MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
    });
    socket = fresh;
    heardMs = timing.now();
    fresh.on('open', () => send({ t: 'hello', v: PROTOCOL_VERSION, after: 0, roles: [] }));
    fresh.on('message', (data) => {
      heardMs = timing.now();
      tries = 0;
      const message = parse(data);
      if (message !== undefined) onMessage(message);
    });
    // A refused upgrade says by its status that the seat is gone.
    fresh.on('unexpected-response', (_, { statusCode = 0 }) => fail(statusCode >= 400 && statusCode < 500));
    fresh.on('error', () => fail(false));
    fresh.on('close', (code) => fail(SHUT_OUT.includes(code)));
  };

  const stops = [
    every(timing, BEAT_EVERY_MS, () => {
      send({ t: 'beat' });
      if (socket?.readyState === WebSocket.OPEN && timing.now() - heardMs > SOCKET_SILENCE_MS) fail(false);
    }),
  ];
  const stop = () => {
    isStopped = true;
    for (const one of stops) one();
    drop();
  };
  connect();
  return { send, stop };
}
