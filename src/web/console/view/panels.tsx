// The panels that a screen can be made of. A new panel is one line in the table and its name in store/screens.ts; every board is one by itself.
import type { ReactNode } from 'react';
import type { Viewer } from '../../../core/incident/topic.ts';
import type { Panel, PanelName, RoleScreen } from '../store/screens.ts';
import { screenWords } from '../words/tools.ts';
import { Board } from './board/board.tsx';
import { BOARDS } from './board/list.ts';
import { Lines } from './lines.tsx';
import { People } from './people.tsx';
import { Work } from './work.tsx';

const PANELS: Readonly<Record<PanelName, (screen: RoleScreen) => ReactNode>> = {
  lines: () => <Lines />,
  people: () => <People />,
  work: ({ log }) => <Work first={log} />,
};

const boardOf = (panel: Panel) => BOARDS.find((view) => panel === `board:${view.name}`);

/** What a panel is called. */
export function panelTitle(panel: Panel): string {
  return boardOf(panel)?.words.title ?? screenWords.panels[panel as PanelName] ?? panel;
}

/** False for a board that is not for this viewer. */
export function isPanelFor(panel: Panel, viewer: Viewer): boolean {
  const view = boardOf(panel);
  return view === undefined ? Object.hasOwn(PANELS, panel) : view.isFor(viewer);
}

/** One panel, whole. */
export function PanelView({ panel, screen }: { readonly panel: Panel; readonly screen: RoleScreen }) {
  const view = boardOf(panel);
  if (view === undefined) return PANELS[panel as PanelName](screen);
  return (
    <section className="panel board-panel" aria-label={view.words.title}>
      <h2>{view.words.title}</h2>
      <Board view={view} />
    </section>
  );
}
