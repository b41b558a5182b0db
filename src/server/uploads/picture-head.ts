// The size of a picture and what its notes tell, read from its head: nothing is decoded, and every walk is bounded.
import type { PictureKind } from '../../ports/pictures.ts';
import { type Bytes, Piece } from './bytes.ts';
import { exifTellsPlace, xmpTellsPlace } from './location.ts';

/** Sizes in pixels. `hasPlace`: its notes tell where it was taken. `endsAt`: where the picture ends, when its head tells. */
export interface PictureHead {
  readonly width: number;
  readonly height: number;
  readonly hasPlace: boolean;
  readonly endsAt: number | null;
}

/** A picture with more parts than this is no picture of a camera. */
const MOST_PARTS = 20_000;
/** Notes longer than this are not looked into whole, in bytes. */
const MOST_NOTE_BYTES = 1024 * 1024;

/** Null when it is not what its first bytes say. */
export async function pictureHead(file: Bytes, kind: PictureKind): Promise<PictureHead | null> {
  const head = await { jpeg: jpegHead, png: pngHead, webp: webpHead }[kind](file);
  return head !== null && head.width > 0 && head.height > 0 ? head : null;
}

const EXIF = 'Exif\0\0';

function noteTellsPlace(note: Uint8Array): boolean {
  const isExif = new Piece(note).text(0, EXIF.length) === EXIF;
  return isExif ? exifTellsPlace(note.subarray(EXIF.length)) : xmpTellsPlace(note);
}

async function jpegHead(file: Bytes): Promise<PictureHead | null> {
  let size: Pick<PictureHead, 'width' | 'height'> | null = null;
  let hasPlace = false;
  for (let at = 2, parts = 0; parts < MOST_PARTS; parts += 1) {
    const part = new Piece(await file.read(at, 9));
    const marker = part.u16(0);
    if (marker === 0xffff) {
      at += 1; // a filling byte
      continue;
    }
    if (marker < 0xffc0 || marker === 0xffd9) return null;
    if (marker === 0xffda) return size === null ? null : { ...size, hasPlace, endsAt: null };
    const isFrame = marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) size = { height: part.u16(5), width: part.u16(7) };
    const length = part.u16(2);
    if (length < 2) return null;
    if (marker === 0xffe1 && !hasPlace) hasPlace = noteTellsPlace(await file.read(at + 4, length - 2));
    at += 2 + length;
  }
  return null;
}

async function pngHead(file: Bytes): Promise<PictureHead | null> {
  const first = new Piece(await file.read(8, 16));
  if (first.text(4, 4) !== 'IHDR') return null;
  const size = { width: first.u32(8), height: first.u32(12) };
  let hasPlace = false;
  for (let at = 8, parts = 0; parts < MOST_PARTS; parts += 1) {
    const part = new Piece(await file.read(at, 8));
    const [length, type] = [part.u32(0), part.text(4, 4)];
    if (length < 0) return null;
    const note = ['eXIf', 'iTXt', 'tEXt'].includes(type) ? await file.read(at + 8, Math.min(length, MOST_NOTE_BYTES)) : null;
    if (note !== null) hasPlace ||= type === 'eXIf' ? exifTellsPlace(note) : xmpTellsPlace(note);
    at += 12 + length;
    if (type === 'IEND') return at <= file.bytes ? { ...size, hasPlace, endsAt: at } : null;
  }
  return null;
}

function webpSize(type: string, body: Piece): Pick<PictureHead, 'width' | 'height'> | null {
  const u24 = (at: number) => body.u16(at, true) + body.u8(at + 2) * 65_536;
  if (type === 'VP8X') return { width: u24(4) + 1, height: u24(7) + 1 };
  if (type === 'VP8L') {
    const bits = body.u32(1, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return type === 'VP8 ' ? { width: body.u16(6, true) & 0x3fff, height: body.u16(8, true) & 0x3fff } : null;
}

async function webpHead(file: Bytes): Promise<PictureHead | null> {
  const riff = new Piece(await file.read(0, 12));
  const endsAt = riff.u32(4, true) + 8;
  if (endsAt > file.bytes) return null;
  let size: Pick<PictureHead, 'width' | 'height'> | null = null;
  let hasPlace = false;
  for (let at = 12, parts = 0; at < endsAt && parts < MOST_PARTS; parts += 1) {
    const part = new Piece(await file.read(at, 8));
    const [type, length] = [part.text(0, 4), part.u32(4, true)];
    if (length < 0) return null;
    size ??= webpSize(type, new Piece(await file.read(at + 8, 10)));
    if (type === 'EXIF' || type === 'XMP ') {
      const note = await file.read(at + 8, Math.min(length, MOST_NOTE_BYTES));
      hasPlace ||= type === 'XMP ' ? xmpTellsPlace(note) : noteTellsPlace(note) || exifTellsPlace(note);
    }
    at += 8 + length + (length % 2);
  }
  return size === null ? null : { ...size, hasPlace, endsAt };
}
