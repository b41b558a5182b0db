// The index beside a leg's recordings: one JSON line a second that ties RTP time, wall clock and bytes together. Append only.
import { join } from 'node:path';
import type { MediaLog } from '../log.ts';
import { textOf } from '../log.ts';
import type { RecordingDisk } from './disk.ts';

/** File name of the index in a leg's folder. */
export const INDEX_NAME = 'leg.idx.jsonl';
const MAX_WAITING_LINES = 10_000;

/** Lines of the index. `closed` says that a file is finished and must never be touched again. */
export type IndexLine =
  | { at: 'second'; file: string; rtpTs: number; seq: number; wallMs: number; lost: number; pages: number; bytes: number; sha256?: string }
  | { at: 'opened'; file: string; wallMs: number }
  | { at: 'state'; state: string; wallMs: number }
  | { at: 'paused' | 'resumed'; wallMs: number }
  | { at: 'hole'; samples: number; by: 'rtp' | 'wall'; wallMs: number }
  | { at: 'late' | 'invalid'; seq: number; rtpTs: number; wallMs: number; payload: string }
  | { at: 'closed'; file: string; sha256: string; bytes: number; wallMs: number };

/** The index of one leg; lines wait in memory while the disk refuses. */
export class LegIndex {
  readonly #path: string;
  readonly #folder: string;
  readonly #disk: RecordingDisk;
  readonly #log: MediaLog;
  #waiting: string[] = [];
  #hasFolder = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(folder: string, disk: RecordingDisk, log: MediaLog) {
    this.#folder = folder;
    this.#path = join(folder, INDEX_NAME);
    this.#disk = disk;
    this.#log = log;
  }

  add(line: IndexLine): void {
    if (this.#waiting.length < MAX_WAITING_LINES) this.#waiting.push(JSON.stringify(line));
  }

  /** Writes what waits; a failure keeps it for the next call. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const lines = this.#waiting;
    this.#waiting = [];
    try {
      if (!this.#hasFolder) await this.#disk.makeFolder(this.#folder);
      this.#hasFolder = true;
      await this.#disk.append(this.#path, `${lines.join('\n')}\n`);
    } catch (thrown) {
      this.#waiting = [...lines, ...this.#waiting].slice(-MAX_WAITING_LINES);
      this.#log('index-write-failed', { error: textOf(thrown) });
    }
  }
}
