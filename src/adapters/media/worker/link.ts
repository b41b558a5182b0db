// One connection to a worker: sends requests, matches answers, hands on everything else. Each wait is bounded.
import { connect, type Socket } from 'node:net';
import { MediaFault, type MediaFaultCode } from '../../../ports/media.ts';
import { type FromWorker, fromWorker, type ToWorker } from '../../../protocol/worker.ts';

/** Longest wait for an answer, in milliseconds; the end of a recording may take longer than the rest. */
const ANSWER_LIMIT_MS = 5_000;
const END_LIMIT_MS = 15_000;
const CONNECT_LIMIT_MS = 2_000;
const MAX_LINE_CHARS = 1024 * 1024;

export type WorkerState = Extract<FromWorker, { t: 'state' }>;
/** A message that is no answer. */
export type WorkerNews = Extract<FromWorker, { t: 'leg' | 'slots' | 'levels' | 'leak' | 'report' }>;
type Answer = Extract<FromWorker, { t: 'answer' | 'applied' | 'done' | 'fault' }>;
type WithReq = Extract<ToWorker, { req: number }>;
/** A request without its number. */
export type Ask = WithReq extends infer R ? (R extends WithReq ? Omit<R, 'req'> : never) : never;

export interface LinkListener {
  news(message: WorkerNews): void;
  /** The connection is gone; nothing more comes. Told once, and not after `close`. */
  lost(cause: string): void;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (fault: MediaFault) => void;
  readonly timer: NodeJS.Timeout;
}

export class WorkerLink {
  readonly #socket: Socket;
  readonly #listener: LinkListener;
  readonly #waiting = new Map<number, Waiting>();
  #req = 0;
  #rest = '';
  #isOver = false;
  #wasLetIn = false;
  #attached: ((state: WorkerState) => void) | undefined;

  private constructor(socket: Socket, listener: LinkListener) {
    this.#socket = socket;
    this.#listener = listener;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.#received(text));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#over('connection closed'));
  }

  /** Connects and shows the secret. @throws MediaFault worker-down, timeout */
  static async open(path: string, secret: string, listener: LinkListener): Promise<{ link: WorkerLink; state: WorkerState }> {
    const link = new WorkerLink(await connected(path), listener);
    const state = await new Promise<WorkerState>((resolve, reject) => {
      const timer = setTimeout(() => reject(new MediaFault('timeout', 'the worker did not answer')), CONNECT_LIMIT_MS);
      const settle = (run: () => void): void => {
        clearTimeout(timer);
        link.#attached = undefined;
        run();
      };
      link.#attached = (answer) => settle(() => resolve(answer));
      link.#socket.once('close', () => settle(() => reject(new MediaFault('worker-down', 'the worker refused the connection'))));
      link.#write({ t: 'attach', secret });
    }).catch((thrown: unknown) => {
      link.close();
      throw thrown;
    });
    return { link, state };
  }

  /** Sends a request and waits for its answer. @throws MediaFault */
  ask(request: Ask): Promise<Answer> {
    if (this.#isOver) return Promise.reject(new MediaFault('worker-down', 'no media worker'));
    this.#req += 1;
    const req = this.#req;
    const limitMs = request.t === 'end-leg' || request.t === 'close' ? END_LIMIT_MS : ANSWER_LIMIT_MS;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(req);
        reject(new MediaFault('timeout', `no answer to ${request.t} within ${limitMs} ms`));
      }, limitMs);
      this.#waiting.set(req, { resolve, reject, timer });
      this.#write({ ...request, req } as ToWorker);
    });
  }

  renew(epoch: number): void {
    this.#write({ t: 'renew', epoch });
  }

  keep(id: string, text: string): void {
    this.#write({ t: 'keep', id, text });
  }

  acknowledge(n: number): void {
    this.#write({ t: 'ack', n });
  }

  /** Sends what waits, then closes. The listener is not told. */
  async end(): Promise<void> {
    this.#isOver = true;
    this.#failAll('detached');
    await new Promise<void>((resolve) => {
      if (this.#socket.destroyed) resolve();
      else this.#socket.end(() => resolve());
    });
    this.#socket.destroy();
  }

  close(): void {
    this.#isOver = true;
    this.#failAll('closed');
    this.#socket.destroy();
  }

  #write(message: ToWorker): void {
    if (!this.#socket.destroyed && this.#socket.writable) this.#socket.write(`${JSON.stringify(message)}\n`);
  }

  #received(text: string): void {
    this.#rest += text;
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > MAX_LINE_CHARS) this.#socket.destroy();
    for (const line of lines) if (line !== '') this.#line(line);
  }

  #line(line: string): void {
    const parsed = fromWorker.safeParse(parseJson(line));
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.t === 'state') {
      this.#wasLetIn = true;
      this.#attached?.(message);
    } else if ('req' in message) this.#answer(message);
    else if (!this.#isOver) this.#listener.news(message);
  }

  #answer(message: Answer): void {
    const waiting = this.#waiting.get(message.req);
    if (waiting === undefined) return;
    this.#waiting.delete(message.req);
    clearTimeout(waiting.timer);
    if (message.t === 'fault') waiting.reject(new MediaFault(faultCode(message.code), `${message.code}: ${message.message}`));
    else waiting.resolve(message);
  }

  #over(cause: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#failAll(cause);
    if (this.#wasLetIn) this.#listener.lost(cause);
  }

  #failAll(cause: string): void {
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(new MediaFault('worker-down', cause));
    }
    this.#waiting.clear();
  }
}

function faultCode(code: string): MediaFaultCode {
  if (code === 'bad-offer') return 'bad-offer';
  return code === 'closing' ? 'worker-down' : 'refused';
}

function connected(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    const fail = (cause?: unknown): void => {
      socket.destroy();
      reject(new MediaFault('worker-down', `no worker on ${path}`, { cause }));
    };
    socket.setTimeout(CONNECT_LIMIT_MS, () => fail());
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.removeListener('error', fail);
      resolve(socket);
    });
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
