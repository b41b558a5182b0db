// The panels of a screen in their columns, as this person has arranged them: widths by a bar that is dragged or moved by arrow keys, order and
// folding while arranging. Widths are set through the browser's style objects, which the page's policy allows.
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import type { Direction, Layout } from '../store/layout.ts';
import { moved, turned, widened } from '../store/layout.ts';
import type { Column, Panel, RoleScreen } from '../store/screens.ts';
import { screenWords as w } from '../words/tools.ts';
import { useViewer } from './desk-context.ts';
import { isPanelFor, PanelView, panelTitle } from './panels.tsx';

const DIRECTIONS: readonly (readonly [Direction, string])[] = [
  ['left', '◀'],
  ['right', '▶'],
  ['up', '▲'],
  ['down', '▼'],
];

interface Arranging {
  readonly layout: Layout;
  readonly isArranging: boolean;
  readonly onLayout: (layout: Layout) => void;
}

function SlotTools({ panel, layout, onLayout }: Arranging & { readonly panel: Panel }) {
  const title = panelTitle(panel);
  const isFolded = layout.folded.includes(panel);
  const turn = isFolded ? w.unfold : w.fold;
  return (
    <div className="slot-tools" role="toolbar" aria-label={w.of(w.arrange, title)}>
      <strong>{title}</strong>
      {DIRECTIONS.map(([to, sign]) => (
        <button
          key={to}
          type="button"
          className="quiet small"
          aria-label={w.of(w.moves[to], title)}
          onClick={() => onLayout(moved(layout, panel, to))}
        >
          {sign}
        </button>
      ))}
      <button type="button" className="quiet small" aria-label={w.of(turn, title)} onClick={() => onLayout(turned(layout, panel))}>
        {turn}
      </button>
    </div>
  );
}

function Slot({ panel, screen, ...arranging }: Arranging & { readonly panel: Panel; readonly screen: RoleScreen }) {
  const { layout, isArranging, onLayout } = arranging;
  const isFolded = layout.folded.includes(panel);
  return (
    <div className={`slot slot-${panel.replace(':', '-')} ${isFolded ? 'is-folded' : ''}`} data-panel={panel}>
      {isArranging && <SlotTools panel={panel} {...arranging} />}
      {isFolded && !isArranging && (
        <button
          type="button"
          className="quiet unfold"
          aria-label={w.of(w.unfold, panelTitle(panel))}
          onClick={() => onLayout(turned(layout, panel))}
        >
          ▸ {panelTitle(panel)}
        </button>
      )}
      {!isFolded && <PanelView panel={panel} screen={screen} />}
    </div>
  );
}

/** Between two columns. */
function Divider({ column, layout, onLayout }: Omit<Arranging, 'isArranging'> & { readonly column: number }) {
  const drag = useRef<{ readonly x: number; readonly perShare: number; readonly layout: Layout } | null>(null);
  const here = layout.columns[column] as Column;
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onLayout(widened(layout, column, by));
  };
  const begin = (event: PointerEvent<HTMLElement>) => {
    const width = event.currentTarget.parentElement?.clientWidth ?? 1;
    const shares = layout.columns.reduce((sum, { share }) => sum + share, 0);
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, perShare: width / shares, layout };
  };
  const go = (event: PointerEvent<HTMLElement>) => {
    const from = drag.current;
    if (from !== null) onLayout(widened(from.layout, column, Math.round((event.clientX - from.x) / from.perShare)));
  };
  const end = () => {
    drag.current = null;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      className="divider"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={w.width(here.panels.map(panelTitle).join(', '))}
      aria-valuenow={here.share}
      aria-valuemin={4}
      aria-valuemax={40}
      onKeyDown={onKey}
      onPointerDown={begin}
      onPointerMove={go}
      onPointerUp={end}
      onLostPointerCapture={end}
    />
  );
}

/** The columns of a screen with their panels. */
export function Arranged({ screen, ...arranging }: Arranging & { readonly screen: RoleScreen }) {
  const viewer = useViewer();
  const box = useRef<HTMLDivElement>(null);
  const { layout } = arranging;
  const shares = layout.columns.map(({ share }) => `minmax(9rem, ${share}fr)`).join(' 0.5rem ');
  useEffect(() => {
    box.current?.style.setProperty('--columns', shares);
  }, [shares]);
  return (
    <div className="arranged" ref={box}>
      {layout.columns.map((column, i) => {
        const panels = column.panels.filter((panel) => isPanelFor(panel, viewer));
        return [
          i > 0 && <Divider key={`divider ${column.panels[0]}`} column={i - 1} layout={layout} onLayout={arranging.onLayout} />,
          <div key={column.panels[0]} className={`column ${panels.includes('work') ? 'has-work' : ''}`}>
            {panels.map((panel) => (
              <Slot key={panel} panel={panel} screen={screen} {...arranging} />
            ))}
          </div>,
        ];
      })}
    </div>
  );
}
