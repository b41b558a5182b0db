// Simulated far ends as processes of their own, with another WebRTC stack than the worker's, so that faults do not cancel.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Callers } from '../../../ports/callers.ts';

/** What is needed to start a caller. */
export interface ProcessCallersOptions {
  /** The built caller, as in `dist/caller.js`. */
  readonly callerEntry: string;
  /** Certificate of the authority that this box serves with, PEM path; not needed on the loopback. */
  readonly caFile: string;
}

const MOST_AT_ONCE = 4;
/** A practice call is over after this, ms. */
const LONGEST_MS = 45 * 60_000;

/** Callers by processes. They end with their call, after 45 minutes, or by `stop()`. */
export function openProcessCallers({ callerEntry, caFile }: ProcessCallersOptions): Callers {
  const running = new Set<ChildProcess>();
  return {
    call: (address) => {
      if (running.size >= MOST_AT_ONCE) return false;
      const child = spawn(process.execPath, [callerEntry, '--script', 'practice'], {
        // The address holds a secret: other users of this machine can read a command line, not an environment.
        env: { ...process.env, PARLEY_CALLER_URL: address, NODE_EXTRA_CA_CERTS: caFile },
        stdio: 'ignore',
        timeout: LONGEST_MS,
      });
      running.add(child);
      child.once('exit', () => running.delete(child));
      child.once('error', () => running.delete(child));
      return true;
    },
    stop: () => {
      for (const child of running) child.kill('SIGTERM');
    },
  };
}
