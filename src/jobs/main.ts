// Long work in a process of its own: reads what it is to do as JSON, writes the file that came of it, and ends. Knows no incident.
import { buffer } from 'node:stream/consumers';
import type { PaperSheet } from '../ports/press.ts';
import { paperPdf } from './paper.ts';

async function main(): Promise<void> {
  const sheet = JSON.parse((await buffer(process.stdin)).toString('utf8')) as PaperSheet;
  process.stdout.write(await paperPdf(sheet));
}

main().catch((cause: unknown) => {
  process.stderr.write(`the file could not be made: ${cause instanceof Error ? cause.stack : String(cause)}\n`);
  process.exitCode = 1;
});
