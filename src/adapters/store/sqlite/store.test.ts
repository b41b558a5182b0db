// The SQLite store: the contract, what is on the disk after a kill, and what happens when the disk refuses.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chained, sha256 } from '../../../../test/contract/chained.ts';
import { storeContract } from '../../../../test/contract/store.ts';
import { verifyLines } from '../../../core/evidence/chain.ts';
import { openSqliteStore } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-store-'));
// In dist, so that it finds the thread and the packages as the real programs do.
const child = fileURLToPath(new URL(`../../../../dist/.test-store-child-${process.pid}.mjs`, import.meta.url));
let files = 0;
const newPath = () => {
  files += 1;
  return join(folder, `${files}`, 'parley.db');
};

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(child, { force: true });
});

storeContract('sqlite', () => openSqliteStore({ path: newPath() }));

it('[E4] lines and secrets are there after closing and opening again, readable by this user only', async () => {
  const path = newPath();
  const lines = chained('s', ['1', '2']);
  const first = await openSqliteStore({ path });
  await first.store.append('s', 0, lines);
  await first.vault.put('session', 'a', '1');
  for (const name of readdirSync(join(path, '..'))) expect(statSync(join(path, '..', name)).mode & 0o077, name).toBe(0);
  await first.store.close();
  const second = await openSqliteStore({ path });
  expect(await second.store.read('s', 0, 10)).toEqual(lines);
  expect(await second.vault.get('session', 'a')).toBe('1');
  await second.store.close();
});

it('[E12] two processes on one file: the second writer of the same number gets a conflict', async () => {
  const path = newPath();
  const a = await openSqliteStore({ path });
  const b = await openSqliteStore({ path });
  await a.store.append('s', 0, chained('s', ['1']));
  await expect(b.store.append('s', 0, chained('s', ['2']))).rejects.toMatchObject({ code: 'conflict' });
  expect(await b.store.read('s', 0, 10)).toHaveLength(1);
  await Promise.all([a.store.close(), b.store.close()]);
});

interface ChildEnd {
  readonly acknowledged: readonly number[];
  readonly fault: { readonly fault: string; readonly count: number } | undefined;
  readonly stderr: string;
}

/** Runs the child; kills it with SIGKILL as soon as `killAfter` lines are acknowledged. */
function runChild(command: readonly [string, ...string[]], killAfter: number): Promise<ChildEnd> {
  return new Promise((resolve, reject) => {
    const [program, ...args] = command;
    const proc = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000, killSignal: 'SIGKILL' });
    let out = '';
    let stderr = '';
    proc.stderr.on('data', (text) => {
      stderr += String(text);
    });
    proc.stdout.on('data', (text) => {
      out += String(text);
      if (out.split('\n').length > killAfter) proc.kill('SIGKILL');
    });
    proc.on('error', reject);
    proc.on('close', () => {
      // A last line cut off by the kill was not acknowledged.
      const rows = out.split('\n').slice(0, -1);
      const fault = rows.find((row) => row.startsWith('{'));
      const acknowledged = rows.filter((row) => /^\d+$/.test(row)).map(Number);
      resolve({ acknowledged, fault: fault === undefined ? undefined : JSON.parse(fault), stderr });
    });
  });
}

describe('a store whose process is killed or whose disk is full', () => {
  beforeAll(async () => {
    const source = fileURLToPath(new URL('../../../../test/contract/store-child.ts', import.meta.url));
    await build({ entryPoints: [source], outfile: child, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
  });

  it('[E4] kill -9 while writing, again and again: every acknowledged line is there, no gap, the chain holds', async () => {
    const path = newPath();
    let most = 0;
    for (const killAfter of [1, 40, 200, 333, 77]) {
      const end = await runChild([process.execPath, child, path, 's', '100000'], killAfter);
      expect(end.acknowledged.length, end.stderr).toBeGreaterThanOrEqual(killAfter);
      most = Math.max(most, ...end.acknowledged);
      const { store } = await openSqliteStore({ path });
      const lines = await store.read('s', 0, 10_000);
      expect(lines.length).toBeGreaterThanOrEqual(most);
      expect(verifyLines(lines, sha256)).toMatchObject({ ok: true, lines: lines.length });
      await store.append('s', lines.length, chained('s', ['"after the kill"'], lines.at(-1)));
      await store.close();
    }
  }, 60_000);

  it.skipIf(process.platform === 'win32')(
    '[E9] a full disk answers not-writable, nothing is half written, and writing goes on when there is room',
    async () => {
      const path = newPath();
      // A limit on the size of files stands for the full disk: no special rights needed, and the refusal is the kernel's.
      const end = await runChild(['sh', '-c', 'ulimit -f 400; exec "$@"', 'sh', process.execPath, child, path, 's', '100000'], 100_000);
      expect(end.fault, end.stderr).toEqual({ fault: 'not-writable', count: end.acknowledged.length });
      expect(end.acknowledged.length).toBeGreaterThan(10);
      const { store } = await openSqliteStore({ path });
      const lines = await store.read('s', 0, 10_000);
      expect(lines.map((one) => one.seq)).toEqual(end.acknowledged);
      expect(verifyLines(lines, sha256)).toMatchObject({ ok: true, lines: end.acknowledged.length });
      await store.append('s', lines.length, chained('s', ['"room again"'], lines.at(-1)));
      await store.close();
    },
  );
});

it('[E9] a place that cannot be written and a file that is no database are told apart', async () => {
  const blocker = join(folder, 'a-file');
  writeFileSync(blocker, 'x');
  await expect(openSqliteStore({ path: join(blocker, 'parley.db') })).rejects.toMatchObject({ name: 'StoreFault', code: 'not-writable' });
  const broken = join(folder, 'broken.db');
  writeFileSync(broken, 'this is no database '.repeat(1_000));
  await expect(openSqliteStore({ path: broken })).rejects.toMatchObject({ name: 'StoreFault', code: 'corrupt' });
});
