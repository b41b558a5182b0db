// A stranger's device in a few words, from what its browser says of itself. A guess, and shown as one. Pure.

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android.*Mobile/, 'Android phone'],
  [/Android/, 'Android tablet'],
  [/Windows/, 'Windows computer'],
  [/Macintosh/, 'Mac'],
  [/CrOS/, 'Chromebook'],
  [/Linux/, 'Linux computer'],
];

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Edg/, 'Edge'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/OPR|Opera/, 'Opera'],
  [/Chrom|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];

const first = (list: readonly (readonly [RegExp, string])[], text: string) => list.find(([pattern]) => pattern.test(text))?.[1];

/** Kind and browser, or the text itself when it is not known. `describes`: a browser's user agent. */
export function deviceText(describes: string): string {
  const kind = first(KINDS, describes);
  if (kind === undefined) return describes;
  const browser = first(BROWSERS, describes);
  return browser === undefined ? kind : `${kind}, ${browser}`;
}
