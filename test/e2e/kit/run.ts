// Runs one outside program to its end, with a time limit, and gives back what it said. No knowledge of what the program is for.
import { spawn } from 'node:child_process';

export interface RunResult {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs `command` without a shell. Resolves with its exit code, whatever it is.
 *  @throws Error when it cannot be started or is still running after `timeoutMs` (it is then killed). */
export function run(command: string, args: readonly string[], timeoutMs = 30_000): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${command} ${args.join(' ')} ran longer than ${timeoutMs} ms`));
    }, timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('error', (cause) => {
      clearTimeout(timer);
      reject(new Error(`${command} could not be started`, { cause }));
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString() });
    });
  });
}

/** As `run`, for a program that must succeed. Gives its standard output as text.
 *  @throws Error with what it wrote to standard error when its exit code is not 0. */
export async function runOk(command: string, args: readonly string[], timeoutMs = 30_000): Promise<string> {
  const result = await run(command, args, timeoutMs);
  if (result.code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${result.code}: ${result.stderr.slice(0, 2000)}`);
  return result.stdout.toString();
}
