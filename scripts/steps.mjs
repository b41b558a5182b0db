// Running programs as steps of a check: whole output, a time limit, vitest's figures read from its JSON report.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const GRACE_MS = 5_000;

/**
 * Runs a program; answers its exit status, or null when it was stopped at the limit. Its output is shown, or with `collect`
 * handed over piece by piece, so that steps at the same time do not mix theirs.
 */
export function runStep(program, args, { limitMs, env = {}, collect }) {
  return new Promise((resolve) => {
    const out = collect === undefined ? 'inherit' : 'pipe';
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', out, out], env: { ...process.env, ...env } });
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    let late = false;
    const stop = setTimeout(() => {
      late = true;
      console.error(`stopped after ${Math.round(limitMs / 1000)} s: ${args.join(' ')}`);
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
    }, limitMs);
    child.on('error', (cause) => {
      clearTimeout(stop);
      console.error(`could not run ${program}: ${cause.message}`);
      resolve(1);
    });
    child.on('close', (status) => {
      clearTimeout(stop);
      resolve(late ? null : status);
    });
  });
}

/** Path of a program that comes with a package. */
export const bin = (path) => join(root, 'node_modules', path);

/** Sums up a vitest JSON report. `skips`: full titles of tests that did not run. */
export function sumUp(report) {
  const sum = { passed: 0, failed: 0, skips: [], problems: [] };
  for (const file of report.testResults) {
    const failedBefore = sum.failed;
    for (const one of file.assertionResults) {
      if (one.status === 'passed') sum.passed += 1;
      else if (one.status === 'failed') sum.failed += 1;
      else sum.skips.push(`${relative(root, file.name)}: ${one.fullName}`);
    }
    // A file that broke before or outside its tests.
    if (file.status === 'failed' && sum.failed === failedBefore) {
      sum.failed += 1;
      sum.problems.push(`${relative(root, file.name)}: ${file.message || 'failed outside its tests'}`);
    }
  }
  return sum;
}

/** Runs vitest with these arguments. Answers its figures; whatever went wrong outside the tests is counted as failed. */
export async function runVitest(args, { limitMs, env }) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-tests-'));
  const reportPath = join(folder, 'report.json');
  const status = await runStep(
    process.execPath,
    [bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`, ...args],
    { limitMs, env },
  );
  const sum = readReport(reportPath);
  rmSync(folder, { recursive: true, force: true });
  if (status !== 0 && sum.failed === 0) {
    sum.failed += 1;
    sum.problems.push(
      status === null ? 'the tests did not end in time' : `vitest ended with status ${status} outside its tests (see above)`,
    );
  }
  return sum;
}

function readReport(path) {
  try {
    return sumUp(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    return { passed: 0, failed: 1, skips: [], problems: [`no report of the tests: ${cause.message}`] };
  }
}
