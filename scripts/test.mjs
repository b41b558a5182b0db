// `npm test`: the static checks, then every suite but those of `npm run soak`. The last line is `N passed, N failed, N skipped` over all of it.
//   --portable         leave out what needs system programs that are not here, and list it
//   --install-system   install missing system programs with apt-get (root only; CI=true does the same)
//   anything else      is passed on to vitest (a path, -t title)
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSpec } from './check-spec.mjs';
import { installLine, missingParts, PARTS } from './parts.mjs';
import { bin, root, runStep, runVitest } from './steps.mjs';

const args = process.argv.slice(2);
const portable = args.includes('--portable');
const mayInstall = args.includes('--install-system') || process.env.CI === 'true';
const passedOn = args.filter((one) => one !== '--portable' && one !== '--install-system');

const CHECK_LIMIT_MS = 3 * 60_000;
const APT_LIMIT_MS = 5 * 60_000;
const SUITES_LIMIT_MS = Number(process.env.PARLEY_TEST_LIMIT_MS ?? 25 * 60_000);

const node = (name, ...rest) => [name, process.execPath, rest];
const CHECKS = [
  node('biome', bin('@biomejs/biome/bin/biome'), 'check'),
  node('types', bin('typescript/bin/tsc'), '-p', 'tsconfig.json'),
  node('types of core', bin('typescript/bin/tsc'), '-p', 'tsconfig.core.json'),
  node('types of the tests', bin('typescript/bin/tsc'), '-p', 'tsconfig.test.json'),
  node('types of the pages', bin('typescript/bin/tsc'), '-p', 'tsconfig.web.json'),
  node('borders', bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', 'src'),
  node('docstrings', 'scripts/check-docs.mjs'),
  node('rules and titles', 'scripts/check-spec.mjs'),
];

/** Installs what is missing, when that is allowed. Two tries, for package servers have bad moments. */
function installMissing(missing) {
  if (missing.length === 0 || portable || !mayInstall) return;
  if (process.getuid?.() !== 0) {
    console.log('System programs are missing, and only root may install them.');
    return;
  }
  const packages = [...new Set(missing.map((name) => PARTS[name].apt))];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const command of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      console.log(`apt-get ${command.join(' ')}`);
      if (spawnSync('apt-get', command, { stdio: ['ignore', 'inherit', 'inherit'], env, timeout: APT_LIMIT_MS }).status === 0) break;
    }
  }
}

function tellMissing(missing) {
  if (missing.length === 0) return;
  console.log(
    portable ? '\nLeft out, for these are not here:' : '\nMissing system programs; the suites that need them fail. Install them:',
  );
  for (const name of missing) console.log(`  ${name}: ${installLine(name)}`);
  if (!portable) console.log('  or leave those suites out: npm test -- --portable');
}

async function runCheck([name, program, rest]) {
  const started = Date.now();
  const said = [];
  const status = await runStep(program, rest, { limitMs: CHECK_LIMIT_MS, collect: (text) => said.push(text) });
  process.stdout.write(`\n== ${name}\n${Buffer.concat(said)}`);
  const verdict = status === 0 ? 'passed' : status === null ? 'FAILED, not ready in time' : 'FAILED';
  console.log(`== ${name}: ${verdict} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return status === 0;
}

/** Two at a time: most laptops have the cores, and each is a program of one thread. */
async function runChecks() {
  const failed = [];
  const left = [...CHECKS];
  const worker = async () => {
    for (let check = left.shift(); check !== undefined; check = left.shift()) if (!(await runCheck(check))) failed.push(check[0]);
  };
  await Promise.all([worker(), worker()]);
  return failed;
}

/** A test that is skipped without being an admitted gap is a failure; `--portable` admits what it leaves out. */
function unexcused(skips) {
  const spec = join(root, 'SPEC.md');
  const { gaps } = existsSync(spec) ? readSpec(readFileSync(spec, 'utf8')) : { gaps: new Set() };
  const inGaps = (title) => [...title.matchAll(/[A-Z]+\d+[a-z]?/g)].some((match) => gaps.has(match[0]));
  return skips.filter((title) => !inGaps(title) && !(portable && title.includes('(left out, no ')));
}

installMissing(missingParts());
const missing = missingParts();
tellMissing(missing);

// With a path or a title someone works on one thing: the static checks would only be in the way.
const whole = passedOn.length === 0;
const failedChecks = whole ? await runChecks() : [];
console.log('\n== suites');
const wanted = whole ? ['--project', 'node', '--project', 'browser'] : passedOn;
const suites = await runVitest(wanted, { limitMs: SUITES_LIMIT_MS, env: portable ? { PARLEY_PORTABLE: '1' } : {} });
const bad = whole ? unexcused(suites.skips) : [];

console.log('');
tellMissing(missing);
for (const title of suites.skips) console.log(`skipped: ${title}${bad.includes(title) ? '   FAILED: no such gap in SPEC.md' : ''}`);
for (const problem of suites.problems) console.log(`problem: ${problem}`);
for (const name of failedChecks) console.log(`failed check: ${name}`);
const passed = suites.passed + (whole ? CHECKS.length - failedChecks.length : 0);
const failed = suites.failed + failedChecks.length + bad.length;
if (suites.passed + suites.failed === 0) console.log('problem: no test ran');
console.log(`${passed} passed, ${failed} failed, ${suites.skips.length} skipped`);
process.exitCode = failed > 0 || suites.passed === 0 ? 1 : 0;
