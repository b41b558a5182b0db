// How a person has arranged the screen of a role, remembered by this browser: order, width and folding of panels. The changes are pure.
import type { Column, Panel, ScreenName } from './screens.ts';

/** An arrangement. Every panel of the role's screen is in it once, whatever was remembered. */
export interface Layout {
  readonly columns: readonly Column[];
  readonly folded: readonly Panel[];
}

/** Where a panel is moved to, as it is seen. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** The smallest and the largest share of a column; a screen's first shares lie between. */
const [NARROWEST, WIDEST] = [4, 40];

/** Where a panel stands. */
function placeOf({ columns }: Layout, panel: Panel): readonly [number, number] {
  const column = columns.findIndex(({ panels }) => panels.includes(panel));
  return [column, columns[column]?.panels.indexOf(panel) ?? -1];
}

const withPanels = (layout: Layout, change: (panels: readonly Panel[], column: number) => readonly Panel[]): Layout => ({
  ...layout,
  columns: layout.columns.map((one, i) => ({ ...one, panels: change(one.panels, i) })).filter(({ panels }) => panels.length > 0),
});

/** The panel one place on; the same layout when there is nowhere to go. A column that is left empty goes. */
export function moved(layout: Layout, panel: Panel, to: Direction): Layout {
  const [column, row] = placeOf(layout, panel);
  const panels = layout.columns[column]?.panels ?? [];
  if (to === 'up' || to === 'down') {
    const other = panels[row + (to === 'up' ? -1 : 1)];
    if (other === undefined) return layout;
    return withPanels(layout, (all) => all.map((one) => (one === panel ? other : one === other ? panel : one)));
  }
  const target = column + (to === 'left' ? -1 : 1);
  if (layout.columns[target] === undefined) return layout;
  return withPanels(layout, (all, i) => (i === target ? [...all, panel] : all.filter((one) => one !== panel)));
}

/** Shows only a panel's title, or all of it again. */
export function turned(layout: Layout, panel: Panel): Layout {
  const { folded } = layout;
  return { ...layout, folded: folded.includes(panel) ? folded.filter((one) => one !== panel) : [...folded, panel] };
}

/** A column wider or narrower by so many shares, at the cost of the next one. */
export function widened(layout: Layout, column: number, by: number): Layout {
  const [here, next] = [layout.columns[column], layout.columns[column + 1]];
  if (here === undefined || next === undefined) return layout;
  const most = Math.min(by, WIDEST - here.share, next.share - NARROWEST);
  const step = Math.max(most, NARROWEST - here.share, next.share - WIDEST);
  return {
    ...layout,
    columns: layout.columns.map((one, i) =>
      i === column ? { ...one, share: one.share + step } : i === column + 1 ? { ...one, share: one.share - step } : one,
    ),
  };
}

const isColumn = (value: unknown): value is Column => {
  const { share, panels } = (value ?? {}) as Partial<Column>;
  return typeof share === 'number' && share >= NARROWEST && share <= WIDEST && Array.isArray(panels);
};

/** What was remembered, made to fit the panels that there are: what is gone is left out, what is new stands in the last column. */
export function fitted(kept: unknown, first: readonly Column[]): Layout {
  const wanted = first.flatMap(({ panels }) => panels);
  const { columns, folded } = (typeof kept === 'object' && kept !== null ? kept : {}) as { columns?: unknown; folded?: unknown };
  if (!Array.isArray(columns) || !columns.every(isColumn)) return { columns: first, folded: [] };
  const seen = new Set<Panel>();
  const known = columns
    .map((one) => ({
      share: one.share,
      panels: one.panels.filter((panel) => wanted.includes(panel) && !seen.has(panel) && seen.add(panel)),
    }))
    .filter(({ panels }) => panels.length > 0);
  const last = known.at(-1);
  if (last === undefined) return { columns: first, folded: [] };
  const missing = wanted.filter((panel) => !seen.has(panel));
  return {
    columns: [...known.slice(0, -1), { ...last, panels: [...last.panels, ...missing] }],
    folded: Array.isArray(folded) ? wanted.filter((panel) => folded.includes(panel)) : [],
  };
}

const keyOf = (personId: string, screen: ScreenName) => `parley-layout ${personId} ${screen}`;

/** The arrangement of a person's screen in this browser. */
export function rememberedLayout(at: { readonly personId: string; readonly screen: ScreenName }, first: readonly Column[]): Layout {
  try {
    return fitted(JSON.parse(localStorage.getItem(keyOf(at.personId, at.screen)) ?? 'null'), first);
  } catch {
    return fitted(null, first);
  }
}

/** Keeps it for the next time; null: forgets it. */
export function rememberLayout(
  { personId, screen }: { readonly personId: string; readonly screen: ScreenName },
  layout: Layout | null,
): void {
  try {
    if (layout === null) localStorage.removeItem(keyOf(personId, screen));
    else localStorage.setItem(keyOf(personId, screen), JSON.stringify(layout));
  } catch {
    // Storage is forbidden here: the arrangement lasts as long as the page.
  }
}
