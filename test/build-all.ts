// Runs once before the browser journeys: programs and pages are built from today's sources.
import { build } from '../scripts/build.mjs';

export async function setup(): Promise<void> {
  const failed = await build({ web: true });
  for (const source of failed) console.error(`tests: ${source} did not build; suites that need it will fail`);
}
