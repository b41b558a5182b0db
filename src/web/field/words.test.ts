// The words of the phone page: whole in every language, and none of them tells who is on the other side.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../line/words.ts';
import { PHONE_WORDS } from './words.ts';

const TELLING = /police|polic[ií]a|polizei|polícia|officer|negotiat|negoci|verhandl|team|equipo|équipe|شرط|警|полиц|crisis|parley/i;
const textOf = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('the words of the phone page', () => {
  it('[N89] are whole in the languages of the call page', () => {
    expect(Object.keys(PHONE_WORDS).sort()).toEqual(Object.keys(LANGUAGES).sort());
    const keys = Object.keys(PHONE_WORDS['en'] ?? {}).sort();
    for (const words of Object.values(PHONE_WORDS)) {
      expect(Object.keys(words).sort()).toEqual(keys);
      expect(Object.values(words).every((text: string) => text.trim() !== '')).toBe(true);
    }
  });

  it('[N89] tell nothing of the other side, nor do the page, its manifest and its worker', () => {
    const around = ['./index.html', './worker.ts', '../public/field/manifest.webmanifest'].map(textOf);
    for (const text of [...around, ...Object.values(PHONE_WORDS).flatMap((words) => Object.values(words) as string[])])
      expect(text).not.toMatch(TELLING);
    expect(around[0]).toContain('noindex');
    expect(around[0]).not.toMatch(/og:|description/i);
  });
});
