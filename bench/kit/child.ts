// A bench's own child processes: the same program in another role, spoken to by messages. Ended by their handle, never by name.
import { type ChildProcess, fork } from 'node:child_process';

export interface Message {
  readonly t: string;
}

export interface Child {
  readonly pid: number;
  send(message: Message & Readonly<Record<string, unknown>>): void;
  /** The next message of this kind, or one that came already. @throws Error after `withinMs`, or when the child ends first. */
  next<T>(kind: string, withinMs: number): Promise<T>;
  /** Every message of this kind from now on. */
  on<T>(kind: string, take: (message: T) => void): void;
  end(): Promise<void>;
}

/** Starts this program in a role of `runFigure`. */
export function startRole(role: string, input: unknown, program = process.argv[1] ?? ''): Child {
  const child = fork(program, [role, JSON.stringify(input)], { stdio: ['ignore', 2, 2, 'ipc'] });
  const early: Message[] = [];
  const takers = new Map<string, (message: never) => void>();
  child.on('message', (message: Message) => {
    const take = takers.get(message.t);
    if (take === undefined) early.push(message);
    else take(message as never);
  });
  const on = <T>(kind: string, take: (message: T) => void) => void takers.set(kind, take as (message: never) => void);
  return {
    pid: child.pid ?? -1,
    send: (message) => void child.send(message),
    on,
    next: (kind, withinMs) => nextOf(child, { role, kind, withinMs, early, on, off: () => takers.delete(kind) }),
    end: () => endChild(child),
  };
}

interface Wait {
  readonly role: string;
  readonly kind: string;
  readonly withinMs: number;
  readonly early: Message[];
  readonly on: (kind: string, take: (message: never) => void) => void;
  readonly off: () => void;
}

function nextOf<T>(child: ChildProcess, { role, kind, withinMs, early, on, off }: Wait): Promise<T> {
  const at = early.findIndex((message) => message.t === kind);
  if (at >= 0) return Promise.resolve(early.splice(at, 1)[0] as T);
  return new Promise((resolve, reject) => {
    const done = (then: () => void) => {
      clearTimeout(timer);
      off();
      child.off('exit', ended);
      then();
    };
    const ended = () => done(() => reject(new Error(`${role} ended before it said ${kind}`)));
    const timer = setTimeout(() => done(() => reject(new Error(`${role} did not say ${kind} within ${withinMs} ms`))), withinMs);
    child.once('exit', ended);
    on(kind, (message) => done(() => resolve(message as T)));
  });
}

/** Ends a child: asked first, made to after 3 s. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(timer);
}

/** Says something to the parent. */
export function tell(message: Message & Readonly<Record<string, unknown>>): void {
  process.send?.(message);
}

/** The parent's messages of a kind. */
export function heard<T>(kind: string, take: (message: T) => void): void {
  process.on('message', (message: Message) => message.t === kind && take(message as T));
}
