// Looks at the room that is left on the recordings' volume every few seconds.
import type { RecordingDisk } from './disk.ts';

const EVERY_MS = 5_000;
/** Below this the recorder alarms: about seven hours of ten voices, in bytes. */
const LOW_BYTES = 1024 * 1024 * 1024;

/** Told at each look: the text for people when room is short, undefined when it is not. */
export type OnDiskLow = (detail: string | undefined) => void;

/** Looks every five seconds; one look at a time. */
export class DiskWatch {
  #dueMonoMs = 0;
  #busy = false;
  readonly #dir: string;
  readonly #disk: RecordingDisk;
  readonly #tell: OnDiskLow;

  constructor(dir: string, disk: RecordingDisk, tell: OnDiskLow) {
    this.#dir = dir;
    this.#disk = disk;
    this.#tell = tell;
  }

  tick(nowMonoMs: number): void {
    if (this.#busy || nowMonoMs < this.#dueMonoMs) return;
    this.#dueMonoMs = nowMonoMs + EVERY_MS;
    this.#busy = true;
    void this.#disk
      .freeBytes(this.#dir)
      .then((free) => this.#tell(free < LOW_BYTES ? `${Math.round(free / 1_048_576)} MiB left` : undefined))
      .catch(() => undefined)
      .finally(() => {
        this.#busy = false;
      });
  }
}
