// Chooses the colours of the screen.
import { setTheme, THEMES, theme } from '../theme.ts';
import { themeWords, words } from '../words.ts';
import { useCell } from './hooks.ts';

export function ThemeChoice() {
  const chosen = useCell(theme);
  return (
    <div className="choice" role="radiogroup" aria-label={words.bar.theme}>
      {THEMES.map((one) => (
        <label key={one} className={one === chosen ? 'is-chosen' : ''}>
          <input type="radio" name="theme" checked={one === chosen} onChange={() => setTheme(one)} />
          {themeWords[one]}
        </label>
      ))}
    </div>
  );
}
