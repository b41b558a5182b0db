// How a sentence is put together: our words, and the words of others, which are shown apart.

/** A piece of a sentence: our words, or the words of somebody else. */
export type Part = string | { readonly said: string };
/** A sentence in parts: ours, and the words of others. */
export type Sentence = readonly Part[];

/** Puts a sentence together; what is filled in counts as somebody else's words. */
export function say(texts: TemplateStringsArray, ...filled: readonly string[]): Sentence {
  return texts
    .flatMap((text, i): Part[] => [text, ...(i < filled.length ? [{ said: filled[i] ?? '' }] : [])])
    .filter((part) => part !== '');
}
