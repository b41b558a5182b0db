// Pages of an Ogg/Opus recording (RFC 3533, RFC 7845) as bytes: read one, write one. Pure; whole files belong to others.

const CAPTURE = [0x4f, 0x67, 0x67, 0x53];
const HEADER_BYTES = 27;
const MAX_LACING = 255;
const CRC_AT = 22;

/** Flags of a page. */
export const OGG_FIRST = 2;
export const OGG_LAST = 4;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value & 0x8000_0000 ? (value << 1) ^ 0x04c1_1db7 : value << 1;
  return value >>> 0;
});

/** The checksum of RFC 3533 section 6 (not reflected, start 0); the page's own four bytes count as zero. */
export function oggPageCrc(page: Uint8Array): number {
  let crc = 0;
  for (let at = 0; at < page.length; at++) {
    const counted = at >= CRC_AT && at < CRC_AT + 4 ? 0 : (page[at] as number);
    crc = ((crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ counted) & 0xff] as number)) >>> 0;
  }
  return crc;
}

/** A page as it stands in a file. `granule`: 48 kHz samples up to its end. `body`: lacing values and packets, untouched. */
export interface RawPage {
  readonly flags: number;
  readonly granule: number;
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
  /** Offset just after it. */
  readonly end: number;
}

/** The page that begins at `at`; undefined when there is none, it is cut off, or its checksum is wrong. */
export function readRawPage(bytes: Uint8Array, at: number): RawPage | undefined {
  if (at + HEADER_BYTES > bytes.length || CAPTURE.some((byte, i) => bytes[at + i] !== byte)) return undefined;
  const count = bytes[at + 26] as number;
  const lacing = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + count);
  const bodyAt = at + HEADER_BYTES + count;
  const end = bodyAt + lacing.reduce((sum, value) => sum + value, 0);
  if (lacing.length < count || end > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, end - at);
  if (oggPageCrc(bytes.subarray(at, end)) !== view.getUint32(CRC_AT, true)) return undefined;
  return { flags: view.getUint8(5), granule: Number(view.getBigUint64(6, true)), lacing, body: bytes.subarray(bodyAt, end), end };
}

/** Where a page is to stand in a new stream. */
export interface PagePlace {
  readonly flags: number;
  readonly granule: number;
  readonly serial: number;
  readonly number: number;
}

/** A page with the same packets at another place. */
export function placeRawPage(page: Pick<RawPage, 'lacing' | 'body'>, { flags, granule, serial, number }: PagePlace): Uint8Array {
  const out = new Uint8Array(HEADER_BYTES + page.lacing.length + page.body.length);
  const view = new DataView(out.buffer);
  out.set(CAPTURE);
  view.setUint8(5, flags);
  view.setBigUint64(6, BigInt(granule), true);
  view.setUint32(14, serial, true);
  view.setUint32(18, number, true);
  view.setUint8(26, page.lacing.length);
  out.set(page.lacing, HEADER_BYTES);
  out.set(page.body, HEADER_BYTES + page.lacing.length);
  view.setUint32(CRC_AT, oggPageCrc(out), true);
  return out;
}

/** A page's content made of packets. They must fit: at most 255 lacing values in all. */
export function pageOfPackets(packets: readonly Uint8Array[]): Pick<RawPage, 'lacing' | 'body'> {
  const lacing = packets.flatMap((p) => [...Array<number>(Math.floor(p.length / MAX_LACING)).fill(MAX_LACING), p.length % MAX_LACING]);
  const body = new Uint8Array(packets.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const packet of packets) {
    body.set(packet, at);
    at += packet.length;
  }
  return { lacing: Uint8Array.from(lacing), body };
}
