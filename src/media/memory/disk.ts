// A recordings disk in memory that tests can break: full, lying, or gone.
import type { RecordingDisk, RecordingHandle } from '../recorder/disk.ts';

const failure = (code: string): Error => Object.assign(new Error(`${code}: test`), { code });

export class MemoryDisk implements RecordingDisk {
  readonly files = new Map<string, Buffer>();
  /** Writes fail with this code. */
  writeFails: string | undefined;
  /** What is really kept of each write; tests replace it to lie. */
  keep: (bytes: Buffer) => Buffer = (bytes) => bytes;
  free = 10 * 1024 * 1024 * 1024;

  makeFolder = (): Promise<void> => Promise.resolve();
  list = (folder: string): Promise<string[]> => {
    const below = [...this.files.keys()].filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
    return Promise.resolve([...new Set(below.map((path) => path.split('/')[0] as string))]);
  };
  create = (path: string): Promise<RecordingHandle> => {
    if (this.writeFails !== undefined) return Promise.reject(failure(this.writeFails));
    if (this.files.has(path)) return Promise.reject(failure('EEXIST'));
    this.files.set(path, Buffer.alloc(0));
    return Promise.resolve(this.#handle(path));
  };
  size = (path: string): Promise<number> => this.readAll(path).then((bytes) => bytes.length);
  readAll = (path: string): Promise<Buffer> => {
    const bytes = this.files.get(path);
    return bytes === undefined ? Promise.reject(failure('ENOENT')) : Promise.resolve(bytes);
  };
  append = (path: string, text: string): Promise<void> => {
    if (this.writeFails !== undefined) return Promise.reject(failure(this.writeFails));
    this.files.set(path, Buffer.concat([this.files.get(path) ?? Buffer.alloc(0), Buffer.from(text)]));
    return Promise.resolve();
  };
  freeBytes = (): Promise<number> => Promise.resolve(this.free);

  #handle(path: string): RecordingHandle {
    return {
      write: (bytes, position) => {
        if (this.writeFails !== undefined) return Promise.reject(failure(this.writeFails));
        const before = this.files.get(path) ?? Buffer.alloc(0);
        this.files.set(path, Buffer.concat([before.subarray(0, position), this.keep(bytes)]));
        return Promise.resolve();
      },
      read: (position, length) => Promise.resolve((this.files.get(path) ?? Buffer.alloc(0)).subarray(position, position + length)),
      sync: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
  }
}
