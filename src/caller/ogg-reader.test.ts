// Ogg files made here byte by byte, whole and broken, and the rendered voice.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OggFault, readOpusFile } from './ogg-reader.ts';
import { VOICE_FOLDER } from './voice.ts';

/** The checksum of RFC 3533, bit by bit: another way than the reader's. */
function checksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const carry = ((crc >>> 31) ^ (byte >> bit)) & 1;
      crc = (crc << 1) ^ (carry === 1 ? 0x04c11db7 : 0);
    }
  }
  return crc >>> 0;
}

/** One page. `lengths`: its segment table. */
function page(lengths: readonly number[], body: Uint8Array, flags = 0): Buffer {
  const bytes = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(23), Buffer.from(lengths), body]);
  bytes[5] = flags;
  bytes[26] = lengths.length;
  bytes.writeUInt32LE(checksum(bytes), 22);
  return bytes;
}

const head = Buffer.concat([Buffer.from('OpusHead'), Buffer.from([1, 1, 0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0])]);
const tags = Buffer.concat([Buffer.from('OpusTags'), Buffer.alloc(8)]);
const headers = [page([head.length], head, 2), page([tags.length], tags)];
const file = (...pages: Buffer[]) => Buffer.concat([...headers, ...pages]);

describe('an Ogg file', () => {
  it('gives its packets in order, headers left out', () => {
    const read = readOpusFile(file(page([2, 0, 3], Buffer.from([1, 2, 7, 8, 9])), page([1], Buffer.from([5]), 4)));
    expect(read).toMatchObject({ channels: 1, preSkip: 312 });
    expect(read.packets.map((packet) => [...packet])).toEqual([[1, 2], [], [7, 8, 9], [5]]);
  });

  it('gives a packet that is longer than a segment, or goes on on the next page', () => {
    const long = Buffer.alloc(600, 3);
    const split = readOpusFile(
      file(page([255, 255], long.subarray(0, 510)), page([90, 1], Buffer.concat([long.subarray(510), Buffer.from([4])]), 1)),
    );
    expect(split.packets.map((packet) => packet.length)).toEqual([600, 1]);
    const exact = readOpusFile(file(page([255, 0], Buffer.alloc(255, 3))));
    expect(exact.packets.map((packet) => packet.length)).toEqual([255]);
  });

  const good = file(page([3], Buffer.from([1, 2, 3])));
  const codeOf = (bytes: Uint8Array) => {
    try {
      readOpusFile(bytes);
      return 'accepted';
    } catch (fault) {
      return fault instanceof OggFault ? fault.code : `wrong kind of error: ${String(fault)}`;
    }
  };

  it('is refused by name of the fault when it is broken', () => {
    expect(codeOf(good)).toBe('accepted');
    expect(codeOf(Buffer.from('RIFF....WAVE'))).toBe('not-ogg');
    expect(codeOf(Buffer.alloc(0))).toBe('not-opus');
    expect(codeOf(headers[0] as Buffer)).toBe('not-opus');
    expect(codeOf(file(page([255], Buffer.alloc(255))))).toBe('cut-short');
    expect(codeOf(file(page([1], Buffer.from([1]), 1)))).toBe('cut-short');
    expect(codeOf(Buffer.concat([good, Buffer.from([0])]))).toBe('not-ogg');
  });

  it('is never accepted when cut, nor when one byte was changed', () => {
    const ends = [headers[0]?.length, headers[0] === undefined ? 0 : headers[0].length + (headers[1]?.length ?? 0), good.length];
    for (let length = 1; length < good.length; length++) {
      const code = codeOf(good.subarray(0, length));
      if (!ends.includes(length)) expect(['cut-short', 'not-ogg'], `${length} bytes`).toContain(code);
    }
    for (let at = 0; at < good.length; at++) {
      const changed = Buffer.from(good);
      changed[at] = (changed[at] as number) ^ 0x10;
      expect(['bad-checksum', 'not-ogg', 'cut-short'], `byte ${at}`).toContain(codeOf(changed));
    }
  });

  it('may lie anywhere in a larger buffer', () => {
    const bytes = readFileSync(join(VOICE_FOLDER, 'person-tired.opus'));
    const within = new Uint8Array(bytes.length + 7);
    within.set(bytes, 7);
    expect(readOpusFile(within.subarray(7)).packets.length).toBe(readOpusFile(bytes).packets.length);
  });
});
