// Runs once before the tests: what Node runs (media worker, store thread, ...) is built from today's sources.
import { build } from '../scripts/build.mjs';

export async function setup(): Promise<void> {
  const failed = await build({ web: false });
  // Not fatal: suites that start one of these fail by themselves, the others can still say something.
  for (const source of failed) console.error(`tests: ${source} did not build; suites that need it will fail`);
}
