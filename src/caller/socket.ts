// The socket to the box: connects, notices silence, comes back for ever with a spread pause. Hands over checked messages; decides nothing.
import { WebSocket } from 'ws';
import { type FromField, type ToField, toField } from '../protocol/field.ts';
import { MAX_MESSAGE_BYTES, SOCKET_SILENCE_MS } from '../protocol/limits.ts';
import { every, pauseMs, type Timing } from './timing.ts';

export interface FieldSocketParts {
  readonly timing: Timing;
  /** The address that was handed out; its fragment is not sent. */
  readonly address: URL;
  readonly onMessage: (message: ToField) => void;
  /** The socket is gone; the next one is on its way unless `stop` was called. */
  readonly onLost: (why: string) => void;
}

export interface FieldSocket {
  start(): void;
  /** Sends, or gives false when there is no open socket: nothing is kept for later. */
  send(message: FromField): boolean;
  stop(): void;
}

/** What the box is told we are. */
const DESCRIBES = 'Parley simulated caller';
/** A connection that takes longer is given up. */
const CONNECT_MS = 2_500;

/** Where the far end's socket is, for an address that was handed out. */
export function socketAddress(address: URL): { readonly url: string; readonly origin: string } {
  const url = new URL('/api/field', address.origin);
  url.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return { url: url.href, origin: address.origin };
}

function parse(data: unknown): ToField | undefined {
  try {
    const parsed = toField.safeParse(JSON.parse(String(data)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Makes a socket; nothing is opened before `start`. */
export function makeFieldSocket({ timing, address, onMessage, onLost }: FieldSocketParts): FieldSocket {
  const { url, origin } = socketAddress(address);
  let socket: WebSocket | null = null;
  let tries = 0;
  let heardMs = 0;
  let stopTimer: () => void = () => {};
  let stopWatch: (() => void) | null = null;

  const drop = () => {
    const old = socket;
    socket = null;
    stopTimer();
    if (old === null) return;
    old.removeAllListeners();
    // It may still fail to connect, and a fault that nobody listens to would end the process.
    old.on('error', () => {});
    old.terminate();
  };

  const fail = (why: string) => {
    drop();
    if (stopWatch === null) return;
    stopTimer = timing.after(pauseMs(tries, timing.dice), connect);
    tries += 1;
    onLost(why);
  };

  const connect = () => {
    drop();
    const fresh = new WebSocket(url, {
      origin,
      handshakeTimeout: CONNECT_MS,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      headers: { 'user-agent': DESCRIBES },
    });
    socket = fresh;
    heardMs = timing.now();
    fresh.on('message', (data) => {
      heardMs = timing.now();
      // Only a socket that speaks counts as a success: a door that opens and shuts must not be hammered.
      tries = 0;
      const message = parse(data);
      if (message !== undefined) onMessage(message);
    });
    fresh.on('error', (cause) => fail(cause.message));
    fresh.on('close', (code, why) => fail(`closed ${code} ${String(why)}`.trim()));
  };

  return {
    start: () => {
      if (stopWatch !== null) return;
      stopWatch = every(timing, 1_000, () => {
        if (socket?.readyState === WebSocket.OPEN && timing.now() - heardMs > SOCKET_SILENCE_MS) fail('silent');
      });
      connect();
    },
    send: (message) => {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    stop: () => {
      stopWatch?.();
      stopWatch = null;
      drop();
    },
  };
}
