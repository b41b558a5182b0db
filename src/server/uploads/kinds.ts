// What a file is, by its first bytes. Names and headers are the sender's word and are not asked.

/** What Parley takes. */
export const TAKEN = ['jpeg', 'png', 'webp', 'pdf', 'text'] as const;
export type Kind = (typeof TAKEN)[number];

const latin = (head: Uint8Array, from: number, to: number) => Buffer.from(head.subarray(from, to)).toString('latin1');
const starts = (text: string) => (head: Uint8Array) => latin(head, 0, text.length) === text;
const brand = (...names: readonly string[]) => {
  return (head: Uint8Array) => latin(head, 4, 8) === 'ftyp' && (names.length === 0 || names.includes(latin(head, 8, 12)));
};

const SIGNS: readonly (readonly [kind: Exclude<Kind, 'text'>, is: (head: Uint8Array) => boolean])[] = [
  ['jpeg', starts('\xff\xd8\xff')],
  ['png', starts('\x89PNG\r\n\x1a\n')],
  ['webp', (head) => starts('RIFF')(head) && latin(head, 8, 12) === 'WEBP'],
  ['pdf', starts('%PDF-')],
];

/** What is often sent and not taken, by the word for it. */
const OTHERS: readonly (readonly [name: string, is: (head: Uint8Array) => boolean])[] = [
  ['a ZIP or Office file', starts('PK')],
  ['a packed file', (head) => starts('\x1f\x8b')(head) || starts('7z\xbc\xaf')(head) || starts('Rar!')(head) || starts('BZh')(head)],
  ['a packed file', starts('\xfd7zXZ')],
  ['a sound file', (head) => starts('OggS')(head) || starts('ID3')(head) || starts('fLaC')(head) || starts('RIFF')(head)],
  ['a HEIC picture', brand('heic', 'heix', 'mif1', 'hevc', 'avif')],
  ['a film', (head) => brand()(head) || starts('\x1aE\xdf\xa3')(head)],
  ['a GIF picture', starts('GIF8')],
  ['a program', (head) => starts('MZ')(head) || starts('\x7fELF')(head) || starts('#!')(head)],
];

/** True for text that a browser would take for a page or a drawing with scripts: SVG, HTML, XML. */
function isMarkup(head: Uint8Array): boolean {
  return Buffer.from(head)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
    .startsWith('<');
}

/** Zero bytes and other control signs are in no text. */
function isBinary(head: Uint8Array): boolean {
  return head.some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(byte));
}

/** What it is: a kind that is taken, or the word for what is not. Text is only guessed: its rest has to be looked at. `head`: the first
 *  bytes, some hundred at least when there are as many. */
export function kindOf(head: Uint8Array): { readonly kind: Kind } | { readonly not: string } {
  const found = SIGNS.find(([, is]) => is(head));
  if (found !== undefined) return { kind: found[0] };
  const other = OTHERS.find(([, is]) => is(head));
  if (other !== undefined) return { not: other[0] };
  if (head.byteLength === 0) return { not: 'an empty file' };
  if (isMarkup(head)) return { not: 'a drawing or page with code in it (SVG, HTML, XML)' };
  return isBinary(head) ? { not: 'a file of an unknown kind' } : { kind: 'text' };
}
