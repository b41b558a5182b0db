// Runs the built product as a user would: own process, own data folder, ended by signal. Knows its environment variables, its
// health page and its owner link, and nothing of its inside.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { endChild, isAlive, waitFor } from './process.ts';
import { run } from './run.ts';

/** Many of them run on one machine: each holds little. */
const RESERVE_MB = '1';

export interface ParleyOptions {
  /** Further environment, e.g. PARLEY_PUBLIC_URL. The caller's own PARLEY_* variables are not passed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** The program; default `dist/main.js` below the working directory. */
  readonly entry?: string;
  /** Address to listen on and to be reached at. Default 127.0.0.1. */
  readonly host?: string;
  /** Network namespace to run in (see ../net). */
  readonly netns?: string;
  /** `https` where the product serves it; its certificate is not checked. Default `http`. */
  readonly scheme?: 'http' | 'https';
  /** Longest wait for /healthz. Default 30 s. */
  readonly withinMs?: number;
}

export interface Parley {
  readonly url: string;
  readonly port: number;
  /** Its data folder, removed by `stop()`. */
  readonly data: string;
  readonly pid: number;
  /** All it has written so far, over all its runs. */
  output(): string;
  /** The one-time owner link that it printed. @throws Error when there is none within 5 s. */
  ownerLink(): Promise<string>;
  /** Pids of the media workers that its run folder names and that are alive. */
  workers(): Promise<number[]>;
  /** Ends the server alone with SIGKILL; its media workers live on. */
  kill9(): Promise<void>;
  /** Asks the server to end (SIGTERM), waits 5 s at most. */
  term(): Promise<void>;
  /** Starts it again on the same data and port; ends it first by SIGTERM when it still runs. Gives ms until it was healthy. */
  restart(): Promise<number>;
  /** Ends the server and every media worker that it left, and removes its data. */
  stop(): Promise<void>;
}

/** Starts the product on a free port and a new data folder, and waits for its health page.
 *  @throws Error with its output when it ends or is not healthy in time. */
export async function startParley(options: ParleyOptions = {}): Promise<Parley> {
  const host = options.host ?? '127.0.0.1';
  const port = await freePort();
  const data = await mkdtemp(join(tmpdir(), 'parley-data-'));
  const url = `${options.scheme ?? 'http'}://${host}:${port}`;
  let output = '';
  let child: ChildProcess;

  const start = async (): Promise<number> => {
    const startedMs = performance.now();
    child = spawnIn(options, {
      ...cleanEnv(),
      PARLEY_PORT: String(port),
      PARLEY_DATA: data,
      PARLEY_HOST: host,
      PARLEY_RESERVE_MB: RESERVE_MB,
      ...options.env,
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', (error) => (output += `could not be started: ${error.message}\n`));
    await waitUntilHealthy(child, { url, netns: options.netns, withinMs: options.withinMs ?? 30_000 }).catch(async (cause) => {
      await endChild(child, 'SIGKILL');
      throw new Error(`Parley did not start: ${String(cause)}\n${output}`, { cause });
    });
    return performance.now() - startedMs;
  };

  const stop = async () => {
    await endChild(child, 'SIGTERM');
    await endWorkersOf(data);
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  };

  await start().catch(async (fault) => {
    await stop();
    throw fault;
  });

  return {
    url,
    port,
    data,
    get pid() {
      return child.pid ?? -1;
    },
    output: () => output,
    ownerLink: () => waitFor('the owner link in the output', () => /\S+\/console#owner=\S+/.exec(output)?.[0], { withinMs: 5_000 }),
    workers: () => workersOf(data),
    kill9: () => endChild(child, 'SIGKILL'),
    term: () => endChild(child, 'SIGTERM'),
    restart: async () => {
      await endChild(child, 'SIGTERM');
      return start();
    },
    stop,
  };
}

function spawnIn(options: ParleyOptions, env: NodeJS.ProcessEnv): ChildProcess {
  const command = [process.execPath, resolve(options.entry ?? 'dist/main.js')];
  const [program = '', ...args] = options.netns === undefined ? command : ['ip', 'netns', 'exec', options.netns, ...command];
  return spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

const cleanEnv = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('PARLEY_') && name !== 'NODE_OPTIONS' && !name.startsWith('VITEST')),
  );

/** A port of the loopback that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolvePort(address.port) : reject(new Error('no port'))));
    });
  });
}

// Asked by a small program of its own where the server is in a namespace that this process is not in, or has a certificate nobody knows.
const ASK = `const [u]=process.argv.slice(1);const m=require(u.split(':')[0]);
m.get(u+'/healthz',{rejectUnauthorized:false,timeout:2000},(r)=>{let b='';r.on('data',(d)=>b+=d);r.on('end',()=>{console.log(JSON.stringify({status:r.statusCode,body:b}))})}).on('error',()=>process.exit(1)).on('timeout',()=>process.exit(1));`;

async function askHealth(url: string, netns: string | undefined): Promise<boolean> {
  try {
    if (netns === undefined && url.startsWith('http:')) {
      const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) });
      return answer.status === 200 && isOk(await answer.text());
    }
    const command = [...(netns === undefined ? [] : ['ip', 'netns', 'exec', netns]), process.execPath, '-e', ASK, url];
    const { stdout } = await run(command[0] ?? '', command.slice(1), 5_000);
    const { status, body } = JSON.parse(stdout.toString()) as { status: number; body: string };
    return status === 200 && isOk(body);
  } catch {
    return false; // not listening yet
  }
}

const isOk = (body: string) => (JSON.parse(body) as { ok?: unknown }).ok === true;

async function waitUntilHealthy(
  child: ChildProcess,
  { url, netns, withinMs }: { url: string; netns: string | undefined; withinMs: number },
): Promise<void> {
  await waitFor(
    `200 and ok:true from ${url}/healthz`,
    () => {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended with ${child.exitCode ?? child.signalCode}`);
      return askHealth(url, netns);
    },
    { withinMs },
  );
}

/** Ends every media worker that the run folder of this data folder names, by its pid; a worker outlives its server on purpose. */
export async function endWorkersOf(data: string): Promise<void> {
  for (const pid of await workersOf(data)) await endWorker(pid);
}

async function workersOf(data: string): Promise<number[]> {
  const folder = join(data, 'run');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  const pids = await Promise.all(names.map(async (name) => pidIn(await readFile(join(folder, name), 'utf8').catch(() => ''))));
  const alive = await Promise.all(pids.map((pid) => pid !== undefined && isWorker(pid)));
  return pids.filter((pid, i): pid is number => pid !== undefined && alive[i] === true);
}

function pidIn(text: string): number | undefined {
  try {
    const { pid } = JSON.parse(text) as { pid?: unknown };
    return typeof pid === 'number' && pid > 1 ? pid : undefined;
  } catch {
    return undefined; // half written
  }
}

// A file may outlive its worker and the pid be somebody else's by now, so a process counts only if it is one of Node's.
async function isWorker(pid: number): Promise<boolean> {
  if (pid === process.pid || !(await isAlive(pid))) return false;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return command === undefined || command.includes('node');
}

async function endWorker(pid: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return; // ended in between
    }
    const gone = await waitFor(`end of media worker ${pid}`, async () => !(await isAlive(pid)), { withinMs: 3_000 }).catch(() => false);
    if (gone) return;
  }
}
