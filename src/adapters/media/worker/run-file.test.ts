// Where a worker is found again.
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRunRecord, removeRunRecord, runPaths, writeRunRecord } from './run-file.ts';

describe('run files', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'parley-run-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('[A9] puts the socket beside the others, or in a short place of its own when the path is too long', () => {
    expect(runPaths('/data', 'r1', 'linux').socket).toBe('/data/run/r1.sock');
    const deep = `/data/${'x'.repeat(120)}`;
    const socket = runPaths(deep, 'r1', 'linux').socket;
    expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(100);
    expect(socket).toBe(runPaths(deep, 'r1', 'linux').socket);
    expect(socket).not.toBe(runPaths(deep, 'r2', 'linux').socket);
    expect(socket).not.toBe(runPaths(`${deep}y`, 'r1', 'linux').socket);
    expect(runPaths('/data', 'r1', 'win32').socket).toMatch(/^\\\\\.\\pipe\\parley-/);
  });

  it('[T30] is for the owner only, is replaced whole, and forgotten', async () => {
    const paths = runPaths(dir, 'r1');
    const record = { pid: 7, socket: paths.socket, secret: 's'.repeat(64) };
    await writeRunRecord(paths, { ...record, pid: 6 });
    await writeRunRecord(paths, record);
    expect(await readRunRecord(paths)).toEqual(record);
    expect((await stat(paths.record)).mode & 0o777).toBe(0o600);
    expect(await readdir(paths.folder)).toEqual(['r1.json']);
    await removeRunRecord(paths);
    expect(await readRunRecord(paths)).toBeUndefined();
  });

  it('[A9] takes a damaged record for none', async () => {
    const paths = runPaths(dir, 'r1');
    await writeRunRecord(paths, { pid: 7, socket: paths.socket, secret: 's'.repeat(64) });
    for (const text of ['', '{', '{"pid":"x"}', '[]']) {
      await writeFile(paths.record, text);
      expect(await readRunRecord(paths)).toBeUndefined();
    }
  });
});
