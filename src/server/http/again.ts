// The last seconds of a line, to hear again while the call goes on: read from the recordings on disk, the open one too.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cut, cutRecordings } from '../../core/evidence/cut.ts';
import { legOfLine } from '../../core/incident/lines.ts';
import type { AgainS } from '../../core/incident/reading.ts';

const FILE = /^\d{5,}\.opus$/;
/** Newest files that are looked into: a minute each, less when a leg or a worker began anew. */
const MOST_FILES = 4;

/** Cuts the last `seconds` of a line's voice. A page is on disk about 400 ms after it was said.
 *  @param nowMs wall clock in ms
 *  @returns null when nothing was recorded in that time. @throws Error when the disk cannot be read */
export async function cutLast(
  dataDir: string,
  { incidentId, lineId }: { readonly incidentId: string; readonly lineId: string },
  { seconds, nowMs }: { readonly seconds: AgainS; readonly nowMs: number },
): Promise<Cut | null> {
  const folder = join(dataDir, 'media', incidentId, legOfLine(lineId));
  const names = (await readdir(folder).catch(() => [])).filter((name) => FILE.test(name)).sort();
  const files = await Promise.all(names.slice(-MOST_FILES).map((name) => readFile(join(folder, name))));
  return cutRecordings(files, { fromMs: nowMs - seconds * 1000, toMs: nowMs });
}
