// Packets there and back, and what is no packet of sound.
import { describe, expect, it } from 'vitest';
import { readRtp, writeRtp } from './rtp.ts';

const sent = { payloadType: 111, seq: 65_535, ts: 2 ** 32 - 1, ssrc: 0xdeadbeef, payload: Uint8Array.of(1, 2, 3) };
const plain = (bytes: Buffer) => {
  const read = readRtp(bytes);
  return read === undefined ? undefined : { ...read, payload: [...read.payload] };
};

describe('a packet', () => {
  it('comes back as it was sent, numbers wrapped', () => {
    expect(plain(writeRtp(sent))).toEqual({ ...sent, payload: [1, 2, 3] });
    expect(plain(writeRtp({ ...sent, seq: 65_536, ts: 2 ** 32 + 5 }, true))).toMatchObject({ seq: 0, ts: 5, payloadType: 111 });
  });

  it('is read past named sources, an extension and padding', () => {
    const bare = writeRtp(sent);
    const full = Buffer.concat([
      bare.subarray(0, 12),
      Buffer.alloc(4, 9),
      Buffer.from([0xbe, 0xde, 0, 1, 1, 2, 3, 4]),
      bare.subarray(12),
      Buffer.from([0, 2]),
    ]);
    full[0] = 0x80 | 0x20 | 0x10 | 1;
    expect(plain(full)).toEqual({ ...sent, payload: [1, 2, 3] });
  });

  it('is none when it is cut, of another version, or a control packet', () => {
    const bytes = writeRtp(sent);
    for (let length = 0; length < 12; length++) expect(readRtp(bytes.subarray(0, length))).toBeUndefined();
    expect(readRtp(Buffer.concat([Buffer.from([0x00]), bytes.subarray(1)]))).toBeUndefined();
    for (const type of [192, 200, 201, 206, 223])
      expect(readRtp(Buffer.concat([Buffer.from([0x80, type]), bytes.subarray(2)]))).toBeUndefined();
    const extended = Buffer.from(bytes);
    extended[0] = 0x90;
    expect(readRtp(extended)).toBeUndefined();
    const padded = Buffer.from(bytes);
    padded[0] = 0xa0;
    padded[padded.length - 1] = 9;
    expect(readRtp(padded)).toBeUndefined();
  });
});
