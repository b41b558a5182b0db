// Takes the Opus packets out of an Ogg file (RFC 3533, RFC 7845). Small files that are read whole; no decoding.

/** The file is not a sound Ogg/Opus stream. `code` says what is wrong. */
export class OggFault extends Error {
  override name = 'OggFault';
  readonly code: 'not-ogg' | 'cut-short' | 'bad-checksum' | 'not-opus';

  constructor(code: OggFault['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** What was in the file, headers read and left out. */
export interface OpusFile {
  readonly channels: number;
  /** Samples at 48 kHz to drop at the beginning. */
  readonly preSkip: number;
  readonly packets: readonly Uint8Array[];
}

const PAGE_BYTES = 27;
const CONTINUED = 1;
const HEADER_PACKETS = 2;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

/** Checksum of a page, its own four bytes counted as zero. */
function checksum(page: Buffer): number {
  let crc = 0;
  for (const [at, byte] of page.entries()) crc = (crc << 8) ^ (CRC_TABLE[(crc >>> 24) ^ (at >= 22 && at < 26 ? 0 : byte)] as number);
  return crc >>> 0;
}

interface Page {
  readonly continued: boolean;
  readonly lengths: readonly number[];
  readonly body: Buffer;
  readonly end: number;
}

function pageAt(file: Buffer, start: number): Page {
  if (file.toString('latin1', start, start + 4) !== 'OggS' || file[start + 4] !== 0)
    throw new OggFault('not-ogg', `no Ogg page at byte ${start}`);
  const segments = file[start + 26] ?? 0;
  const bodyAt = start + PAGE_BYTES + segments;
  const lengths = [...file.subarray(start + PAGE_BYTES, bodyAt)];
  const end = bodyAt + lengths.reduce((sum, length) => sum + length, 0);
  if (lengths.length < segments || file.length < end) throw new OggFault('cut-short', `the page at byte ${start} is cut short`);
  if (checksum(file.subarray(start, end)) !== file.readUInt32LE(start + 22))
    throw new OggFault('bad-checksum', `the page at byte ${start} was changed`);
  return { continued: ((file[start + 5] as number) & CONTINUED) !== 0, lengths, body: file.subarray(bodyAt, end), end };
}

/** Whole packets of all pages; one may begin on a page and end on the next. */
function packetsOf(file: Buffer): Uint8Array[] {
  const packets: Uint8Array[] = [];
  let open: Buffer[] = [];
  for (let at = 0; at < file.length; ) {
    const page = pageAt(file, at);
    if (page.continued !== open.length > 0) throw new OggFault('cut-short', `a packet is missing before byte ${at}`);
    let from = 0;
    for (const length of page.lengths) {
      open.push(page.body.subarray(from, from + length));
      from += length;
      if (length === 255) continue;
      packets.push(Uint8Array.from(Buffer.concat(open)));
      open = [];
    }
    at = page.end;
  }
  if (open.length > 0) throw new OggFault('cut-short', 'the last packet does not end');
  return packets;
}

/** Reads a whole file. @throws OggFault */
export function readOpusFile(bytes: Uint8Array): OpusFile {
  const [head, tags, ...packets] = packetsOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const name = (packet: Uint8Array | undefined) => Buffer.from(packet ?? []).toString('latin1', 0, 8);
  if (name(head) !== 'OpusHead' || name(tags) !== 'OpusTags' || head === undefined || head.length < 19)
    throw new OggFault('not-opus', `no Opus in the first ${HEADER_PACKETS} packets`);
  return { channels: head[9] as number, preSkip: (head[10] as number) | ((head[11] as number) << 8), packets };
}
