// The palette: everything that this person may do now, found by a few letters. It does nothing that the screen does not offer, and does not
// shorten a held press.
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { fitting } from '../store/fuzzy.ts';
import { boardWords } from '../words/board.ts';
import { paletteWords as w } from '../words/tools.ts';
import type { BoardView } from './board/kind.ts';
import { BOARDS } from './board/list.ts';
import { useIncident, useMyId, useViewer } from './desk-context.ts';
import { Dialog } from './dialog.tsx';
import { type Offer, offersIn } from './offered.ts';
import { LOG, usePlace } from './place.ts';
import { Said } from './said.tsx';

/** More would not be read. */
const SHOWN = 60;

interface PaletteProps {
  readonly onAdd: (view: BoardView) => void;
  readonly onClose: () => void;
}

/** What boards offer that are not on the screen now. */
function useBoardOffers(onAdd: PaletteProps['onAdd']): readonly Offer[] {
  const incident = useIncident();
  const myId = useMyId();
  const viewer = useViewer();
  const place = usePlace();
  const show = (name: string) => () => place.show(name);
  return BOARDS.filter((view) => view.isFor(viewer)).flatMap((view) => [
    ...(view.mayWrite(incident, myId) ? [{ name: view.words.add, where: w.boards, isHeld: false, run: () => onAdd(view) }] : []),
    { name: w.show(view.words.title), where: w.boards, isHeld: false, run: show(view.name) },
  ]);
}

/** The window of the palette. */
export function Palette({ onAdd, onClose }: PaletteProps) {
  const listId = useId();
  const boards = useBoardOffers(onAdd);
  const place = usePlace();
  const [screen] = useState(() => offersIn(document.querySelector('.screen') ?? document));
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    field.current?.focus();
  }, []);
  const isAdd = (name: string) => boards.some((one) => one.name === name);
  const log = { name: w.show(boardWords.log), where: w.boards, isHeld: false, run: () => place.show(LOG) };
  const all = [...screen.filter(({ name }) => !isAdd(name)), ...boards, log].map((one, key) => ({ ...one, key }));
  const shown = fitting(all, query).slice(0, SHOWN);
  const chosen = shown[Math.min(at, shown.length - 1)];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen one stays in sight
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen?.key]);
  const run = (offer: Offer | undefined) => {
    if (offer === undefined) return;
    onClose();
    // After the window is gone: the focus goes where the act puts it.
    setTimeout(offer.run, 0);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt(Math.min(shown.length - 1, Math.max(0, Math.min(at, shown.length - 1) + step)));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={w.title} onClose={onClose} className="wide">
      <label>
        <span className="hidden-words">{w.label}</span>
        <input
          ref={field}
          type="search"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={chosen === undefined ? undefined : `${listId}-${chosen.key}`}
          value={query}
          placeholder={w.hint}
          onKeyDown={onKey}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
        />
      </label>
      {shown.length === 0 && <p className="empty-state">{w.none}</p>}
      <div ref={list} id={listId} role="listbox" aria-label={w.title} className="palette">
        {shown.map((one) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={one.key}
            id={`${listId}-${one.key}`}
            role="option"
            aria-selected={one === chosen}
            tabIndex={-1}
            onClick={() => run(one)}
          >
            <span className="palette-name">
              <Said text={one.name} />
            </span>
            <span className="soft">
              <Said text={one.where} />
              {one.isHeld && ` (${w.hold})`}
            </span>
          </div>
        ))}
      </div>
    </Dialog>
  );
}
