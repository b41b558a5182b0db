// A web socket that comes back: connects, notices silence, tries again for ever with a spread pause. Knows no message.
import { every, pauseMs, type Timing } from './timing.ts';

/** The part of a WebSocket that is used; a test hands in its own. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
  close(): void;
}

export interface WireParts {
  readonly timing: Timing;
  /** Makes a socket that has begun to connect. */
  readonly open: () => Socket;
  /** The socket is open. */
  readonly onOpen: () => void;
  /** One message, parsed. What is no JSON object is dropped. */
  readonly onMessage: (message: object) => void;
  /** The socket is gone; the next one is on its way unless `stop` was called. */
  readonly onLost: () => void;
  /** A try came to nothing; `tries` in a row without a word from the other end. */
  readonly onFailed?: (tries: number) => void;
}

export interface Wire {
  start(): void;
  /** Sends, or returns false when there is no open socket: nothing is kept for later. */
  send(message: object): boolean;
  /** Drops the socket, if any, and connects at once. */
  renew(): void;
  stop(): void;
  isOpen(): boolean;
  /** Time since the last message, ms; Infinity when none ever came. */
  silenceMs(): number;
}

/** A connection attempt that takes longer is given up. A lost first packet is sent again after 1 s, so this allows one. */
const CONNECT_MS = 2_500;
/** A socket on which nothing came for this long is treated as gone. Both ends send something every second. */
const SILENCE_MS = 6_000;

function parse(data: unknown): object | null {
  try {
    const value: unknown = JSON.parse(String(data));
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}

/** Makes a wire; nothing is opened before `start`. */
export function makeWire(parts: WireParts): Wire {
  const { timing } = parts;
  let socket: Socket | null = null;
  let isOpen = false;
  let tries = 0;
  let heardAt = Number.NEGATIVE_INFINITY;
  let openedAt = 0;
  let stopTimer: () => void = () => {};
  let stopWatch: (() => void) | null = null;

  const drop = () => {
    const old = socket;
    const wasOpen = isOpen;
    stopTimer();
    socket = null;
    isOpen = false;
    if (old !== null) {
      old.onopen = old.onmessage = old.onclose = null;
      old.close();
    }
    if (wasOpen) parts.onLost();
  };

  const later = () => {
    if (stopWatch === null) return;
    stopTimer = timing.after(pauseMs(tries, timing.dice), connect);
    tries += 1;
  };

  const fail = () => {
    drop();
    later();
    parts.onFailed?.(tries);
  };

  const connect = () => {
    drop();
    if (stopWatch === null) return;
    let fresh: Socket;
    try {
      fresh = parts.open();
    } catch {
      later();
      return;
    }
    socket = fresh;
    stopTimer = timing.after(CONNECT_MS, fail);
    fresh.onopen = () => {
      stopTimer();
      isOpen = true;
      openedAt = timing.now();
      parts.onOpen();
    };
    fresh.onmessage = ({ data }) => {
      heardAt = timing.now();
      // Only a socket that speaks counts as a success: a door that opens and shuts must not be hammered.
      tries = 0;
      const message = parse(data);
      if (message !== null) parts.onMessage(message);
    };
    fresh.onclose = fail;
  };

  const watch = () => {
    if (isOpen && timing.now() - Math.max(heardAt, openedAt) > SILENCE_MS) fail();
  };

  return {
    start: () => {
      if (stopWatch !== null) return;
      stopWatch = every(timing, 1_000, watch);
      connect();
    },
    send: (message) => {
      if (socket === null || !isOpen) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    renew: connect,
    stop: () => {
      stopWatch?.();
      stopWatch = null;
      drop();
    },
    isOpen: () => isOpen,
    silenceMs: () => timing.now() - heardAt,
  };
}

/** Opens a socket to a path of the page's own host. */
export function openSocket(path: string): Socket {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  return new WebSocket(url) as Socket;
}
