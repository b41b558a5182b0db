// One WebSocket as both doors use it: parsed messages in, text out, beats, silence noticed, slow readers dropped.
import type { WebSocket } from 'ws';
import type { z } from 'zod';
import { BEAT_EVERY_MS, MAX_MESSAGE_BYTES, SOCKET_SILENCE_MS } from '../../protocol/limits.ts';

const MAX_BUFFERED_BYTES = 8 * 1024 * 1024;
/** A peer that sends more than this in a second is not a person. */
const MAX_MESSAGES_PER_S = 200;

/** Codes of our own (4000 to 4999) with which a socket is closed, so that its page can say why. */
export const CLOSE = { malformed: 4400, silent: 4408, tooMany: 4429, slow: 4413, gone: 4410 } as const;

export interface Wire<Out> {
  send(message: Out): void;
  /** Sends JSON text that was made once for many. */
  sendText(text: string): void;
  close(code: number, why: string): void;
}

interface Handlers<In> {
  readonly message: (message: In) => void;
  readonly closed: () => void;
}

/** Wraps a socket. A malformed, oversized or foreign message closes it with a code that says so; nobody else is disturbed. */
export function openWire<In, Out extends { readonly t: string }>(
  socket: WebSocket,
  schema: z.ZodType<In>,
  handlers: Handlers<In>,
): Wire<Out> {
  let heard = performance.now();
  let inThisSecond = 0;
  const close = (code: number, why: string): void => socket.close(code, why);
  const sendText = (text: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
    else socket.send(text);
  };
  const beat = setInterval(() => {
    inThisSecond = 0;
    if (performance.now() - heard > SOCKET_SILENCE_MS) socket.terminate();
  }, BEAT_EVERY_MS).unref();
  socket.on('message', (data, isBinary) => {
    // A far end that was shut out need not agree to it: what it goes on sending counts for nothing.
    if (socket.readyState !== socket.OPEN) return;
    heard = performance.now();
    inThisSecond += 1;
    if (inThisSecond > MAX_MESSAGES_PER_S) return close(CLOSE.tooMany, 'too many messages');
    const message = isBinary ? undefined : parse(String(data), schema);
    if (message === undefined) return close(CLOSE.malformed, 'not a message of this version');
    handlers.message(message);
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearInterval(beat);
    handlers.closed();
  });
  return { send: (message) => sendText(JSON.stringify(message)), sendText, close };
}

function parse<In>(text: string, schema: z.ZodType<In>): In | undefined {
  if (text.length > MAX_MESSAGE_BYTES) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
