// Watches one leg's recording from outside: does the file grow while sound comes, and does it decode to that sound. Alarms within 5 s.
import { join } from 'node:path';
import type { RtpIn } from '../rtp/packet.ts';
import type { Alarms } from './alarms.ts';
import type { RecordingDisk } from './disk.ts';
import { EnergyCheck } from './energy-check.ts';
import type { SegmentFile } from './segment-file.ts';

/** Checks come once a second; this many bad ones in a row are an alarm. */
const BAD_CHECKS = 3;
/** Sound counts as coming in for this long after a packet, in milliseconds. */
const COMING_MS = 1_500;

export interface BelieveOptions {
  readonly alarms: Alarms;
  readonly disk: RecordingDisk;
  readonly folder: string;
}

export class BelieveCheck {
  readonly #options: BelieveOptions;
  readonly #energy = new EnergyCheck();
  readonly #live = new WeakMap<RtpIn, number>();
  #lastCameMonoMs = Number.NEGATIVE_INFINITY;
  #lastSize = { name: '', bytes: -1 };
  #lastPagePosition = { name: '', position: -1 };
  #notGrowing = 0;
  #silent = 0;
  #busy = false;

  constructor(options: BelieveOptions) {
    this.#options = options;
  }

  came(monoMs: number): void {
    this.#lastCameMonoMs = monoMs;
  }

  measured(packet: RtpIn, meanSquare: number): void {
    this.#live.set(packet, meanSquare);
  }

  /** Call about once a second with the open file. One check runs at a time; a disk that does not answer counts as not growing. */
  check(file: SegmentFile<RtpIn> | undefined, nowMonoMs: number): void {
    const coming = nowMonoMs - this.#lastCameMonoMs <= COMING_MS;
    if (!coming || file === undefined) return;
    if (this.#busy) {
      this.#grew(false, 'the disk does not answer');
      return;
    }
    this.#busy = true;
    void this.#checkGrowth(file)
      .then(() => this.#checkEnergy(file))
      .catch(() => undefined)
      .finally(() => {
        this.#busy = false;
      });
  }

  async #checkGrowth(file: SegmentFile<RtpIn>): Promise<void> {
    const name = file.name;
    if (name === undefined) {
      this.#grew(false, 'no file yet');
      return;
    }
    const bytes = await this.#options.disk.size(join(this.#options.folder, name)).catch(() => -1);
    const before = this.#lastSize;
    this.#lastSize = { name, bytes };
    this.#grew(bytes > 0 && (before.name !== name || bytes > before.bytes), `${name} has ${bytes} bytes`);
  }

  #grew(ok: boolean, detail: string): void {
    this.#notGrowing = ok ? 0 : this.#notGrowing + 1;
    if (ok) this.#options.alarms.clear('not-growing');
    if (this.#notGrowing >= BAD_CHECKS) this.#options.alarms.raise('not-growing', detail);
  }

  async #checkEnergy(file: SegmentFile<RtpIn>): Promise<void> {
    const { name, lastPage } = file;
    if (name === undefined || lastPage === undefined) return;
    if (this.#lastPagePosition.name === name && this.#lastPagePosition.position === lastPage.position) return;
    this.#lastPagePosition = { name, position: lastPage.position };
    const live = lastPage.sources.map((packet) => this.#live.get(packet)).filter((value) => value !== undefined);
    const bytes = await file.read(lastPage.position, lastPage.length).catch(() => Buffer.alloc(0));
    const { verdict, detail } = this.#energy.judge(bytes, live);
    if (verdict === 'quiet') return;
    this.#silent = verdict === 'silent' ? this.#silent + 1 : 0;
    if (verdict === 'same') this.#options.alarms.clear('silent');
    if (this.#silent >= BAD_CHECKS) this.#options.alarms.raise('silent', detail);
  }
}
