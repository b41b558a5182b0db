// One segment of a leg's recording: pages on their way into a file, and the figures that are told when it is closed.
import type { MediaClock } from '../clock.ts';
import { OPUS_RATE } from '../rtp/opus.ts';
import type { RtpIn } from '../rtp/packet.ts';
import type { RecordingDisk } from './disk.ts';
import { type BuiltPage, PageBuilder } from './page-builder.ts';
import { type ClosedFile, SegmentFile, type SegmentFileOptions } from './segment-file.ts';

/** A page that is not full is written after this long, in milliseconds. */
const PAGE_LIMIT_MS = 200;

export interface SegmentStart {
  readonly leg: string;
  readonly ssrc: number;
  /** Wall clock of sample 0, in milliseconds since 1970. */
  readonly startedAtMs: number;
}

export interface SegmentOptions extends SegmentFileOptions {
  readonly disk: RecordingDisk;
  readonly clock: MediaClock;
  readonly start: SegmentStart;
}

export class Segment {
  readonly startedAtMs: number;
  readonly file: SegmentFile<RtpIn>;
  packets = 0;
  lostPackets = 0;
  readonly #clock: MediaClock;
  readonly #pages = new PageBuilder<RtpIn>();
  #pageSinceMonoMs = 0;

  constructor(options: SegmentOptions) {
    this.#clock = options.clock;
    this.startedAtMs = options.start.startedAtMs;
    this.file = new SegmentFile<RtpIn>(options);
    this.file.write(this.#pages.headers(tagsOf(options.start)));
  }

  get samples(): number {
    return this.#pages.samples;
  }
  get pages(): number {
    return this.#pages.pages;
  }
  get durationMs(): number {
    return (this.#pages.samples * 1000) / OPUS_RATE;
  }

  /** Adds one packet; `source` is what it came as, undefined for silence of our own. */
  add(payload: Uint8Array, samples: number, source?: RtpIn): void {
    if (this.#pages.isEmpty) this.#pageSinceMonoMs = this.#clock.monoMs();
    if (source !== undefined) this.packets += 1;
    this.#write(this.#pages.add(payload, samples, source));
  }

  tick(nowMonoMs: number): void {
    if (!this.#pages.isEmpty && nowMonoMs - this.#pageSinceMonoMs >= PAGE_LIMIT_MS) this.#write(this.#pages.flush());
  }

  /** Ends the stream and the file. Undefined when the disk did not take it; the next start repairs it. */
  close(): Promise<ClosedFile | undefined> {
    this.#write(this.#pages.end());
    return this.file.close();
  }

  #write(pages: readonly BuiltPage<RtpIn>[]): void {
    for (const page of pages) this.file.write(page.bytes, page.sources);
  }
}

function tagsOf(start: SegmentStart): Record<string, string> {
  return {
    LEG: start.leg,
    SSRC: String(start.ssrc),
    STARTED_AT: new Date(start.startedAtMs).toISOString(),
    STARTED_AT_MS: String(start.startedAtMs),
  };
}
