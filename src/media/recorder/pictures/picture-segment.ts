// One file of a camera's recording: pictures on their way into it, and the figures that are told when it is closed.
import type { Frame, PictureFormat } from '../../pictures/frames.ts';
import { type ClosedFile, SegmentFile, type SegmentFileOptions } from '../segment-file.ts';
import { Container } from './container.ts';

export interface PictureSegmentOptions extends SegmentFileOptions {
  readonly format: PictureFormat;
  /** Wall clock of the first picture, in milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Where the recorder's own time stands at the first picture, in milliseconds. */
  readonly beginsAtMs: number;
}

export class PictureSegment {
  readonly format: PictureFormat;
  readonly startedAtMs: number;
  readonly file: SegmentFile<never>;
  packets = 0;
  lostPackets = 0;
  frames = 0;
  readonly #beginsAtMs: number;
  readonly #container: Container;
  #lastAtMs = 0;

  constructor(options: PictureSegmentOptions) {
    this.format = options.format;
    this.startedAtMs = options.startedAtMs;
    this.#beginsAtMs = options.beginsAtMs;
    this.file = new SegmentFile<never>(options);
    this.#container = new Container({
      format: options.format,
      startedAtMs: options.startedAtMs,
      write: (bytes) => this.file.write(bytes),
      failed: (thrown) => options.onFault('', thrown instanceof Error ? thrown.message : String(thrown)),
    });
  }

  /** From the first to the newest picture, in milliseconds of file time. */
  get durationMs(): number {
    return this.#lastAtMs;
  }

  /** `atMs`: by the recorder's own time. */
  add(frame: Frame, atMs: number): void {
    this.#lastAtMs = atMs - this.#beginsAtMs;
    this.frames += 1;
    this.#container.add(frame.data, frame.key, this.#lastAtMs);
  }

  /** Ends the file. Undefined when the disk did not take it; the next start repairs it. */
  async close(): Promise<ClosedFile | undefined> {
    await this.#container.finish();
    return this.file.close();
  }
}
