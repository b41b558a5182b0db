// One connection from a server: parses its lines, lets it in by the secret, runs its requests and answers. No media in here.
import { timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { type FromWorker, type ToWorker, toWorker } from '../../protocol/worker.ts';
import { WorkerFault } from '../fault.ts';
import { type MediaLog, textOf } from '../log.ts';
import { LineSplitter } from './lines.ts';

/** A connection that has not shown the secret by then is closed, in milliseconds. */
const ATTACH_LIMIT_MS = 5_000;
/** Signals are left out while this much waits to be read by the server; answers and reports never are, in bytes. */
const CROWDED_BYTES = 1024 * 1024;
/** A server that reads nothing is cut off, in bytes. */
const CUT_OFF_BYTES = 16 * 1024 * 1024;

type Request = Exclude<ToWorker, { t: 'attach' }>;

export interface SessionHandlers {
  /** The secret was right: this session replaces any other. Returns the first line to send. */
  attached(session: Session): FromWorker;
  /** Runs a request; the answer, if any, is sent. @throws WorkerFault */
  run(request: Request): Promise<FromWorker | undefined>;
  closed(session: Session): void;
}

export class Session {
  readonly #socket: Socket;
  readonly #secret: Buffer;
  readonly #handlers: SessionHandlers;
  readonly #log: MediaLog;
  readonly #splitter = new LineSplitter();
  readonly #attachTimer: NodeJS.Timeout;
  #isAttached = false;

  constructor(options: { socket: Socket; secret: string; handlers: SessionHandlers; log: MediaLog }) {
    this.#socket = options.socket;
    this.#secret = Buffer.from(options.secret);
    this.#handlers = options.handlers;
    this.#log = options.log;
    this.#attachTimer = setTimeout(() => this.close(), ATTACH_LIMIT_MS);
    this.#socket.on('data', (chunk) => this.#received(chunk));
    this.#socket.on('error', () => this.close());
    this.#socket.on('close', () => {
      clearTimeout(this.#attachTimer);
      this.#handlers.closed(this);
    });
  }

  send(message: FromWorker): void {
    if (!this.#isAttached || this.#socket.destroyed) return;
    const isSignal = message.t === 'levels' || message.t === 'slots' || message.t === 'leak';
    if (isSignal && this.#socket.writableLength > CROWDED_BYTES) return;
    this.#socket.write(`${JSON.stringify(message)}\n`);
    if (this.#socket.writableLength > CUT_OFF_BYTES) this.close();
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Sends what waits, then closes. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.destroyed) resolve();
      else this.#socket.end(() => resolve());
    });
  }

  #received(chunk: Buffer): void {
    try {
      for (const line of this.#splitter.push(chunk)) this.#line(line);
    } catch (thrown) {
      this.#log('control-line-threw', { error: textOf(thrown) });
      this.close();
    }
  }

  #line(line: string): void {
    const json = parseJson(line);
    const parsed = toWorker.safeParse(json);
    if (!parsed.success) this.#refuse(json, parsed.error.issues[0]?.message ?? 'not a message');
    else if (parsed.data.t === 'attach') this.#attach(parsed.data.secret);
    else if (this.#isAttached) void this.#run(parsed.data);
    else this.close();
  }

  #attach(secret: string): void {
    const given = Buffer.from(secret);
    if (given.length !== this.#secret.length || !timingSafeEqual(given, this.#secret)) {
      this.#log('attach-refused', {});
      this.close();
      return;
    }
    clearTimeout(this.#attachTimer);
    this.#isAttached = true;
    this.send(this.#handlers.attached(this));
  }

  async #run(request: Request): Promise<void> {
    try {
      const answer = await this.#handlers.run(request);
      if (answer !== undefined) this.send(answer);
    } catch (thrown) {
      if (!(thrown instanceof WorkerFault)) this.#log('request-threw', { t: request.t, error: textOf(thrown) });
      const code = thrown instanceof WorkerFault ? thrown.code : 'internal';
      const message = thrown instanceof Error ? thrown.message : 'unknown';
      if ('req' in request) this.send({ t: 'fault', req: request.req, code, message });
    }
  }

  /** A line that is no message: told with its number when it has one; the worker goes on. */
  #refuse(json: unknown, message: string): void {
    if (!this.#isAttached) {
      this.close();
      return;
    }
    const req = typeof json === 'object' && json !== null && 'req' in json && isCount(json.req) ? json.req : 0;
    this.#log('bad-message', { message });
    this.send({ t: 'fault', req, code: 'bad-message', message });
  }
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
