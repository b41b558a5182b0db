// `npm run bench [-- name ...] [-- --json]`: builds and runs each file of bench/, one after the other, so that they do not disturb
// each other. With --json the standard output is one JSON document; what the benches print themselves goes to standard error.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root, runStep } from './steps.mjs';

const LIMIT_MS = 3 * 60_000;
const asked = process.argv.slice(2);
const json = asked.includes('--json');
const wanted = asked.filter((part) => part !== '--json');
const folder = join(root, 'bench');
const all = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : [];
const chosen = all.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part))).sort();

const three = (value) => Number(value.toPrecision(3));

function machine() {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    load: loadavg().map(three),
  };
}

/** Runs one bench. Answers its figure, or null when it failed. */
async function runOne(name) {
  const figure = name.replace(/\.ts$/, '');
  // In dist, so that it finds the threads, workers and packages as the real programs do.
  const outfile = join(root, 'dist', `.bench-${figure}.js`);
  const results = mkdtempSync(join(root, 'dist', '.bench-out-'));
  const out = join(results, 'figure.json');
  try {
    await build({
      entryPoints: [join(folder, name)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      logLevel: 'error',
    });
    const loadBefore = three(loadavg()[0]);
    const options = {
      limitMs: LIMIT_MS,
      env: { PARLEY_BENCH_OUT: out },
      ...(json ? { collect: (chunk) => process.stderr.write(chunk) } : {}),
    };
    const status = await runStep(process.execPath, [outfile], options);
    if (status !== 0) return null;
    const made = JSON.parse(readFileSync(out, 'utf8'));
    return { ...made, loadBefore, rows: made.rows.map((row) => ({ ...row, ratio: ratioOf(row) })) };
  } catch (cause) {
    console.error(`${name}: ${cause.message}`);
    return null;
  } finally {
    rmSync(outfile, { force: true });
    rmSync(results, { recursive: true, force: true });
  }
}

/** Ours over the baseline, for every value that both have. */
function ratioOf({ ours, baseline }) {
  const shared = Object.keys(ours).filter((key) => baseline?.values[key] > 0);
  return shared.length === 0 ? null : Object.fromEntries(shared.map((key) => [key, three(ours[key] / baseline.values[key])]));
}

const text = (values, unit) =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${value}${unit === 'x' ? 'x' : unit === 'count' ? '' : ` ${unit}`}`)
    .join(', ');

function print({ figure, rows, facts, leftOut, loadBefore }) {
  console.log(`\n== ${figure}   (load before: ${loadBefore})`);
  for (const { what, unit, ours, baseline, target, ratio, leftOut: why } of rows) {
    console.log(`${what}: ${text(ours, unit)}${target === undefined ? '' : `   [design: ${target}]`}`);
    console.log(baseline === null ? `    baseline left out: ${why}` : `    beside ${baseline.what}: ${text(baseline.values, unit)}`);
    if (ratio !== null) console.log(`    ratio: ${text(ratio, 'x')}`);
  }
  console.log(`    ${text(facts, 'count')}`);
  for (const one of leftOut) console.log(`    left out: ${one}`);
}

const about = machine();
if (!json)
  console.log(`${about.cores} cores (${about.processor}), ${about.memoryGb} GB, ${about.system}, Node ${about.node}, load ${about.load}`);
const figures = [];
const failed = [];
for (const name of chosen) {
  const figure = await runOne(name);
  if (figure === null) failed.push(name);
  else figures.push(figure);
  if (figure !== null && !json) print(figure);
}
rmSync(join(root, 'dist', '.bench-data'), { recursive: true, force: true });
if (json) console.log(JSON.stringify({ machine: about, figures, failed }, null, 2));
else console.log(`\n${chosen.length} benches, ${failed.length} failed${failed.length > 0 ? `: ${failed.join(', ')}` : ''}`);
process.exitCode = failed.length > 0 || chosen.length === 0 ? 1 : 0;
