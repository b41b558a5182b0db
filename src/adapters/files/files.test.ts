// The port of files that people hand in, on memory and on a real folder alike.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Files } from '../../ports/files.ts';
import { openDiskFiles } from './disk/files.ts';
import { openMemoryFiles } from './memory/files.ts';

const root = mkdtempSync(join(tmpdir(), 'parley-files-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const both: readonly (readonly [string, () => Promise<Files>])[] = [
  ['memory', async () => openMemoryFiles()],
  ['disk', () => openDiskFiles(root)],
];
/** Of `abc` (FIPS 180-4). */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const options = { mostBytes: 10, signal: new AbortController().signal };
async function* of(...texts: readonly string[]) {
  for (const text of texts) yield Buffer.from(text);
}
async function read(files: Files, incident: string): Promise<string | null> {
  const file = await files.open(incident, ABC);
  if (file === null) return null;
  const pieces: Uint8Array[] = [];
  for await (const piece of file.stream()) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe.each(both)('files that people hand in: %s', (name, open) => {
  it('[D71] are kept under the hash of their bytes, apart for each incident, and never written over', async () => {
    const files = await open();
    const taken = await files.take('inc1', of('a', 'bc'), options);
    expect([taken.sha256, taken.bytes, Buffer.from(await taken.read(1, 9)).toString()]).toEqual([ABC, 3, 'bc']);
    expect(await read(files, 'inc1')).toBeNull();
    await taken.keep();
    await (await files.take('inc1', of('abc'), options)).keep();
    expect(await read(files, 'inc1')).toBe('abc');
    expect(await read(files, 'inc2')).toBeNull();
    expect(await files.open('inc1', '../parley.db')).toBeNull();
  });

  it('[T44] nothing stays of one that is too large, stopped or dropped', async () => {
    const files = await open();
    await expect(files.take('inc1', of('123456', '789012'), options)).rejects.toMatchObject({ code: 'too-large' });
    await expect(files.take('inc1', of('1'), { ...options, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'stopped' });
    await (await files.take('inc1', of('x'), options)).drop();
    if (name === 'disk') expect(readdirSync(join(root, 'incoming'))).toEqual([]);
  });
});
