// The line to the store's thread: questions out, answers back, each wait bounded. No SQL and no meaning of questions here.
import { Worker } from 'node:worker_threads';
import { StoreFault } from '../../../ports/store.ts';
import type { Answered, FaultText } from './messages.ts';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (fault: StoreFault) => void;
  readonly timer: NodeJS.Timeout;
}

/** `Job`: what may be asked. */
export interface Line<Job> {
  /** @throws StoreFault of the thread; `not-writable` when it does not answer in time or has died; `closed`. */
  ask(job: Job): Promise<unknown>;
  /** Waits for what was asked before, closes the database and ends the thread. Closing twice is allowed. */
  close(): Promise<void>;
}

/** Starts the thread and waits until its database is open. @throws StoreFault why it is not. */
export async function startLine<Job>(options: { file: string; path: string; limitMs: number }): Promise<Line<Job>> {
  const worker = new Worker(options.file, { workerData: { path: options.path } });
  const talk = talkTo(worker, options.limitMs);
  try {
    await talk.expect(0);
  } catch (fault) {
    await worker.terminate();
    throw fault;
  }
  return lineOver<Job>(worker, talk);
}

interface Talk {
  /** The answer to the question with this number. */
  expect(id: number): Promise<unknown>;
  /** Set once nothing will be answered any more. */
  dead(): StoreFault | undefined;
}

function talkTo(worker: Worker, limitMs: number): Talk {
  const waiting = new Map<number, Waiting>();
  let dead: StoreFault | undefined;
  const settle = (id: number, done: (one: Waiting) => void): void => {
    const one = waiting.get(id);
    if (one === undefined) return;
    waiting.delete(id);
    clearTimeout(one.timer);
    done(one);
  };
  const die = (fault: StoreFault): void => {
    dead ??= fault;
    for (const id of [...waiting.keys()]) settle(id, (one) => one.reject(fault));
  };
  worker.on('message', ({ id, value, fault }: Answered) => {
    settle(id, (one) => (fault === undefined ? one.resolve(value) : one.reject(rebuilt(fault))));
  });
  worker.on('error', (cause) => die(new StoreFault('not-writable', 'the thread of the store failed', { cause })));
  worker.on('exit', () => die(new StoreFault('not-writable', 'the thread of the store has ended')));
  return {
    expect: (id) =>
      new Promise((resolve, reject) => {
        const late = () => settle(id, (one) => one.reject(new StoreFault('not-writable', `the disk did not answer for ${limitMs} ms`)));
        waiting.set(id, { resolve, reject, timer: setTimeout(late, limitMs) });
      }),
    dead: () => dead,
  };
}

function lineOver<Job>(worker: Worker, talk: Talk): Line<Job> {
  let lastId = 0;
  let closing: Promise<void> | undefined;
  const send = (job: Job | { readonly op: 'close' }): Promise<unknown> => {
    const dead = talk.dead();
    if (dead !== undefined) return Promise.reject(dead);
    lastId += 1;
    const answer = talk.expect(lastId);
    worker.postMessage({ id: lastId, job });
    return answer;
  };
  const close = async (): Promise<void> => {
    try {
      // A thread that is gone has nothing left to close: what it acknowledged is on the disk.
      if (talk.dead() === undefined) await send({ op: 'close' });
    } finally {
      await worker.terminate();
    }
  };
  return {
    ask: (job) => (closing === undefined ? send(job) : Promise.reject(new StoreFault('closed', 'the store is closed'))),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function rebuilt({ code, message, cause }: FaultText): StoreFault {
  return new StoreFault(code, message, cause === undefined ? {} : { cause });
}
