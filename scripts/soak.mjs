// `npm run soak [-- --short] [-- --seed N]`: the same things for a long time, and what takes long. Journeys over broken paths and dead
// workers, calls in which the server and the media worker are killed (test/soak), every property with many runs. The seed is printed.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { fuzz, tell } from './fuzz.mjs';
import { runVitest } from './steps.mjs';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false }, seed: { type: 'string' } } });
const seed = values.seed === undefined ? randomInt(0x7fffffff) : Number(values.seed);
if (!Number.isInteger(seed) || seed < 0 || seed > 0x7fffffff) {
  console.error('--seed must be a whole number from 0 to 2147483647');
  process.exit(2);
}
/** Two kills in each call. Short: no calls, and less than twenty minutes for all of it. */
const plan = values.short ? { calls: 0, runs: 100, limitMs: 20 * 60_000 } : { calls: 100, runs: 20_000, limitMs: 8 * 60 * 60_000 };

console.log(
  `soak: seed ${seed}, ${plan.calls} calls, ${plan.calls * 2} kills; again with: npm run soak -- ${values.short ? '--short ' : ''}--seed ${seed}`,
);
// Long: blackouts of 25 and 60 s too.
const full = values.short ? {} : { PARLEY_SOAK: 'full' };
const env = { PARLEY_SOAK_CALLS: String(plan.calls), PARLEY_FUZZ_SEED: String(seed), ...full };
const projects = ['--project', 'bad-days', ...(plan.calls === 0 ? [] : ['--project', 'soak'])];
const calls = await runVitest(projects, { limitMs: plan.limitMs, env });
const properties = await fuzz({ seed, runs: plan.runs, limitMs: plan.limitMs });
tell({
  passed: calls.passed + properties.passed,
  // No call at all is no soak.
  failed: calls.failed + properties.failed + (calls.passed + calls.failed === 0 ? 1 : 0),
  skips: [...calls.skips, ...properties.skips],
  problems: [...calls.problems, ...properties.problems],
});
