// Starts the server and starts it again when it crashed. Knows a process and how it ended; nothing of what it serves.
import { type ChildProcess, spawn } from 'node:child_process';
import { EXIT_SETTINGS } from '../protocol/limits.ts';
import { afterEnd, type Ended } from './again.ts';

/** Longest orderly end: the media workers finish their files first, in milliseconds. */
const END_LIMIT_MS = 20_000;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Runs the server until it ends for good; this process ends with it, by its status. `entry`: the built server. */
export function start(entry: string): void {
  let child: ChildProcess | undefined;
  let isReady = false;
  let isStopping = false;
  let wasReadyOnce = false;
  let failures = 0;
  let crashes = 0;
  let pause: NodeJS.Timeout | undefined;

  const run = (crashedMs?: number): void => {
    pause = undefined;
    isReady = false;
    child = spawn(process.execPath, [entry], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    child.on('message', () => {
      isReady = true;
      wasReadyOnce = true;
      failures = 0;
      if (crashedMs !== undefined) say(`Parley is back after ${Math.round(performance.now() - crashedMs)} ms. Crashes so far: ${crashes}.`);
      // Asked to end before it could: now it closes its recordings in order.
      if (isStopping) child?.kill('SIGTERM');
    });
    child.once('error', (cause) => say(`Parley's server could not be started: ${cause.message}`));
    child.once('close', (code, signal) => ended({ code, signal, wasReady: isReady, wasReadyOnce, isStopping, failures }, crashedMs));
  };

  const ended = (end: Ended, crashedMs = performance.now()): void => {
    const next = afterEnd(end);
    if (next.do === 'end') {
      if (end.code === EXIT_SETTINGS) say('Parley was not started again: a setting has to be changed first.');
      process.exit(next.code);
    }
    crashes += 1;
    failures = next.failures;
    const how = end.signal === null ? `with status ${end.code}` : `by ${end.signal}`;
    say(`Parley's server ended ${how} and is started again; calls go on meanwhile. Crashes so far: ${crashes}.`);
    pause = setTimeout(() => run(end.wasReady ? performance.now() : crashedMs), next.pauseMs);
  };

  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) return;
    isStopping = true;
    if (pause !== undefined) {
      // Nobody else would finish the recordings of the workers that live on.
      clearTimeout(pause);
      run();
    } else if (isReady) child?.kill(signal);
    setTimeout(() => child?.kill('SIGKILL'), END_LIMIT_MS).unref();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  run();
}
