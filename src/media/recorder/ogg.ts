// Ogg pages (RFC 3533) and the two Opus header packets (RFC 7845), written and read back. Bytes only, no files.
import { SILENCE_20_MS } from '../rtp/opus.ts';

const CAPTURE = Buffer.from('OggS');
const HEADER_BYTES = 27;
const MAX_LACING = 255;

/** Flags of a page. */
export const FIRST_PAGE = 2;
export const LAST_PAGE = 4;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value & 0x8000_0000 ? (value << 1) ^ 0x04c1_1db7 : value << 1;
  return value >>> 0;
});

/** The checksum of RFC 3533 section 6: not reflected, start 0. */
export function oggCrc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ byte) & 0xff] as number)) >>> 0;
  return crc;
}

/** One page to write. `granule`: 48 kHz samples up to the end of its last packet. */
export interface OggPage {
  readonly flags: number;
  readonly granule: bigint;
  readonly serial: number;
  readonly number: number;
  readonly packets: readonly Uint8Array[];
}

/** Lacing values that a packet needs; a page holds at most 255. */
export const lacingOf = (packetBytes: number): number => Math.floor(packetBytes / MAX_LACING) + 1;

/** A page as bytes. Its packets must fit: at most 255 lacing values in all. */
export function encodePage(page: OggPage): Buffer {
  const lacing = page.packets.flatMap((packet) => [...Array(lacingOf(packet.length) - 1).fill(MAX_LACING), packet.length % MAX_LACING]);
  const head = Buffer.alloc(HEADER_BYTES + lacing.length);
  CAPTURE.copy(head);
  head.writeUInt8(page.flags, 5);
  head.writeBigUInt64LE(page.granule, 6);
  head.writeUInt32LE(page.serial >>> 0, 14);
  head.writeUInt32LE(page.number >>> 0, 18);
  head.writeUInt8(lacing.length, 26);
  head.set(lacing, HEADER_BYTES);
  const bytes = Buffer.concat([head, ...page.packets]);
  bytes.writeUInt32LE(oggCrc(bytes), 22);
  return bytes;
}

/** The page that ends a stream after `samples` samples of packets. It holds one packet of silence, from which a player takes back
 *  what it left out at the start: the file lasts exactly as long as its packets. */
export function encodeLastPage(page: { readonly samples: bigint; readonly serial: number; readonly number: number }): Buffer {
  return encodePage({
    flags: LAST_PAGE,
    granule: page.samples + BigInt(PRE_SKIP),
    serial: page.serial,
    number: page.number,
    packets: [SILENCE_20_MS],
  });
}

/** A page read back. `end` is the offset just after it. */
export interface ReadPage extends OggPage {
  readonly end: number;
}

/** The page that begins at `offset`; undefined when there is none, it is cut off, or its checksum is wrong. */
export function readPage(bytes: Buffer, offset: number): ReadPage | undefined {
  const bodyAt = offset + HEADER_BYTES;
  if (bodyAt > bytes.length || bytes.compare(CAPTURE, 0, 4, offset, offset + 4) !== 0) return undefined;
  const lacing = bytes.subarray(bodyAt, bodyAt + bytes.readUInt8(offset + 26));
  const end = bodyAt + lacing.length + lacing.reduce((sum, value) => sum + value, 0);
  if (lacing.length < bytes.readUInt8(offset + 26) || end > bytes.length) return undefined;
  const copy = Buffer.from(bytes.subarray(offset, end));
  copy.writeUInt32LE(0, 22);
  if (oggCrc(copy) !== bytes.readUInt32LE(offset + 22)) return undefined;
  return {
    flags: copy.readUInt8(5),
    granule: copy.readBigUInt64LE(6),
    serial: copy.readUInt32LE(14),
    number: copy.readUInt32LE(18),
    packets: splitPackets(copy, HEADER_BYTES + lacing.length, lacing),
    end,
  };
}

function splitPackets(page: Buffer, bodyAt: number, lacing: Uint8Array): Buffer[] {
  const packets: Buffer[] = [];
  let start = bodyAt;
  let at = bodyAt;
  for (const value of lacing) {
    at += value;
    if (value === MAX_LACING) continue;
    packets.push(page.subarray(start, at));
    start = at;
  }
  return packets;
}

/** Samples that an Opus encoder looks ahead and a player leaves out at the start (RFC 7845, section 4.2): 6.5 ms at 48 kHz. */
export const PRE_SKIP = 312;

/** `OpusHead`: mono, 48 kHz. */
export function opusHead(): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 0, 'latin1');
  head.writeUInt8(1, 8);
  head.writeUInt8(1, 9);
  head.writeUInt16LE(PRE_SKIP, 10);
  head.writeUInt32LE(48_000, 12);
  return head;
}

/** `OpusTags` with these comments. */
export function opusTags(comments: Readonly<Record<string, string>>): Buffer {
  const text = (value: string): Buffer => {
    const bytes = Buffer.from(value, 'utf8');
    const size = Buffer.alloc(4);
    size.writeUInt32LE(bytes.length);
    return Buffer.concat([size, bytes]);
  };
  const entries = Object.entries(comments);
  const count = Buffer.alloc(4);
  count.writeUInt32LE(entries.length);
  return Buffer.concat([Buffer.from('OpusTags'), text('parley'), count, ...entries.map(([key, value]) => text(`${key}=${value}`))]);
}
