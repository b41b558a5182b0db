// JSON lines over a stream: splits incoming bytes into lines with a limit. Knows nothing of what the lines mean.
import { MAX_SDP_CHARS } from '../../protocol/limits.ts';

/** Longest line taken, in characters: a session description with every character escaped, and room around it. */
export const MAX_LINE_CHARS = MAX_SDP_CHARS * 2 + 65_536;

/** Collects text and gives out whole lines. @throws RangeError when a line grows beyond the limit */
export class LineSplitter {
  readonly #decoder = new TextDecoder('utf-8');
  #rest = '';

  push(chunk: Uint8Array): string[] {
    this.#rest += this.#decoder.decode(chunk, { stream: true });
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > MAX_LINE_CHARS) throw new RangeError(`line longer than ${MAX_LINE_CHARS} characters`);
    return lines.filter((line) => line !== '');
  }
}
