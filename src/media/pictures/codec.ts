// Reads the little of VP8 (RFC 7741, RFC 6386) and H.264 (RFC 6184) that forwarding and recording need. Decodes nothing.
import type { PictureCodec } from './packet.ts';

const NAL_SPS = 7;
const NAL_PPS = 8;
const NAL_IDR = 5;
const STAP_A = 24;
const FU_A = 28;

/** True when this payload begins a picture from which a decoder can start. */
export function opensKeyframe(codec: PictureCodec, payload: Uint8Array): boolean {
  if (codec === 'vp8') {
    const body = vp8Body(payload);
    return body?.opens === true && isVp8Key(body.bytes);
  }
  const type = (payload[0] ?? 0) & 0x1f;
  return type === NAL_SPS || (type === STAP_A && aggregated(payload).some((nal) => nalType(nal) === NAL_SPS));
}

/** The VP8 data in a payload, without its descriptor; undefined when the payload is too short. `opens`: the first of its picture. */
export function vp8Body(payload: Uint8Array): { opens: boolean; bytes: Uint8Array } | undefined {
  const first = payload[0];
  if (first === undefined) return undefined;
  let at = 1;
  if ((first & 0x80) !== 0) {
    const extension = payload[at++] ?? 0;
    if ((extension & 0x80) !== 0) at += ((payload[at] ?? 0) & 0x80) !== 0 ? 2 : 1;
    if ((extension & 0x40) !== 0) at += 1;
    if ((extension & 0x30) !== 0) at += 1;
  }
  if (at >= payload.length) return undefined;
  return { opens: (first & 0x10) !== 0 && (first & 0x07) === 0, bytes: payload.subarray(at) };
}

/** True when VP8 data begins a key picture with its start code (RFC 6386 section 9.1). */
export const isVp8Key = (data: Uint8Array): boolean =>
  data.length >= 10 && ((data[0] as number) & 1) === 0 && data[3] === 0x9d && data[4] === 0x01 && data[5] === 0x2a;

/** Width and height of a VP8 key picture, in pixels. */
export function vp8Size(data: Uint8Array): { width: number; height: number } {
  const at = (index: number): number => data[index] ?? 0;
  return { width: (at(6) | (at(7) << 8)) & 0x3fff, height: (at(8) | (at(9) << 8)) & 0x3fff };
}

/** Puts the NAL units of one picture's payloads together, in order; undefined when they do not fit each other. */
export function h264Nals(payloads: readonly Uint8Array[]): Uint8Array[] | undefined {
  const nals: Uint8Array[] = [];
  let fragment: Uint8Array[] | undefined;
  for (const payload of payloads) {
    const type = nalType(payload);
    if (type === FU_A) {
      const header = payload[1] ?? 0;
      if ((header & 0x80) !== 0) fragment = [Uint8Array.of(((payload[0] as number) & 0xe0) | (header & 0x1f))];
      if (fragment === undefined) return undefined;
      fragment.push(payload.subarray(2));
      if ((header & 0x40) !== 0) {
        nals.push(Buffer.concat(fragment));
        fragment = undefined;
      }
    } else if (type === STAP_A) nals.push(...aggregated(payload));
    else if (type > 0 && type < STAP_A) nals.push(payload);
    else return undefined;
  }
  return fragment === undefined ? nals : undefined;
}

/** Parameter sets of a picture, when it has them, and whether it is a key picture. */
export function h264Facts(nals: readonly Uint8Array[]): { sps?: Uint8Array; pps?: Uint8Array; key: boolean } {
  const sps = nals.find((nal) => nalType(nal) === NAL_SPS);
  const pps = nals.find((nal) => nalType(nal) === NAL_PPS);
  return { ...(sps && { sps }), ...(pps && { pps }), key: nals.some((nal) => nalType(nal) === NAL_IDR) };
}

/** The decoder configuration record of ISO/IEC 14496-15 section 5.3.3 for one pair of parameter sets. */
export function avcConfiguration(sps: Uint8Array, pps: Uint8Array): Buffer {
  const length = (bytes: Uint8Array): Buffer => Buffer.of(bytes.length >> 8, bytes.length & 0xff);
  const profile = [sps[1] ?? 0, sps[2] ?? 0, sps[3] ?? 0];
  return Buffer.concat([Buffer.of(1, ...profile, 0xff, 0xe1), length(sps), sps, Buffer.of(1), length(pps), pps]);
}

/** NAL units with a length of four bytes before each, as files keep them. */
export function lengthPrefixed(nals: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    nals.flatMap((nal) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(nal.length);
      return [length, nal];
    }),
  );
}

const nalType = (nal: Uint8Array): number => (nal[0] ?? 0) & 0x1f;

function aggregated(payload: Uint8Array): Uint8Array[] {
  const nals: Uint8Array[] = [];
  for (let at = 1; at + 2 < payload.length; ) {
    const length = ((payload[at] as number) << 8) | (payload[at + 1] as number);
    nals.push(payload.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return nals;
}

/** Width and height from a sequence parameter set (H.264 section 7.3.2.1.1), in pixels; undefined when it cannot be read. */
export function h264Size(sps: Uint8Array): { width: number; height: number } | undefined {
  const bits = new Bits(withoutEmulation(sps.subarray(1)));
  const profile = bits.take(8);
  bits.take(16);
  bits.ue();
  let chroma = 1;
  if (HIGH_PROFILES.has(profile)) {
    chroma = bits.ue();
    if (chroma === 3) bits.take(1);
    bits.ue();
    bits.ue();
    bits.take(1);
    if (bits.take(1) === 1) return undefined; // scaling lists: no phone sends them
  }
  bits.ue();
  const order = bits.ue();
  if (order === 0) bits.ue();
  if (order === 1) return undefined;
  bits.ue();
  bits.take(1);
  const width = (bits.ue() + 1) * 16;
  const rows = bits.ue() + 1;
  const frameOnly = bits.take(1);
  if (frameOnly === 0) bits.take(1);
  bits.take(1);
  const crop = bits.take(1) === 1 ? [bits.ue(), bits.ue(), bits.ue(), bits.ue()] : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const unit = chroma === 1 ? 2 : 1;
  const height = rows * 16 * (2 - frameOnly);
  if (bits.isOver) return undefined;
  return { width: width - (left + right) * unit, height: height - (top + bottom) * unit * (2 - frameOnly) };
}

const HIGH_PROFILES = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128]);

function withoutEmulation(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes.filter((byte, i) => !(byte === 3 && bytes[i - 1] === 0 && bytes[i - 2] === 0)));
}

class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  get isOver(): boolean {
    return this.#at > this.#bytes.length * 8;
  }
  take(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) value = (value << 1) | (((this.#bytes[this.#at >> 3] ?? 0) >> (7 - (this.#at & 7))) & 1);
    return value;
  }
  /** Exp-Golomb, section 9.1. */
  ue(): number {
    let zeros = 0;
    while (!this.isOver && this.take(1) === 0) zeros += 1;
    return zeros > 30 ? 0 : (1 << zeros) - 1 + this.take(zeros);
  }
}
