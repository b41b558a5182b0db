// A view that is always the same small picture, for tests that do not look at it.
import type { Pictures } from '../../../ports/pictures.ts';

/** Answers every picture with the start and the end of a JPEG, and counts how often it was asked. */
export class MemoryPictures implements Pictures {
  asked = 0;
  async view(original: AsyncIterable<Uint8Array>) {
    for await (const _ of original);
    this.asked += 1;
    return { jpeg: Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), width: 4, height: 3 };
  }
}
