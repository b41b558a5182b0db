// Picture packets for tests of the worker: VP8 in form only, with a mark that says whose they are.
import type { PictureIn } from '../pictures/packet.ts';
import { packetOf } from './packets.ts';

/** VP8 data that begins a key picture of 320 x 240, then the mark. */
export const keyData = (mark = 0): Uint8Array => Uint8Array.of(0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 1, 0xf0, 0, mark);
/** VP8 data of a picture that depends on the one before. */
export const deltaData = (mark = 0): Uint8Array => Uint8Array.of(0x11, 0, 0, 1, 2, 3, 4, 5, 6, 7, mark);

/** One picture in one packet. */
export function pictureOf(given: Partial<PictureIn> & { key?: boolean; mark?: number } = {}): PictureIn {
  const { key = false, mark = 0, ...rest } = given;
  const payload = Uint8Array.of(0x10, ...(key ? keyData(mark) : deltaData(mark)));
  return { ...packetOf({ ts: 3_000, payload }), marker: true, codec: 'vp8', ...rest };
}

/** The mark of a payload made by `pictureOf`. */
export const markOfPayload = (payload: Uint8Array): number | undefined => payload[11];
