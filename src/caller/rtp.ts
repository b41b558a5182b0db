// The 12 bytes before each packet of sound (RFC 3550 section 5.1): made and read. No sockets, no codec.

/** One packet of sound. `seq` 16 bit, `ts` and `ssrc` 32 bit; all are wrapped here. */
export interface Rtp {
  readonly payloadType: number;
  readonly seq: number;
  /** In samples at 48 kHz. */
  readonly ts: number;
  readonly ssrc: number;
  readonly payload: Uint8Array;
}

const HEADER_BYTES = 12;

/** The packet as bytes; `marker` says that speech begins with it. */
export function writeRtp({ payloadType, seq, ts, ssrc, payload }: Rtp, marker = false): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + payload.length);
  bytes[0] = 0x80;
  bytes[1] = (marker ? 0x80 : 0) | (payloadType & 0x7f);
  bytes.writeUInt16BE(seq & 0xffff, 2);
  bytes.writeUInt32BE(ts >>> 0, 4);
  bytes.writeUInt32BE(ssrc >>> 0, 8);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** Control packets share the port: their second byte is 192 to 223 (RFC 5761). */
const isControl = (second: number) => second >= 192 && second <= 223;

/** Reads a packet; undefined when it is a control packet, cut short, or of another version. */
export function readRtp(bytes: Buffer): Rtp | undefined {
  if (bytes.length < HEADER_BYTES || (bytes[0] as number) >> 6 !== 2 || isControl(bytes[1] as number)) return undefined;
  const first = bytes[0] as number;
  let start = HEADER_BYTES + 4 * (first & 0x0f);
  if ((first & 0x10) !== 0) {
    if (bytes.length < start + 4) return undefined;
    start += 4 + 4 * bytes.readUInt16BE(start + 2);
  }
  const padding = (first & 0x20) === 0 ? 0 : (bytes.at(-1) as number);
  const end = bytes.length - padding;
  if (end < start) return undefined;
  return {
    payloadType: (bytes[1] as number) & 0x7f,
    seq: bytes.readUInt16BE(2),
    ts: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(start, end),
  };
}
