// What a crash leaves, cut at any byte, becomes a whole file again; what was finished is never touched.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tonePackets } from '../memory/packets.ts';
import { systemDisk } from './disk.ts';
import { LAST_PAGE, type ReadPage, readPage } from './ogg.ts';
import { PageBuilder } from './page-builder.ts';
import { repairRecordings } from './repair.ts';

const TONE = tonePackets(440, 60);

/** A recording without its end, and the offsets where its pages begin. */
function openRecording(): { bytes: Buffer; pages: readonly ReadPage[] } {
  const builder = new PageBuilder<number>();
  const head = builder.headers({ STARTED_AT_MS: '1700000000000' });
  const bytes = Buffer.concat([head, ...TONE.flatMap((packet) => builder.add(packet, 960)).map((page) => page.bytes)]);
  return { bytes, pages: pagesOf(bytes) };
}

function pagesOf(bytes: Buffer): ReadPage[] {
  const pages: ReadPage[] = [];
  for (let page = readPage(bytes, 0); page !== undefined; page = readPage(bytes, page.end)) pages.push(page);
  return pages;
}

describe('repair', () => {
  let dir: string;
  const path = (name: string): string => join(dir, 'leg-a', name);
  const repair = () => repairRecordings(dir, systemDisk, () => undefined, 0);
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'parley-repair-'));
    await mkdir(join(dir, 'leg-a'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('[R3] keeps every whole page of a file that was cut anywhere, ends it, and hashes what is there', async () => {
    const { bytes, pages } = openRecording();
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length }), fc.uint8Array({ maxLength: 40 }), async (cut, rubbish) => {
        await rm(join(dir, 'leg-a'), { recursive: true, force: true });
        await mkdir(join(dir, 'leg-a'));
        await writeFile(path('00001.opus'), Buffer.concat([bytes.subarray(0, cut), rubbish]));
        const [report] = await repair();
        const after = await readFile(path('00001.opus'));
        const whole = pages.filter((page) => page.end <= cut);
        expect(after.subarray(0, whole.at(-1)?.end ?? 0)).toEqual(bytes.subarray(0, whole.at(-1)?.end ?? 0));
        const now = pagesOf(after);
        expect(now.at(-1)?.end ?? 0).toBe(after.length);
        if (whole.length > 0) expect(now.at(-1)?.flags).toBe(LAST_PAGE);
        expect(report).toMatchObject({
          file: 'leg-a/00001.opus',
          cause: 'repaired',
          bytes: after.length,
          sha256: createHash('sha256').update(after).digest('hex'),
          durationMs: Number(whole.at(-1)?.granule ?? 0n) / 48,
          packets: Math.max(0, whole.length - 2) * 10,
        });
      }),
      { numRuns: 60 },
    );
  });

  it('[R7] sets the torn rest aside instead of throwing it away', async () => {
    const { bytes, pages } = openRecording();
    const cut = (pages[3] as ReadPage).end + 11;
    await writeFile(path('00001.opus'), bytes.subarray(0, cut));
    await repair();
    expect(await readFile(path('00001.opus.torn'))).toEqual(bytes.subarray((pages[3] as ReadPage).end, cut));
  });

  it('[R7] touches nothing that is finished, and nothing twice', async () => {
    const { bytes } = openRecording();
    await writeFile(path('00001.opus'), bytes);
    await writeFile(path('00002.opus'), bytes.subarray(0, bytes.length - 5));
    await writeFile(path('leg.idx.jsonl'), '{"at":"closed","file":"00001.opus","sha256":"","bytes":1,"wallMs":1}\n{"at":"seco');
    expect((await repair()).map((report) => report.file)).toEqual(['leg-a/00002.opus']);
    expect(await readFile(path('00001.opus'))).toEqual(bytes);
    expect(await repair()).toEqual([]);
    expect((await readdir(join(dir, 'leg-a'))).sort()).toEqual(['00001.opus', '00002.opus', '00002.opus.torn', 'leg.idx.jsonl']);
  });

  it('[R3] tells the same length of a file that had its end already', async () => {
    const builder = new PageBuilder<number>();
    const head = builder.headers({ STARTED_AT_MS: '1700000000000' });
    const pages = [...TONE.flatMap((packet) => builder.add(packet, 960)), ...builder.end()];
    const bytes = Buffer.concat([head, ...pages.map((page) => page.bytes)]);
    await writeFile(path('00001.opus'), bytes);
    expect(await repair()).toMatchObject([{ durationMs: 1_200, packets: 60, bytes: bytes.length }]);
    expect(await readFile(path('00001.opus'))).toEqual(bytes);
  });

  it('[R3] reads when the recording began', async () => {
    await writeFile(path('00001.opus'), openRecording().bytes);
    expect(await repair()).toMatchObject([{ startedAtMs: 1_700_000_000_000, durationMs: 1_200 }]);
  });
});
