// Looks into a file that was handed in: what it is, and whether it may come in. Nothing is decoded or unpacked here.
import { type Refusal, refuse } from '../../core/incident/topic.ts';
import type { Bytes } from './bytes.ts';
import { type Kind, kindOf } from './kinds.ts';
import { type PictureHead, pictureHead } from './picture-head.ts';
import { isTwofold } from './twofold.ts';

/** A picture may have this many pixels, and so many along one edge. Phones make 12 to 50 million; what decodes it has to hold all of them. */
export const MOST_PIXELS = 40_000_000;
export const MOST_EDGE = 16_000;
/** A longer text is no note, in bytes. */
const MOST_TEXT_BYTES = 2 * 1024 * 1024;
const HEAD_BYTES = 4096;

/** What a file is. `picture`: for those that get a view. */
export interface Inspected {
  readonly kind: Kind;
  readonly picture: PictureHead | null;
}

const SEND_PICTURE = 'Send a JPEG, PNG or WebP picture, a PDF, or plain text. A screenshot of it is always one.';

/** Refusal for what Parley does not take. `what`: with its article. */
export function notTaken(what: string): Refusal {
  return refuse('T41', `This is ${what}. Parley does not take it.`, SEND_PICTURE);
}
const BROKEN = refuse('T41', 'This file is not what its first bytes say.', SEND_PICTURE);
const TWOFOLD = refuse('T42', 'This file is two things at once: behind or inside it stands another file.', SEND_PICTURE);
const TOO_LARGE = refuse(
  'T43',
  `This picture has more than ${MOST_PIXELS / 1_000_000} million pixels, or an edge of more than ${MOST_EDGE}.`,
  'Make a smaller copy of it and send that.',
);

/** What it is, or why it may not come in. */
export async function inspect(file: Bytes): Promise<Inspected | Refusal> {
  const found = kindOf(await file.read(0, HEAD_BYTES));
  if ('not' in found) return notTaken(found.not);
  const { kind } = found;
  if (kind === 'text') return (await isText(file)) ? { kind, picture: null } : BROKEN;
  const picture = kind === 'pdf' ? null : await pictureHead(file, kind);
  if (kind !== 'pdf') {
    if (picture === null) return BROKEN;
    if (picture.width * picture.height > MOST_PIXELS || Math.max(picture.width, picture.height) > MOST_EDGE) return TOO_LARGE;
    if (picture.endsAt !== null && picture.endsAt < file.bytes) return TWOFOLD;
  }
  return (await isTwofold(file, kind)) ? TWOFOLD : { kind, picture };
}

async function isText(file: Bytes): Promise<boolean> {
  if (file.bytes > MOST_TEXT_BYTES) return false;
  const all = await file.read(0, file.bytes);
  if (all.some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(byte))) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(all);
    return true;
  } catch {
    return false;
  }
}
