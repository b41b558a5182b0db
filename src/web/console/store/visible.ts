// Makes what cannot be seen in a stranger's text visible: controls, and marks that turn the direction of writing. Pure.

// Left alone: tab, new line, the joiners that Persian, Hindi and emoji need, and the mark that makes a sign an emoji.
const ODD = /[^\P{Cc}\t\n]|(?!\u200C|\u200D|\uFE0E|\uFE0F)[\p{Cf}\p{Default_Ignorable_Code_Point}]|[\p{Cs}\u2028\u2029\u2800]/gu;
/** Joiners beside Latin letters, digits or blanks join nothing: they only hide. */
const IDLE_JOINER = /(?<=^|[\p{Script=Latin}\d\s])[\u200C\u200D]|[\u200C\u200D](?=$|[\p{Script=Latin}\d\s])/gu;
/** No language stacks more marks than this on a letter; a flood of them would cover what stands around it. */
const FLOOD = /(\p{M}{6})(\p{M}+)/gu;

const named = (mark: string) => `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/** The text with each odd mark replaced by its number, as in `[U+202E]`, and floods of marks by their count. */
export function visible(text: string): string {
  return text
    .replace(ODD, named)
    .replace(IDLE_JOINER, named)
    .replace(FLOOD, (_, kept: string, rest: string) => `${kept}[+${[...rest].length} marks]`);
}
