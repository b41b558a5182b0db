// Whether the notes inside a picture (Exif, XMP) tell where it was taken. Looked for in the notes only, never in the picture.
import { Piece } from './bytes.ts';

/** Exif's pointer to the notes of a satellite receiver (Exif 2.32, tag 34853). */
const GPS_TAG = 0x8825;
const ENTRY_BYTES = 12;
const MOST_ENTRIES = 512;

/** True when the Exif notes (from their `II` or `MM` on) have a part for the place with anything in it. */
export function exifTellsPlace(tiff: Uint8Array): boolean {
  const piece = new Piece(tiff);
  const little = piece.text(0, 2) === 'II';
  if (!little && piece.text(0, 2) !== 'MM') return false;
  const first = piece.u32(4, little);
  const count = Math.min(piece.u16(first, little), MOST_ENTRIES);
  for (let i = 0; i < count; i += 1) {
    const at = first + 2 + i * ENTRY_BYTES;
    // More than the version alone, which cameras without a receiver write, too.
    if (piece.u16(at, little) === GPS_TAG) return piece.u16(piece.u32(at + 8, little), little) > 1;
  }
  return false;
}

/** True when XMP notes name a place. */
export function xmpTellsPlace(xmp: Uint8Array): boolean {
  return /GPSL(at|ong)itude/.test(Buffer.from(xmp).toString('latin1'));
}
