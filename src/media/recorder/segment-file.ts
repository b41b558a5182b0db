// One recording file on its way to the disk: a queue, one writer, a running hash, a sync every second. Never blocks the packet path.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { codeOf, type RecordingDisk, type RecordingHandle } from './disk.ts';

/** The file is brought to the platter at this interval, in milliseconds. */
const SYNC_EVERY_MS = 1_000;
const RETRY_MS = 500;
/** Most bytes that wait for a disk that does not take them; more than ten minutes of one voice. */
const MAX_QUEUED_BYTES = 8 * 1024 * 1024;
/** Longest wait for the last bytes when a file is closed, in milliseconds. */
const CLOSE_LIMIT_MS = 10_000;

/** Where the newest whole page lies in the file, with what it was made from. */
export interface WrittenPage<S> {
  readonly position: number;
  readonly length: number;
  readonly sources: readonly S[];
}

/** Where a file goes and who is told of it. */
export interface SegmentFileOptions {
  readonly disk: RecordingDisk;
  readonly folder: string;
  /** Makes the file; called again when it failed. */
  readonly create: () => Promise<{ handle: RecordingHandle; name: string }>;
  /** The file has its first bytes. */
  onStarted(name: string): void;
  /** A write failed; it is tried again. `code` is the system's. */
  onFault(code: string, detail: string): void;
  onFine(): void;
}

/** A file that is finished: its name in its folder, its size, and the SHA-256 of what is on the disk. */
export interface ClosedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

interface Queued<S> {
  readonly bytes: Buffer;
  readonly sources: readonly S[];
}

/** A file that only grows. `S`: what its parts were made from. */
export class SegmentFile<S> {
  readonly #options: SegmentFileOptions;
  readonly #hash = createHash('sha256');
  #queue: Queued<S>[] = [];
  #queuedBytes = 0;
  #dropped = 0;
  #written = 0;
  #synced = 0;
  #name: string | undefined;
  #handle: RecordingHandle | undefined;
  #lastPage: WrittenPage<S> | undefined;
  #failing = false;
  #closing = false;
  #closeLimit = Number.POSITIVE_INFINITY;
  #wake: () => void = () => undefined;
  readonly #done: Promise<ClosedFile | undefined>;

  constructor(options: SegmentFileOptions) {
    this.#options = options;
    this.#done = this.#run();
  }

  /** Name in its folder, once the file exists. */
  get name(): string | undefined {
    return this.#name;
  }
  get writtenBytes(): number {
    return this.#written;
  }
  /** Pages thrown away because the disk took nothing for too long. */
  get droppedPages(): number {
    return this.#dropped;
  }
  get failing(): boolean {
    return this.#failing;
  }
  get lastPage(): WrittenPage<S> | undefined {
    return this.#lastPage;
  }

  /** SHA-256 of the bytes written so far. */
  digest(): string {
    return this.#hash.copy().digest('hex');
  }

  write(bytes: Buffer, sources: readonly S[] = []): void {
    if (this.#queuedBytes + bytes.length > MAX_QUEUED_BYTES) {
      this.#dropped += 1;
      return;
    }
    this.#queue.push({ bytes, sources });
    this.#queuedBytes += bytes.length;
    this.#wake();
  }

  /** Bytes of the file as they are on the disk now. */
  async read(position: number, length: number): Promise<Buffer> {
    if (this.#handle === undefined) throw new Error('file not open');
    return this.#handle.read(position, length);
  }

  /** Writes what is queued, syncs, and hashes what is on the disk. Undefined when the disk did not take the end of it. */
  close(): Promise<ClosedFile | undefined> {
    this.#closing = true;
    this.#closeLimit = performance.now() + CLOSE_LIMIT_MS;
    this.#wake();
    return this.#done;
  }

  async #run(): Promise<ClosedFile | undefined> {
    let lastSyncMs = performance.now();
    while (!(this.#closing && this.#queue.length === 0) && performance.now() < this.#closeLimit) {
      await this.#sleepUntilWork(lastSyncMs);
      const ok = await this.#attempt(async () => {
        await this.#openOnce();
        await this.#writeQueue();
        if (performance.now() - lastSyncMs < SYNC_EVERY_MS) return;
        lastSyncMs = performance.now();
        await this.#syncOnce();
      });
      if (!ok) await sleep(RETRY_MS);
    }
    return this.#finish();
  }

  async #sleepUntilWork(lastSyncMs: number): Promise<void> {
    if (this.#queue.length > 0 || this.#closing) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(10, lastSyncMs + SYNC_EVERY_MS - performance.now()));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => undefined;
  }

  async #openOnce(): Promise<void> {
    if (this.#handle !== undefined || this.#queue.length === 0) return;
    const { handle, name } = await this.#options.create();
    this.#handle = handle;
    this.#name = name;
  }

  async #writeQueue(): Promise<void> {
    if (this.#handle === undefined || this.#queue.length === 0) return;
    const taken = this.#queue.slice();
    const bytes = Buffer.concat(taken.map((entry) => entry.bytes));
    const isFirst = this.#written === 0;
    await this.#handle.write(bytes, this.#written);
    this.#hash.update(bytes);
    this.#queue.splice(0, taken.length);
    this.#queuedBytes -= bytes.length;
    this.#written += bytes.length;
    const last = taken.at(-1) as Queued<S>;
    this.#lastPage = { position: this.#written - last.bytes.length, length: last.bytes.length, sources: last.sources };
    if (isFirst) this.#options.onStarted(this.#name as string);
  }

  async #syncOnce(): Promise<void> {
    if (this.#handle === undefined || this.#synced === this.#written) return;
    const upTo = this.#written;
    await this.#handle.sync();
    this.#synced = upTo;
  }

  async #finish(): Promise<ClosedFile | undefined> {
    const handle = this.#handle;
    const name = this.#name;
    if (handle === undefined || name === undefined) return undefined;
    let sha256: string | undefined;
    await this.#attempt(async () => {
      await handle.sync();
      const bytes = await this.#options.disk.readAll(join(this.#options.folder, name));
      sha256 = createHash('sha256').update(bytes).digest('hex');
      if (bytes.length !== this.#written || sha256 !== this.digest()) throw new Error('the file on the disk is not what was written');
    });
    await handle.close().catch(() => undefined);
    return sha256 === undefined || this.#queue.length > 0 ? undefined : { name, bytes: this.#written, sha256 };
  }

  async #attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      if (this.#failing) this.#options.onFine();
      this.#failing = false;
      return true;
    } catch (thrown) {
      this.#failing = true;
      this.#options.onFault(codeOf(thrown), thrown instanceof Error ? thrown.message : String(thrown));
      return false;
    }
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
