// Collects Opus packets into Ogg pages of at most 200 ms. Counts samples; knows no file and no clock.
import { randomInt } from 'node:crypto';
import { encodeLastPage, encodePage, FIRST_PAGE, lacingOf, opusHead, opusTags } from './ogg.ts';

/** Longest page, in samples (200 ms). */
const PAGE_SAMPLES = 9_600;
const MAX_PAGE_LACING = 255;

/** A finished page and the packets in it that came from the far end (silence of our own is not among them). */
export interface BuiltPage<S> {
  readonly bytes: Buffer;
  readonly sources: readonly S[];
}

export class PageBuilder<S> {
  readonly #serial = randomInt(2 ** 32 - 1);
  #number = 0;
  #samples = 0;
  #packets: Uint8Array[] = [];
  #sources: S[] = [];
  #pageSamples = 0;
  #lacing = 0;

  /** Samples of the file so far, packets that are not in a page yet included. */
  get samples(): number {
    return this.#samples;
  }
  get pages(): number {
    return this.#number;
  }
  get isEmpty(): boolean {
    return this.#packets.length === 0;
  }

  /** The two header pages. */
  headers(comments: Readonly<Record<string, string>>): Buffer {
    return Buffer.concat([this.#page(FIRST_PAGE, 0n, [opusHead()]), this.#page(0, 0n, [opusTags(comments)])]);
  }

  /** Adds one packet; returns the pages that this completes. */
  add(payload: Uint8Array, samples: number, source?: S): BuiltPage<S>[] {
    const lacing = lacingOf(payload.length);
    const done = this.#lacing + lacing > MAX_PAGE_LACING ? this.flush() : [];
    this.#packets.push(payload);
    if (source !== undefined) this.#sources.push(source);
    this.#lacing += lacing;
    this.#samples += samples;
    this.#pageSamples += samples;
    return this.#pageSamples >= PAGE_SAMPLES ? [...done, ...this.flush()] : done;
  }

  /** The page under construction, if it holds anything. */
  flush(): BuiltPage<S>[] {
    if (this.isEmpty) return [];
    const page = { bytes: this.#page(0, BigInt(this.#samples), this.#packets), sources: this.#sources };
    this.#packets = [];
    this.#sources = [];
    this.#lacing = 0;
    this.#pageSamples = 0;
    return [page];
  }

  /** What is left, and the page that ends the stream. */
  end(): BuiltPage<S>[] {
    const left = this.flush();
    const bytes = encodeLastPage({ samples: BigInt(this.#samples), serial: this.#serial, number: this.#number });
    this.#number += 1;
    return [...left, { bytes, sources: [] }];
  }

  #page(flags: number, granule: bigint, packets: readonly Uint8Array[]): Buffer {
    const bytes = encodePage({ flags, granule, serial: this.#serial, number: this.#number, packets });
    this.#number += 1;
    return bytes;
  }
}
