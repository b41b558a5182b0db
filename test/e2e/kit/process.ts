// Small, bounded dealings with processes that a test started: wait for a state, end one by its pid. Never ends anything by name.
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** Asks `check` every `everyMs` until it gives something other than undefined or false.
 *  @throws Error naming `what` after `withinMs`. */
export async function waitFor<T>(
  what: string,
  check: () => T | undefined | false | Promise<T | undefined | false>,
  { withinMs, everyMs = 25 }: { withinMs: number; everyMs?: number },
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const got = await check();
    if (got !== undefined && got !== false) return got;
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** True while a process with this pid exists and is not a zombie. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) Z /.test(stat);
}

/** Signals a child that we started and waits for its end; SIGKILL follows after `withinMs`. Does nothing when it has ended already. */
export async function endChild(child: ChildProcess, signal: NodeJS.Signals, withinMs = 5_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
  await ended;
  clearTimeout(timer);
}
