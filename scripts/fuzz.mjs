// `npm run fuzz -- --seed N --runs K`: every property of every suite, K times each, from one seed that is printed.
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root, runVitest } from './steps.mjs';

const LIMIT_MS = 60 * 60_000;

function propertySuites() {
  const below = (folder) => readdirSync(join(root, folder), { withFileTypes: true, recursive: true });
  const tests = [...below('src'), ...below('test')].filter((one) => one.isFile() && /\.test\.tsx?$/.test(one.name));
  const paths = tests.map((one) => join(one.parentPath, one.name)).filter((path) => !path.includes(`${join('test', 'e2e')}`));
  return paths
    .filter((path) => /fast-check|test\/contract\/|luck\.ts/.test(readFileSync(path, 'utf8')))
    .map((path) => relative(root, path));
}

/** Runs all properties; answers vitest's figures. `only`: paths that narrow the choice. */
export async function fuzz({ seed, runs, only = [], limitMs = LIMIT_MS }) {
  const suites = propertySuites().filter((path) => only.length === 0 || only.some((part) => path.includes(part)));
  console.log(`fuzz: seed ${seed}, ${runs} runs of each property, ${suites.length} suites`);
  console.log(`fuzz: again with: npm run fuzz -- --seed ${seed} --runs ${runs}`);
  if (suites.length === 0) return { passed: 0, failed: 1, skips: [], problems: ['no suite with properties was found'] };
  // One run of a property may be slow; the suite's own limit is made to grow with the count.
  const perTestMs = Math.max(60_000, runs * 30);
  const env = { PARLEY_FUZZ_SEED: String(seed), PARLEY_FUZZ_RUNS: String(runs) };
  return runVitest([`--testTimeout=${perTestMs}`, ...suites], { limitMs, env });
}

/** Prints what went wrong and the last line; sets the exit status. */
export function tell(sum) {
  for (const problem of sum.problems) console.log(`problem: ${problem}`);
  console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skips.length} skipped`);
  process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
}

function whole(text, name, most) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  console.error(`--${name} must be a whole number from 0 to ${most}`);
  process.exit(2);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const options = { seed: { type: 'string' }, runs: { type: 'string' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const seed = values.seed === undefined ? randomInt(0x7fffffff) : whole(values.seed, 'seed', 0x7fffffff);
  tell(await fuzz({ seed, runs: whole(values.runs ?? '1000', 'runs', 10_000_000), only: positionals }));
}
