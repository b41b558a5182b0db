// Printable files by a process of its own for each: the server's loop goes on meanwhile, and a fault takes nothing with it.
import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';
import { type Press, PressFault } from '../../../ports/press.ts';

/** How long one file may take, ms. */
const LIMIT_MS = 20_000;
/** Who asks while so many are made already is told to come again. */
const MOST_AT_ONCE = 2;

/** A press by processes. `jobsEntry`: the built program, as in `dist/jobs.js`. */
export function openProcessPress({ jobsEntry }: { readonly jobsEntry: string }): Press {
  let running = 0;
  const make = async (input: string): Promise<Uint8Array> => {
    const child = spawn(process.execPath, [jobsEntry], { stdio: 'pipe', timeout: LIMIT_MS });
    const failed = new Promise<never>((_, reject) => {
      child.once('error', (cause) => reject(new PressFault('the printer could not be started', { cause })));
      // A child that is gone before it has read everything is told of by its status.
      child.stdin.once('error', () => undefined);
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    child.stdin.end(input);
    const [bytes, said, status] = await Promise.race([Promise.all([buffer(child.stdout), text(child.stderr), ended]), failed]);
    if (status !== 0) throw new PressFault(`no file was made: ${said.slice(0, 500)}`);
    return bytes;
  };
  return {
    async paper(sheet) {
      if (running >= MOST_AT_ONCE) throw new PressFault('too many files are being made');
      running += 1;
      try {
        return await make(JSON.stringify(sheet));
      } finally {
        running -= 1;
      }
    },
  };
}
