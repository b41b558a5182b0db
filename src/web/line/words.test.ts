// The words of the call page: whole in every language, and none of them tells who is on the other side.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseWords, LANGUAGES } from './words.ts';

const TELLING = /police|polic[ií]a|polizei|polícia|officer|negotiat|negoci|verhandl|team|equipo|équipe|شرط|警|полиц|crisis|parley/i;

describe('the words of the call page', () => {
  it('[N17] are whole in every language', () => {
    const keys = Object.keys(LANGUAGES['en'] ?? {}).sort();
    for (const words of Object.values(LANGUAGES)) {
      expect(Object.keys(words).sort()).toEqual(keys);
      expect(Object.values(words).every((text) => text.trim() !== '')).toBe(true);
    }
  });

  it('[N17] tell nothing of the other side, nor does the page around them', () => {
    const page = readFileSync(new URL('../index.html', import.meta.url), 'utf8');
    for (const text of [page, ...Object.values(LANGUAGES).flatMap((words) => Object.values(words) as string[])])
      expect(text).not.toMatch(TELLING);
    expect(page).toContain('noindex');
    expect(page).not.toMatch(/og:|description/i);
  });

  it('[N17] follow the wishes of the browser, and its direction of writing', () => {
    expect(chooseWords(['xx', 'pt-BR', 'en'])).toMatchObject({ language: 'pt', direction: 'ltr' });
    expect(chooseWords(['ar-EG'])).toMatchObject({ language: 'ar', direction: 'rtl' });
    expect(chooseWords([])).toMatchObject({ language: 'en' });
  });
});
