// A stretch of a voice cut out of its recordings, closed or still open, as one Ogg/Opus stream. Nothing is decoded. Pure.
import { OGG_FIRST, OGG_LAST, pageOfPackets, placeRawPage, type RawPage, readRawPage } from './ogg.ts';

/** Samples of Opus in a millisecond. */
const SAMPLES_A_MS = 48;
/** Ten frames of silence of 20 ms, as the codec itself says it. */
const SILENT_PAGE = pageOfPackets(Array<Uint8Array>(10).fill(Uint8Array.of(0xf8, 0xff, 0xfe)));
const SILENT_PAGE_SAMPLES = 9_600;
const SERIAL = 1;

/** A page with the time of its sound, wall clock in ms. */
interface Timed {
  readonly page: RawPage;
  readonly fromMs: number;
  readonly toMs: number;
}

interface Opened {
  readonly head: RawPage;
  readonly tags: RawPage;
  readonly pages: readonly Timed[];
}

/** What was cut. `fromMs`, `toMs`: wall clock of its first and last sample. */
export interface Cut {
  readonly bytes: Uint8Array;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Reads one recording: its two headers, and every whole page with its time. A torn end is left out. Undefined when it is none of ours. */
function open(bytes: Uint8Array): Opened | undefined {
  const head = readRawPage(bytes, 0);
  const tags = head === undefined ? undefined : readRawPage(bytes, head.end);
  if (head === undefined || tags === undefined) return undefined;
  const startedAtMs = Number(/STARTED_AT_MS=(\d+)/.exec(String.fromCharCode(...tags.body))?.[1]);
  if (!Number.isFinite(startedAtMs)) return undefined;
  const pages: Timed[] = [];
  let before = 0;
  for (let page = readRawPage(bytes, tags.end); page !== undefined; page = readRawPage(bytes, page.end)) {
    // The page that ends a file holds no sound of its own.
    if ((page.flags & OGG_LAST) !== 0) break;
    pages.push({ page, fromMs: startedAtMs + before / SAMPLES_A_MS, toMs: startedAtMs + page.granule / SAMPLES_A_MS });
    before = page.granule;
  }
  return { head, tags, pages };
}

/** Cuts out what lies between two times, to whole pages of at most 200 ms. A hole between two files becomes silence.
 *  @param files whole contents of recordings of one voice, oldest first
 *  @returns null when nothing of it is there */
export function cutRecordings(
  files: readonly Uint8Array[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Cut | null {
  const opened = files.map(open).filter((one) => one !== undefined);
  const pages = opened.flatMap((one) => one.pages).filter((timed) => timed.toMs > fromMs && timed.fromMs < toMs);
  const [first] = pages;
  const [source] = opened;
  const last = pages.at(-1);
  if (first === undefined || last === undefined || source === undefined) return null;
  const out = [
    placeRawPage(source.head, { flags: OGG_FIRST, granule: 0, serial: SERIAL, number: 0 }),
    placeRawPage(source.tags, { flags: 0, granule: 0, serial: SERIAL, number: 1 }),
  ];
  let samples = 0;
  const put = (page: Pick<RawPage, 'lacing' | 'body'>, length: number, flags = 0) => {
    samples += Math.round(length);
    out.push(placeRawPage(page, { flags, granule: samples, serial: SERIAL, number: out.length }));
  };
  let untilMs = first.fromMs;
  for (const timed of pages) {
    for (; timed.fromMs - untilMs >= SILENT_PAGE_SAMPLES / SAMPLES_A_MS; untilMs += SILENT_PAGE_SAMPLES / SAMPLES_A_MS)
      put(SILENT_PAGE, SILENT_PAGE_SAMPLES);
    put(timed.page, (timed.toMs - timed.fromMs) * SAMPLES_A_MS, timed === last ? OGG_LAST : 0);
    untilMs = timed.toMs;
  }
  return { bytes: joined(out), fromMs: Math.round(first.fromMs), toMs: Math.round(last.toMs) };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
