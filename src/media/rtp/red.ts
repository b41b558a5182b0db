// Redundant sound (RFC 2198, `audio/red`): one packet that carries its own frame and copies of frames before it. Bytes only, no state.
import type { RtpIn } from './packet.ts';
import { seqAdd, tsAdd } from './sequence.ts';

/** The header of a copy has 14 bits for how far back it lies and 10 bits for its length. */
const MAX_BACK_SAMPLES = 0x3fff;
const MAX_COPY_BYTES = 0x3ff;
const COPY_HEADER_BYTES = 4;

/** A frame from before, and how many samples before. */
export interface RedCopy {
  readonly payload: Uint8Array;
  readonly backSamples: number;
}

/** What one redundant packet carries. `copies`: oldest first; undefined where one is of no use to us. */
export interface RedContent {
  readonly primary: Uint8Array;
  readonly copies: readonly (RedCopy | undefined)[];
}

/** Reads a redundant payload whose frames have this payload type; undefined when it is damaged or its own frame is something else. */
export function readRed(bytes: Uint8Array, opusPayloadType: number): RedContent | undefined {
  const headers: { type: number; backSamples: number; length: number }[] = [];
  let at = 0;
  while (((bytes[at] ?? 0) & 0x80) !== 0) {
    const [a, b, c, d] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]] as [number, number, number, number | undefined];
    if (d === undefined) return undefined;
    headers.push({ type: a & 0x7f, backSamples: (b << 6) | (c >> 2), length: ((c & 3) << 8) | d });
    at += COPY_HEADER_BYTES;
  }
  if (bytes[at] !== opusPayloadType) return undefined;
  at += 1;
  const copies = headers.map(({ type, backSamples, length }) => {
    const payload = bytes.subarray(at, at + length);
    at += length;
    return type === opusPayloadType && length > 0 && backSamples > 0 ? { payload, backSamples } : undefined;
  });
  return at < bytes.length ? { primary: bytes.subarray(at), copies } : undefined;
}

/** Packs a frame with the one before it, if there is one and it fits into a copy's header. */
export function writeRed(opusPayloadType: number, primary: Uint8Array, before?: RedCopy): Uint8Array {
  const fits = before !== undefined && before.payload.length <= MAX_COPY_BYTES && before.backSamples <= MAX_BACK_SAMPLES;
  const copy = fits ? before.payload : new Uint8Array();
  const head = fits
    ? [0x80 | opusPayloadType, before.backSamples >> 6, ((before.backSamples & 0x3f) << 2) | (copy.length >> 8), copy.length & 0xff]
    : [];
  const out = new Uint8Array(head.length + 1 + copy.length + primary.length);
  out.set([...head, opusPayloadType]);
  out.set(copy, head.length + 1);
  out.set(primary, head.length + 1 + copy.length);
  return out;
}

/**
 * The packets that a redundant packet stands for, oldest first, the packet itself last. A copy has the number of the packet that it
 * copies, so that whoever lets each number through once takes it only when the packet itself was lost. Nothing when it is damaged.
 */
export function spreadRed(packet: RtpIn, opusPayloadType: number): RtpIn[] {
  const content = readRed(packet.payload, opusPayloadType);
  if (content === undefined) return [];
  const count = content.copies.length;
  const copies = content.copies.flatMap((copy, i): RtpIn[] =>
    copy === undefined
      ? []
      : [{ ...packet, seq: seqAdd(packet.seq, i - count), ts: tsAdd(packet.ts, -copy.backSamples), payload: copy.payload, isCopy: true }],
  );
  return [...copies, { ...packet, payload: content.primary }];
}
