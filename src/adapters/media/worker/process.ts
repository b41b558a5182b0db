// Starts, finds and ends worker processes. A worker is its own session leader: it does not die with the server or its terminal.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { MediaFault } from '../../../ports/media.ts';
import type { RunPaths } from './run-file.ts';

const STOP_LIMIT_MS = 3_000;
const STOP_POLL_MS = 50;

export interface SpawnOptions {
  readonly workerEntry: string;
  readonly paths: RunPaths;
  readonly recordings: string;
  /** File that sound may take room from on a full disk. */
  readonly reserve: string;
  readonly secret: string;
  readonly announceIps: readonly string[];
  /** As in `40000-40199`. */
  readonly ports: string;
  readonly segmentS: number;
}

/** Starts a worker. @throws MediaFault worker-down when the system does not start it */
export async function spawnWorker(options: SpawnOptions): Promise<ChildProcess> {
  const { paths } = options;
  await mkdir(paths.folder, { recursive: true, mode: 0o700 });
  await mkdir(options.recordings, { recursive: true, mode: 0o700 });
  const log = openSync(paths.log, 'a', 0o600);
  try {
    const child = spawn(process.execPath, workerArgs(options), {
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log],
      env: { ...keptEnvironment(), PARLEY_WORKER_SECRET: options.secret },
    });
    child.on('error', () => undefined);
    if (child.pid === undefined) throw new MediaFault('worker-down', `could not start ${options.workerEntry}`);
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** The worker gets what a process needs of the system, and none of the server's own settings and secrets. */
function keptEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'TZ', 'LANG', 'SystemRoot', 'NODE_OPTIONS'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

function workerArgs(options: SpawnOptions): string[] {
  const announce = options.announceIps.length === 0 ? [] : ['--announce-ip', options.announceIps.join(',')];
  const where = ['--dir', options.recordings, '--socket', options.paths.socket, '--ports', options.ports, '--reserve', options.reserve];
  return [options.workerEntry, ...where, '--segment-s', String(options.segmentS), ...announce];
}

/** Ends a worker at once, if that process is this room's worker. Its recordings are repaired by the next one. */
export async function killWorker(pid: number, socket: string): Promise<void> {
  if (!(await isWorker(pid, socket))) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return; // ended by itself
  }
}

/** Ends a worker that does not answer any more: asks first, then insists. Does nothing when that process is not this room's worker. */
export async function stopStrayWorker(pid: number, socket: string): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!(await isWorker(pid, socket))) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < STOP_LIMIT_MS && isAlive(pid); waited += STOP_POLL_MS) await sleep(STOP_POLL_MS);
  }
}

/** True when a process of this number runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A process number may have been given to somebody else since: only the command line proves whose it is. */
async function isWorker(pid: number, socket: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const commandLine =
    process.platform === 'linux' ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') : await psCommandLine(pid);
  return commandLine.includes(socket);
}

function psCommandLine(pid: number): Promise<string> {
  return new Promise((resolve) => {
    const ps = spawn('ps', ['-p', String(pid), '-o', 'command='], { stdio: ['ignore', 'pipe', 'ignore'], timeout: 2_000 });
    let text = '';
    ps.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    ps.once('error', () => resolve(''));
    ps.once('close', () => resolve(text));
  });
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
