// Makes what cannot be seen in a stranger's text visible: controls, and marks that turn the direction of writing. Pure.

// Left alone: tab, new line, and the joiners that Persian, Hindi and emoji need.
const ODD = /[^\P{Cc}\t\n]|(?![\u200C\u200D])\p{Cf}|[\u2028\u2029]/gu;

/** The text with each odd mark replaced by its number, as in `[U+202E]`. */
export function visible(text: string): string {
  return text.replace(ODD, (mark) => `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`);
}
