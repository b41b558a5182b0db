// A volume in memory that tests fill and empty.
import type { BoxDisk, DiskLook } from '../../../ports/disk.ts';

/** A volume with this much free at first, in bytes; what the reserve takes is taken from it. */
export class MemoryBoxDisk implements BoxDisk {
  freeBytes: number;
  reserveBytes = 0;

  constructor(freeBytes: number) {
    this.freeBytes = freeBytes;
  }

  look(): Promise<DiskLook> {
    return Promise.resolve({ freeBytes: this.freeBytes, reserveBytes: this.reserveBytes });
  }
  async release(bytes: number): Promise<void> {
    this.#move(-Math.min(bytes, this.reserveBytes));
  }
  async reserve(bytes: number): Promise<void> {
    if (bytes > this.freeBytes) throw new Error('ENOSPC: test');
    this.#move(bytes);
  }
  #move(bytes: number): void {
    this.reserveBytes += bytes;
    this.freeBytes -= bytes;
  }
}
