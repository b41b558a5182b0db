// `npm run bench [-- name ...]`: builds and runs each file of bench/, one after the other, so that they do not disturb each other.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root, runStep } from './steps.mjs';

const LIMIT_MS = 15 * 60_000;
const wanted = process.argv.slice(2);
const folder = join(root, 'bench');
const all = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : [];
const chosen = all.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part))).sort();

let failed = 0;
for (const name of chosen) {
  console.log(`\n== ${name}`);
  // In dist, so that it finds the threads, workers and packages as the real programs do.
  const outfile = join(root, 'dist', `.bench-${name.replace(/\.ts$/, '')}.js`);
  await build({
    entryPoints: [join(folder, name)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
  });
  if ((await runStep(process.execPath, [outfile], { limitMs: LIMIT_MS })) !== 0) failed += 1;
  rmSync(outfile, { force: true });
}
console.log(`\n${chosen.length} benches, ${failed} failed`);
process.exitCode = failed > 0 || chosen.length === 0 ? 1 : 0;
