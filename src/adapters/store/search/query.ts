// How every index cuts texts and queries into words: no case, no accents, letters and digits only. No index here.

/** A part of a query: a phrase stands as it is, else the last word may go on. */
export interface Part {
  readonly words: readonly string[];
  readonly isPhrase: boolean;
}

/** More parts than a person types are passed over. */
const MOST_PARTS = 12;

/** A text as words, as they are compared. */
export function wordsOf(text: string): readonly string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** A query as its parts: text in double quotes is a phrase, everything else words that may go on. None when there is no letter or digit. */
export function partsOf(query: string): readonly Part[] {
  return [...query.matchAll(/"([^"]*)"?|[^\s"]+/g)]
    .map((match) => ({ words: wordsOf(match[1] ?? match[0]), isPhrase: match[1] !== undefined }))
    .filter(({ words }) => words.length > 0)
    .slice(0, MOST_PARTS);
}

/** True when the last word of a part may be the beginning of a longer one. A single letter stands for itself. */
export function mayGoOn({ words, isPhrase }: Part): boolean {
  return !isPhrase && [...(words.at(-1) ?? '')].length > 1;
}

/** Places of one millisecond: entries of the same time are told apart and keep their order. */
export const PLACES_PER_MS = 1_024;
