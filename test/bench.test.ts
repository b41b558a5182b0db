// What a bench leaves behind: nothing. Workers outlive their server on purpose, so they are ended by the pid in their run file.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endWorkersOf } from './e2e/kit/parley.ts';
import { endChild } from './e2e/kit/process.ts';

let data: string;
let started: ChildProcess[];
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  mkdirSync(join(data, 'run'));
  started = [];
});
afterEach(async () => {
  for (const child of started) await endChild(child, 'SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** A process of Node that waits, once it runs. */
async function waiting(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("here")'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  started.push(child);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
}

it('[B12] ends the media workers that the run folder names, and nothing else', async () => {
  const [worker, other] = [await waiting(), await waiting()];
  const end = new Promise((resolve) => worker.once('exit', (_, signal) => resolve(signal)));
  writeFileSync(join(data, 'run', 'i-1.json'), JSON.stringify({ pid: worker.pid }));
  writeFileSync(join(data, 'run', 'i-2.json'), '{"pid":');
  writeFileSync(join(data, 'run', 'i-3.json'), JSON.stringify({ pid: process.pid }));
  await endWorkersOf(data);
  expect(await end).toBe('SIGTERM');
  expect(other.exitCode).toBeNull();
  expect(other.signalCode).toBeNull();
});
