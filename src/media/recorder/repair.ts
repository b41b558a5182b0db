// Finishes recordings that a crash left open: keeps every page whose checksum holds, sets the rest aside, ends the stream, hashes.
import { createHash } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { legId, type WorkerReport } from '../../protocol/worker.ts';
import type { MediaLog } from '../log.ts';
import { OPUS_RATE } from '../rtp/opus.ts';
import { RECORDING_NAME, type RecordingDisk } from './disk.ts';
import { INDEX_NAME, LegIndex } from './leg-index.ts';
import { encodeLastPage, LAST_PAGE, PRE_SKIP, type ReadPage, readPage } from './ogg.ts';
import { wholePart } from './pictures/picture-repair.ts';

type ClosedReport = Extract<WorkerReport, { kind: 'segment-closed' }>;

/** Repairs every file below `dir` that its leg's index does not call closed. Returns what there is to report. */
export async function repairRecordings(dir: string, disk: RecordingDisk, log: MediaLog, wallMs: number): Promise<ClosedReport[]> {
  const reports: ClosedReport[] = [];
  for (const leg of await disk.list(dir)) {
    if (!legId.safeParse(leg).success) continue;
    const folder = join(dir, leg);
    const names = (await disk.list(folder).catch(() => [])).filter((name) => RECORDING_NAME.test(name)).sort();
    const closed = await closedFiles(folder);
    const index = new LegIndex(folder, disk, log);
    for (const name of names.filter((entry) => !closed.has(entry))) {
      const report = name.endsWith('.opus') ? await repairFile(leg, folder, name) : await repairPictures(leg, folder, name);
      reports.push(report);
      index.add({ at: 'closed', file: name, sha256: report.sha256, bytes: report.bytes, wallMs });
    }
    await index.flush();
  }
  return reports;
}

/** Names that the index calls closed. Lines that cannot be read count for nothing. */
async function closedFiles(folder: string): Promise<Set<string>> {
  const text = await readFile(join(folder, INDEX_NAME), 'utf8').catch(() => '');
  const names = text.split('\n').map((line) => (line.includes('"at":"closed"') ? /"file":"(\d{5,}\.\w+)"/.exec(line)?.[1] : undefined));
  return new Set(names.filter((name) => name !== undefined));
}

async function repairFile(leg: string, folder: string, name: string): Promise<ClosedReport> {
  const path = join(folder, name);
  const before = await readFile(path);
  const pages = wholePages(before);
  const last = pages.at(-1);
  const keptBytes = last?.end ?? 0;
  await setAside(path, before.subarray(keptBytes));
  const needsEnd = last !== undefined && !isLast(last);
  const file = await open(path, 'r+');
  try {
    await file.truncate(keptBytes);
    if (needsEnd) await file.write(endPage(last), 0, undefined, keptBytes);
    await file.datasync();
  } finally {
    await file.close();
  }
  const after = await readFile(path);
  return {
    kind: 'segment-closed',
    leg,
    file: `${leg}/${name}`,
    sha256: createHash('sha256').update(after).digest('hex'),
    bytes: after.length,
    startedAtMs: startedAtOf(pages),
    durationMs: (samplesOf(last) * 1000) / OPUS_RATE,
    packets: pages.slice(2).reduce((sum, page) => sum + (isLast(page) ? 0 : page.packets.length), 0),
    lostPackets: 0,
    cause: 'repaired',
  };
}

/** A picture file is whole up to its last whole picture: what comes after is set aside, and nothing is added. */
async function repairPictures(leg: string, folder: string, name: string): Promise<ClosedReport> {
  const path = join(folder, name);
  const before = await readFile(path);
  const whole = wholePart(before);
  await setAside(path, before.subarray(whole.bytes));
  const file = await open(path, 'r+');
  try {
    await file.truncate(whole.bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
  return {
    kind: 'segment-closed',
    leg,
    file: `${leg}/${name}`,
    sha256: createHash('sha256').update(before.subarray(0, whole.bytes)).digest('hex'),
    bytes: whole.bytes,
    startedAtMs: await openedAtOf(folder, name),
    durationMs: whole.durationMs,
    packets: whole.blocks,
    lostPackets: 0,
    cause: 'repaired',
  };
}

/** When the index says that a file began; 0 when it does not say. */
async function openedAtOf(folder: string, name: string): Promise<number> {
  const text = await readFile(join(folder, INDEX_NAME), 'utf8').catch(() => '');
  const line = text.split('\n').find((entry) => entry.startsWith('{"at":"opened"') && entry.includes(`"file":"${name}"`));
  return Number(/"wallMs":(\d+)/.exec(line ?? '')?.[1] ?? 0);
}

/** What is cut off a file is kept beside it. */
async function setAside(path: string, torn: Buffer): Promise<void> {
  if (torn.length > 0) await writeFile(`${path}.torn`, torn, { mode: 0o600, flag: 'wx' }).catch(() => undefined);
}

function wholePages(bytes: Buffer): ReadPage[] {
  const pages: ReadPage[] = [];
  for (let page = readPage(bytes, 0); page !== undefined; page = readPage(bytes, page.end)) pages.push(page);
  return pages;
}

const isLast = (page: ReadPage): boolean => (page.flags & LAST_PAGE) !== 0;

/** Samples of sound up to the end of a page; the page that ends a stream counts what players leave out at the start too. */
const samplesOf = (last: ReadPage | undefined): number => (last === undefined ? 0 : Number(last.granule) - (isLast(last) ? PRE_SKIP : 0));

const endPage = (last: ReadPage): Buffer => encodeLastPage({ samples: last.granule, serial: last.serial, number: last.number + 1 });

function startedAtOf(pages: readonly ReadPage[]): number {
  const tags = Buffer.from(pages[1]?.packets[0] ?? []).toString('latin1');
  return Number(/STARTED_AT_MS=(\d+)/.exec(tags)?.[1] ?? 0);
}
