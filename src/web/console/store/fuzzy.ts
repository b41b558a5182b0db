// How well a few typed letters fit a name: by words, in any order, then by letters in their order. Pure.

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const wordsIn = (text: string) =>
  plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** True when the letters of `part` stand in `text` in their order. */
function isScattered(part: string, text: string): boolean {
  let from = 0;
  for (const letter of part) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + letter.length;
  }
  return true;
}

function scoreOf(part: string, name: readonly string[], place: readonly string[]): number {
  if (name.includes(part)) return 8;
  if (name.some((word) => word.startsWith(part))) return 6;
  if (place.some((word) => word.startsWith(part))) return 3;
  if (name.some((word) => word.includes(part))) return 2;
  return part.length > 2 && isScattered(part, name.join('')) ? 1 : 0;
}

interface Named {
  readonly name: string;
  /** Where it stands: helps to find it, and counts for less. */
  readonly where: string;
}

/** Those that every word of the query fits, the best first; all of them, in their order, for an empty query. */
export function fitting<T extends Named>(all: readonly T[], query: string): readonly T[] {
  const parts = wordsIn(query);
  return all
    .map((one, order) => {
      const [name, place] = [wordsIn(one.name), wordsIn(one.where)];
      const scores = parts.map((part) => scoreOf(part, name, place));
      return { one, order, score: scores.includes(0) ? 0 : 1 + scores.reduce((sum, score) => sum + score, 0) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map(({ one }) => one);
}
