// A text cut where a query's words stand in it, so that they can be shown. The same cutting as the index: no case, no accents. Pure.

export interface Piece {
  readonly text: string;
  readonly isHit: boolean;
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The pieces of a text, in order. A word is a hit when one of the query's words is its beginning. */
export function marked(text: string, query: string): readonly Piece[] {
  const wanted = plain(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return text
    .split(/([\p{L}\p{N}\p{M}]+)/u)
    .filter((piece) => piece !== '')
    .map((piece) => ({ text: piece, isHit: wanted.some((word) => plain(piece).startsWith(word)) }));
}
