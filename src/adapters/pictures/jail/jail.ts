// A process without rights: no environment, no files, no network, little time and memory, one at a time. What runs in it is not known here.
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { PictureFault } from '../../../ports/pictures.ts';

export interface JailLimits {
  /** On the wall, from start to end. */
  readonly wallMs: number;
  /** Of a processor. */
  readonly cpuS: number;
  readonly memoryBytes: number;
  readonly mostOutBytes: number;
}

export interface Jailed {
  /** One file, which is all that it can read: the program. */
  readonly program: string;
  readonly args: readonly string[];
  readonly input: AsyncIterable<Uint8Array>;
}

/** No core dump, no file written, so much processor time and memory. The shell becomes the program: it is the same process. */
const LIMITED = 'ulimit -c 0; ulimit -f 0; ulimit -t "$1"; ulimit -d "$2" 2>/dev/null; shift 2; exec "$@"';

/** Node's own walls: no file but this one, no child process, no thread, no native part. Older ones call the flag experimental. */
function nodeArgs(program: string): readonly string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const flag = major > 22 || (major === 22 && minor >= 13) ? '--permission' : '--experimental-permission';
  return [flag, `--allow-fs-read=${program}`, '--no-warnings', '--max-old-space-size=256', program];
}

function start({ program, args }: Jailed, { cpuS, memoryBytes }: JailLimits): ChildProcessByStdio<Writable, Readable, null> {
  const command = [process.execPath, ...nodeArgs(program), ...args];
  const limited = ['-c', LIMITED, 'sh', String(cpuS), String(Math.floor(memoryBytes / 1024)), ...command];
  const [file = '', ...rest] = process.platform === 'win32' ? command : ['/bin/sh', ...limited];
  return spawn(file, rest, { env: {}, cwd: '/', stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
}

/** From here on it opens nothing more, no socket either. Where the system has no such tool, Node's walls and the limits have to do. */
function shut(pid: number | undefined): void {
  if (pid !== undefined && process.platform === 'linux')
    spawnSync('prlimit', ['--pid', String(pid), '--nofile=0:0'], { stdio: 'ignore', timeout: 1_000 });
}

/** Runs a program on these bytes and answers what it said after its first byte, which tells that it is ready. It is killed when over a limit.
 *  @throws PictureFault */
export async function inJail(what: Jailed, limits: JailLimits): Promise<Uint8Array> {
  const child = start(what, limits);
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', (status) => resolve(status));
  });
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    child.kill('SIGKILL');
  }, limits.wallMs);
  try {
    const said = hear(child, what.input, limits.mostOutBytes);
    const status = await ended;
    if (status !== 0) throw new PictureFault(isOver || status === null ? 'too-much' : 'broken', `status ${status}`);
    return await said;
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

/** The answer is heard to its end even when the input was not wanted to its end. */
async function hear(child: ReturnType<typeof start>, input: AsyncIterable<Uint8Array>, mostBytes: number): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  child.stdout.on('data', (piece: Buffer) => {
    if (bytes === 0) {
      shut(child.pid);
      void feed(child.stdin, input);
    }
    bytes += piece.byteLength;
    if (bytes > mostBytes) child.kill('SIGKILL');
    else pieces.push(piece);
  });
  await finished(child.stdout, { writable: false }).catch(() => undefined);
  return new Uint8Array(Buffer.concat(pieces)).subarray(1);
}

async function feed(stdin: Writable, input: AsyncIterable<Uint8Array>): Promise<void> {
  stdin.on('error', () => undefined); // it ended before it had heard all: its status says why
  try {
    for await (const piece of input) {
      if (stdin.destroyed) return;
      if (!stdin.write(piece)) await new Promise((resolve) => stdin.once('drain', resolve).once('close', resolve));
    }
    stdin.end();
  } catch {
    stdin.destroy();
  }
}
