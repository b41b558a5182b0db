// The keys that work everywhere: search (/), what can be done now (Ctrl+K), a line to the log (N or F2), which screen, and its arrangement.
import { useState } from 'react';
import { SCREEN_NAMES, SCREENS, type ScreenName } from '../store/screens.ts';
import { searchWords } from '../words/search.ts';
import { paletteWords, quickWords, screenWords as w } from '../words/tools.ts';
import type { BoardView } from './board/kind.ts';
import { AddDialog } from './board/row-dialogs.tsx';
import { useIncident, useMyId } from './desk-context.ts';
import { KeyCap } from './held.tsx';
import { useCell } from './hooks.ts';
import { useChord, useKey, useSign } from './keys.ts';
import { Palette } from './palette.tsx';
import { QuickLine } from './quick-line.tsx';
import { arranging, chosenScreen, resetLayout, useScreen } from './screen-choice.ts';
import { SearchDialog } from './search.tsx';
import { ThemeChoice } from './theme-choice.tsx';

/** What of the screen is a matter of taste: colours, which screen, where its panels stand. */
function ViewMenu() {
  const chosen = useCell(chosenScreen);
  const isArranging = useCell(arranging);
  const screen = useScreen();
  const myId = useMyId();
  const hasPanels = SCREENS[screen].columns.length > 0;
  return (
    <details className="view-menu">
      <summary>{w.menu}</summary>
      <div className="view-menu-body">
        <ThemeChoice />
        <select
          className="screen-choice"
          aria-label={w.choose}
          value={chosen ?? ''}
          onChange={(event) => chosenScreen.set(SCREEN_NAMES.find((name) => name === event.currentTarget.value) ?? null)}
        >
          <option value="">{`${w.byRole}: ${w.screens[screen]}`}</option>
          {SCREEN_NAMES.map((name: ScreenName) => (
            <option key={name} value={name}>
              {w.screens[name]}
            </option>
          ))}
        </select>
        {hasPanels && (
          <button type="button" aria-pressed={isArranging} onClick={() => arranging.set(!isArranging)}>
            {isArranging ? w.done : w.arrange}
          </button>
        )}
        {hasPanels && isArranging && (
          <button type="button" onClick={() => resetLayout(myId, screen)}>
            {w.reset}
          </button>
        )}
      </div>
    </details>
  );
}

/** Stands in the bar of every screen of the team. */
export function Tools() {
  const [open, setOpen] = useState<'search' | 'palette' | null>(null);
  const [pressedAt, setPressedAt] = useState<number | null>(null);
  const [adding, setAdding] = useState<BoardView | null>(null);
  const isOpen = useIncident().incident.closedAt === null;
  const begin = () => {
    if (isOpen) setPressedAt((at) => at ?? Date.now());
  };
  useSign('/', () => setOpen('search'));
  useChord('k', () => setOpen('palette'));
  useKey('n', { down: begin });
  useSign('F2', begin);
  return (
    <>
      <button type="button" className="quiet" onClick={() => setOpen('search')}>
        {searchWords.open} <KeyCap letter="/" />
      </button>
      <button type="button" className="quiet" data-tool="palette" onClick={() => setOpen('palette')}>
        {paletteWords.open} <KeyCap letter="Ctrl K" />
      </button>
      {isOpen && (
        <button type="button" className="quiet" onClick={begin}>
          {quickWords.open} <KeyCap letter="N" />
        </button>
      )}
      <ViewMenu />
      {open === 'search' && <SearchDialog onClose={() => setOpen(null)} />}
      {open === 'palette' && <Palette onAdd={setAdding} onClose={() => setOpen(null)} />}
      {adding !== null && <AddDialog view={adding} onClose={() => setAdding(null)} />}
      {pressedAt !== null && <QuickLine pressedAt={pressedAt} onClose={() => setPressedAt(null)} />}
    </>
  );
}
