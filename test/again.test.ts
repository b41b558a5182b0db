// The last seconds of a line, cut from recordings as the recorder writes them, and the door that gives them out.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cutRecordings } from '../src/core/evidence/cut.ts';
import { readPage } from '../src/media/recorder/ogg.ts';
import { PageBuilder } from '../src/media/recorder/page-builder.ts';
import { Box } from './doors-kit.ts';

const START_MS = 1_700_000_000_000;

/** A recording of `seconds`; each packet of 20 ms holds its number and `mark`. Open: without its end, and with a torn last page. */
function recording(
  startedAtMs: number,
  seconds: number,
  { mark, isOpen = false }: { readonly mark: number; readonly isOpen?: boolean },
): Buffer {
  const pages = new PageBuilder<number>();
  const parts = [pages.headers({ LEG: 'line.line1', STARTED_AT_MS: String(startedAtMs) })];
  for (let n = 0; n < seconds * 50; n++) {
    for (const page of pages.add(Uint8Array.of(0x78, mark, n & 255, n >> 8), 960)) parts.push(page.bytes);
  }
  if (!isOpen) return Buffer.concat([...parts, ...pages.end().map((page) => page.bytes)]);
  return Buffer.concat([...parts, (parts.at(-1) as Buffer).subarray(0, 40)]);
}

function packetsOf(bytes: Uint8Array): { readonly packets: Buffer[]; readonly samples: number; readonly flags: number[] } {
  const all = Buffer.from(bytes);
  const packets: Buffer[] = [];
  const flags: number[] = [];
  let samples = 0;
  let at = 0;
  for (let page = readPage(all, 0); page !== undefined; page = readPage(all, page.end)) {
    expect(page.number).toBe(flags.length);
    flags.push(page.flags);
    if (page.number > 1) packets.push(...(page.packets as Buffer[]));
    samples = Number(page.granule);
    at = page.end;
  }
  expect(at, 'every page is whole').toBe(all.length);
  return { packets, samples, flags };
}

describe('what is cut from recordings', () => {
  it('[R40] is the last seconds of the open file, to a page, with a beginning and an end', () => {
    const file = recording(START_MS, 40, { mark: 1, isOpen: true });
    const cut = cutRecordings([file], { fromMs: START_MS + 25_000, toMs: START_MS + 40_000 });
    const { packets, samples, flags } = packetsOf(cut?.bytes ?? Buffer.alloc(0));
    expect(samples / 48).toBe(15_000);
    expect(packets).toHaveLength(750);
    expect(packets[0]).toEqual(Buffer.from([0x78, 1, 1250 & 255, 1250 >> 8]));
    expect([flags[0], flags.at(-1)]).toEqual([2, 4]);
    expect(cut).toMatchObject({ fromMs: START_MS + 25_000, toMs: START_MS + 40_000 });
  });

  it('[R40] spans two files without a seam, and keeps a hole between them as long as it was', () => {
    const first = recording(START_MS, 10, { mark: 1 });
    const next = recording(START_MS + 10_000, 8, { mark: 2, isOpen: true });
    const seamless = packetsOf(
      cutRecordings([first, next], { fromMs: START_MS + 3_000, toMs: START_MS + 18_000 })?.bytes ?? Buffer.alloc(0),
    );
    expect(seamless.samples / 48).toBe(15_000);
    expect(seamless.packets.filter((p) => p[1] === 1)).toHaveLength(350);
    expect(seamless.packets.filter((p) => p[1] === 2)).toHaveLength(400);
    const later = recording(START_MS + 12_000, 3, { mark: 3, isOpen: true });
    const holed = packetsOf(cutRecordings([first, later], { fromMs: START_MS, toMs: START_MS + 15_000 })?.bytes ?? Buffer.alloc(0));
    expect(holed.samples / 48).toBe(15_000);
  });

  it('[R40] is nothing where there is nothing, or no recording of ours', () => {
    const file = recording(START_MS, 10, { mark: 1 });
    expect(cutRecordings([file], { fromMs: START_MS + 11_000, toMs: START_MS + 20_000 })).toBeNull();
    expect(cutRecordings([], { fromMs: 0, toMs: 1e15 })).toBeNull();
    expect(cutRecordings([Buffer.from('OggS and then nothing of use')], { fromMs: 0, toMs: 1e15 })).toBeNull();
  });
});

describe('the door to the last seconds', () => {
  let box: Box;
  let lead: string | undefined;
  let scribe: string | undefined;
  let incident: string;
  beforeEach(async () => {
    box = await new Box().start();
    const owner = await box.owner();
    lead = await box.invited(owner, 'Lena');
    incident = String((await box.ask('/api/incidents', { cookie: lead, body: { title: 'Bridge', exercise: true } })).body['id']);
    scribe = await box.invited(lead, 'Mia', { incidentId: incident, role: 'scribe' });
  });
  afterEach(() => box.stop());

  const entries = () => box.it.rooms.get(incident)?.room.state;

  it('[R40] [R41] gives them to who hears the line, and enters it first; every file that is read is an entry too', async () => {
    const house = box.it.rooms.get(incident);
    const lena = { kind: 'person', personId: Object.keys(entries()?.people ?? {})[0] ?? '', name: 'Lena' } as const;
    const issued = {
      type: 'issue-link',
      lineId: 'line1',
      kind: 'link',
      label: '',
      tokenHash: 'a'.repeat(64),
      reach: 'anywhere',
      expiresAt: 1e15,
    };
    expect(await house?.room.submit(lena, issued)).toHaveProperty('seq');
    const folder = join(box.config.dataDir, 'media', incident, 'line.line1');
    const body = { lineId: 'line1', seconds: 15 };
    const path = `/api/incidents/${incident}/again`;
    const before = entries()?.seq ?? 0;
    expect((await box.ask(path, { cookie: scribe, body })).body.refused).toMatchObject({ rule: 'R40' });
    expect(entries()?.seq).toBe(before);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '00001.opus'), recording(box.clock.ms - 30_000, 30, { mark: 1, isOpen: true }));
    const { status, raw } = await box.ask(path, { cookie: scribe, body });
    expect(status).toBe(200);
    expect(raw.headers).toMatchObject({ 'content-type': 'audio/ogg', 'parley-from-ms': String(box.clock.ms - 15_000) });
    expect(packetsOf(raw.rawPayload).samples / 48).toBe(15_000);
    expect(entries()?.seq).toBe(before + 1);
    expect((await box.ask(`/api/incidents/${incident}/recordings/line.line1/00001.opus`, { cookie: scribe })).status).toBe(200);
    expect(entries()?.seq).toBe(before + 2);
  });

  it('[R41] gives nothing when the entry cannot be written', async () => {
    const folder = join(box.config.dataDir, 'media', incident, 'line.line1');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '00001.opus'), recording(box.clock.ms - 30_000, 30, { mark: 1 }));
    // The line is not in the log: the entry is refused, and so is the sound.
    const { status, body } = await box.ask(`/api/incidents/${incident}/again`, { cookie: lead, body: { lineId: 'line1', seconds: 15 } });
    expect(status).toBe(409);
    expect(body.refused).toMatchObject({ rule: 'N1' });
  });
});
