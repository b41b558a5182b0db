// A program that serves HTTP, started and waited for. Knows its address, nothing of its inside.
import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { join } from 'node:path';
import { endWorkersOf, freePort } from '../../test/e2e/kit/parley.ts';
import { endChild } from './child.ts';
import { distFolder, sleep } from './system.ts';

export interface Program {
  readonly pid: number;
  readonly url: string;
  /** From the start of the process to its first 200, ms. */
  readonly startMs: number;
  /** All that it printed so far. */
  output(): string;
  end(): Promise<void>;
}

interface Start {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
}

const LIMIT_MS = 20_000;
const POLL_MS = 3;

/** Starts a Node program that serves `/healthz` on a port of the loopback. @throws Error with its output when that takes 20 s. */
export async function startProgram({ args, env, port }: Start): Promise<Program> {
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PARLEY_')));
  const child = spawn(process.execPath, args, { env: { ...own, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  while (!(await isHealthy(url))) {
    if (performance.now() - started > LIMIT_MS || child.exitCode !== null) {
      await endChild(child);
      throw new Error(`${args.join(' ')} did not start:\n${output}`);
    }
    await sleep(POLL_MS);
  }
  return { pid: child.pid ?? -1, url, startMs: performance.now() - started, output: () => output, end: () => endChild(child) };
}

function isHealthy(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(`${url}/healthz`, { agent: false, timeout: 1_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    }).on('error', () => resolve(false));
  });
}

/** Starts Parley on a data folder. `port`: left out, a free one. `entry`: left out, the built server. Its end is that of its media
 *  workers too, which outlive it otherwise. */
export async function startParleyOn(dataDir: string, { port, entry }: { port?: number; entry?: string } = {}): Promise<Program> {
  const at = port ?? (await freePort());
  const env = { PARLEY_PORT: String(at), PARLEY_DATA: dataDir, PARLEY_HOST: '127.0.0.1' };
  const program = await startProgram({ args: [entry ?? join(distFolder, 'main.js')], env, port: at });
  const end = async () => {
    await program.end();
    await endWorkersOf(dataDir);
  };
  return { ...program, end };
}

/** A person's hold on Parley: the cookie of the session. */
export interface Signed {
  readonly url: string;
  readonly cookie: string;
  post<T>(path: string, body: unknown): Promise<T>;
}

/** Enters by the owner's link that the program printed. */
export async function enterAsOwner(program: Pick<Program, 'url' | 'output'>): Promise<Signed> {
  for (let tries = 0; tries < 200 && !program.output().includes('#owner='); tries++) await sleep(10);
  const token = /#owner=(\S+)/.exec(program.output())?.[1] ?? '';
  return enter(program.url, token);
}

/** Enters by a one-time token. @throws Error when it is not taken */
export async function enter(url: string, token: string): Promise<Signed> {
  let cookie = '';
  const post = async <T>(path: string, body: unknown): Promise<T> => {
    const headers = { 'content-type': 'application/json', origin: url, cookie };
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return (await answer.json()) as T;
  };
  await post('/api/enter', { token, name: 'Bench' });
  return {
    url,
    get cookie() {
      return cookie;
    },
    post,
  };
}
