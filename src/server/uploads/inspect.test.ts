// Hostile and honest files before anything decodes them: refused by their bytes, at once, and never unpacked.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspect } from './inspect.ts';

const look = (all: Buffer) => inspect({ bytes: all.length, read: async (from, length) => all.subarray(from, from + length) });
const latin = (text: string) => Buffer.from(text, 'latin1');
const u32 = (n: number) => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(n);
  return four;
};
const part = (type: string, body: Buffer) => Buffer.concat([u32(body.length), latin(type), body, u32(0)]);
const png = (width: number, height: number, ...more: Buffer[]) =>
  Buffer.concat([
    latin('\x89PNG\r\n\x1a\n'),
    part('IHDR', Buffer.concat([u32(width), u32(height), Buffer.from([8, 2, 0, 0, 0])])),
    ...more,
    part('IEND', Buffer.alloc(0)),
  ]);
/** An archive's end record, all that a reader looks for. */
const zipEnd = Buffer.concat([latin('PK\x05\x06'), Buffer.alloc(18)]);
const exif = (entries: number) => {
  const tiff = Buffer.alloc(40);
  tiff.write('MM\0\x2a', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(0x8825, 10);
  tiff.writeUInt32BE(26, 18);
  tiff.writeUInt16BE(entries, 26);
  return tiff;
};
const jpegWith = (note: Buffer) => {
  const app = Buffer.concat([latin('Exif\0\0'), note]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(app.length + 2);
  return Buffer.concat([
    latin('\xff\xd8\xff\xe1'),
    length,
    app,
    latin('\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01\x00\x00\x00'),
    latin('\xff\xda\x00\x02\xff\xd9'),
  ]);
};

const HOSTILE: readonly (readonly [name: string, file: Buffer, rule: string])[] = [
  ['an archive of archives', Buffer.concat([latin('PK\x03\x04'), Buffer.alloc(42_000), zipEnd]), 'T41'],
  ['nested gzip', gzipSync(gzipSync(Buffer.alloc(1_000_000))), 'T41'],
  ['a PNG of 50,000 x 50,000', png(50_000, 50_000), 'T43'],
  ['a PNG of 1 x 4,000,000,000', png(1, 4_000_000_000), 'T43'],
  ['a truncated Ogg', latin('OggS\0\x02'), 'T41'],
  ['an SVG', latin('\n <svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'T41'],
  ['a page', latin('<!DOCTYPE html><p>'), 'T41'],
  ['a PNG with an archive behind it', Buffer.concat([png(4, 4), zipEnd]), 'T42'],
  ['a JPEG with an archive behind it', Buffer.concat([jpegWith(exif(0)), zipEnd]), 'T42'],
  ['a PNG with a page inside', png(4, 4, part('tEXt', latin('x\0<script>alert(1)</script>'))), 'T42'],
  ['a PDF that is an archive', Buffer.concat([latin('%PDF-1.7\n'), zipEnd]), 'T42'],
  ['a PNG that breaks off', png(4, 4).subarray(0, 30), 'T41'],
  ['text with zero bytes further down', Buffer.concat([Buffer.alloc(5_000, 'a'), Buffer.alloc(1)]), 'T41'],
  ['nothing', Buffer.alloc(0), 'T41'],
];

describe('what may come in', () => {
  it.each(HOSTILE)('[T41, T42, T43] refuses %s within two seconds', async (_, file, rule) => {
    const from = performance.now();
    expect(await look(file)).toMatchObject({ rule });
    expect(performance.now() - from).toBeLessThan(2_000);
  });

  it('[T40] tells a file by its bytes', async () => {
    expect(await look(png(40, 30))).toMatchObject({ kind: 'png', picture: { width: 40, height: 30, hasPlace: false } });
    expect(await look(latin('%PDF-1.7\n1 0 obj'))).toMatchObject({ kind: 'pdf' });
    expect(await look(Buffer.from('Grüße, 12:30\n'))).toMatchObject({ kind: 'text' });
  });

  it('[D73] knows whether the notes of a picture tell where it was taken', async () => {
    expect(await look(jpegWith(exif(4)))).toMatchObject({ kind: 'jpeg', picture: { width: 32, height: 16, hasPlace: true } });
    expect(await look(jpegWith(exif(1)))).toMatchObject({ picture: { hasPlace: false } });
    expect(await look(png(4, 4, part('eXIf', exif(4))))).toMatchObject({ picture: { hasPlace: true } });
  });
});
