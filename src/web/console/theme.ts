// The three sets of colours, chosen by the person and remembered by the browser.
import { type Cell, source } from './store/cell.ts';

export type Theme = 'day' | 'dark' | 'night';
/** The three themes, in the order in which they are offered. */
export const THEMES: readonly Theme[] = ['day', 'dark', 'night'];

const KEY = 'parley-colours';

function remembered(): Theme | null {
  try {
    const kept = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === kept) ?? null;
  } catch {
    return null; // storage is forbidden here: the choice lasts as long as the page
  }
}

const chosen = source<Theme>(remembered() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'day'));

function apply(): void {
  document.documentElement.dataset['theme'] = chosen.get();
}

/** The theme in use, remembered on this device. */
export const theme: Cell<Theme> = chosen;

/** Chooses the colours from now on. */
export function setTheme(next: Theme): void {
  chosen.set(next);
  apply();
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // as above
  }
}

apply();
