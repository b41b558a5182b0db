// Simulated far ends and machine coaches as processes of their own, with another WebRTC stack than the worker's, so that faults do not cancel.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Callers } from '../../../ports/callers.ts';

/** What is needed to start a caller. */
export interface ProcessCallersOptions {
  /** The built caller, as in `dist/caller.js`. */
  readonly callerEntry: string;
  /** The built coach, as in `dist/prompter.js`. */
  readonly prompterEntry: string;
  /** Certificate of the authority that this box serves with, PEM path; not needed on the loopback. */
  readonly caFile: string;
}

/** Of each kind. */
const MOST_AT_ONCE = 4;
/** A practice call is over after this, ms. */
const LONGEST_MS = 45 * 60_000;

interface Program {
  readonly args: readonly string[];
  /** The address holds a secret: other users of this machine can read a command line, not an environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Callers by processes. They end with their call, after 45 minutes, or by `stop()`. */
export function openProcessCallers({ callerEntry, prompterEntry, caFile }: ProcessCallersOptions): Callers {
  const callers = new Set<ChildProcess>();
  const coaches = new Set<ChildProcess>();
  const start = (running: Set<ChildProcess>, { args, env }: Program): boolean => {
    if (running.size >= MOST_AT_ONCE) return false;
    const child = spawn(process.execPath, [...args], {
      env: { ...process.env, ...env, NODE_EXTRA_CA_CERTS: caFile },
      stdio: 'ignore',
      timeout: LONGEST_MS,
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    child.once('error', () => running.delete(child));
    return true;
  };
  return {
    call: (address) => start(callers, { args: [callerEntry, '--script', 'practice'], env: { PARLEY_CALLER_URL: address } }),
    coach: (invitation) => start(coaches, { args: [prompterEntry], env: { PARLEY_PROMPTER_URL: invitation } }),
    stop: () => {
      for (const child of [...callers, ...coaches]) child.kill('SIGTERM');
    },
  };
}
