// Files that are two things at once: a picture that another program would open as an archive, a page or a document. Signs only; nothing
// is unpacked.
import type { Bytes } from './bytes.ts';
import { Piece } from './bytes.ts';
import type { Kind } from './kinds.ts';

const PIECE_BYTES = 256 * 1024;
/** The end record of a ZIP archive, and the longest comment behind it (APPNOTE 4.3.16), in bytes. */
const ZIP_END = 'PK\x05\x06';
const ZIP_END_BYTES = 22;
const ZIP_MOST_COMMENT = 0xffff;

/** Long enough that no picture holds them by chance. */
const PAGE_SIGNS = ['<script', '<html', '<!doctype', '<?php', '<svg', '<iframe'];
const FILE_SIGNS = ['%PDF-1.', '%PDF-2.', '7z\xbc\xaf\x27\x1c', 'Rar!\x1a\x07', 'PK\x03\x04\x14\x00', 'PK\x03\x04\x0a\x00'];
const IN_PICTURE = [...PAGE_SIGNS, ...PAGE_SIGNS.map((sign) => sign.toUpperCase()), ...FILE_SIGNS].map((sign) =>
  Buffer.from(sign, 'latin1'),
);
const LONGEST = Math.max(...IN_PICTURE.map((sign) => sign.length));

/** True when it is something else besides. Programs find an archive by its end, whatever stands before it. */
export async function isTwofold(file: Bytes, kind: Kind): Promise<boolean> {
  if (kind === 'text') return false;
  if (await endsAsArchive(file)) return true;
  const signs = kind === 'pdf' ? PAGE_SIGNS.map((sign) => Buffer.from(sign, 'latin1')) : IN_PICTURE;
  // In a document such words may stand; at its beginning they would make it a page.
  const until = kind === 'pdf' ? Math.min(file.bytes, 1024) : file.bytes;
  for (let at = 0; at < until; at += PIECE_BYTES) {
    const piece = Buffer.from(await file.read(at, Math.min(PIECE_BYTES + LONGEST, until - at)));
    if (signs.some((sign) => piece.includes(sign))) return true;
  }
  return false;
}

async function endsAsArchive(file: Bytes): Promise<boolean> {
  const from = Math.max(0, file.bytes - ZIP_END_BYTES - ZIP_MOST_COMMENT);
  const raw = await file.read(from, file.bytes - from);
  const tail = Buffer.from(raw);
  const piece = new Piece(raw);
  for (let at = tail.lastIndexOf(ZIP_END, undefined, 'latin1'); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(ZIP_END, at - 1, 'latin1')) {
    const comment = piece.u16(at + ZIP_END_BYTES - 2, true);
    if (comment >= 0 && at + ZIP_END_BYTES + comment <= tail.length) return true;
  }
  return false;
}
