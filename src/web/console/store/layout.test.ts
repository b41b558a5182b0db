// Arrangements: nothing gets lost, whatever is pressed and whatever was remembered.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { role } from '../../../core/incident/topic.ts';
import { fitted, type Layout, moved, turned, widened } from './layout.ts';
import { type Panel, SCREEN_NAMES, SCREENS, screenFor } from './screens.ts';

const first = SCREENS.coach.columns;
const start = fitted(null, first);
const panelsOf = (layout: Layout) => layout.columns.flatMap(({ panels }) => panels);
const sharesOf = (layout: Layout) => layout.columns.map(({ share }) => share);

describe('screens of roles', () => {
  it('[V68] there is one for every role, with lines and the place of work on each that has panels', () => {
    expect(role.options.map((one) => screenFor([one]))).not.toContain(undefined);
    for (const name of SCREEN_NAMES) {
      const panels = SCREENS[name].columns.flatMap((column) => column.panels);
      expect(new Set(panels).size, name).toBe(panels.length);
      if (panels.length > 0) expect(panels, name).toEqual(expect.arrayContaining(['lines', 'work']));
    }
    expect(screenFor(['scribe', 'leader'])).toBe('leader');
    expect(screenFor(['commander'])).toBe('command');
    expect(screenFor([])).toBe('desk');
  });
});

describe('an arrangement', () => {
  it('[V69] moves, folds and widens panels', () => {
    expect(moved(start, 'people', 'up').columns[0]?.panels).toEqual(['people', 'lines']);
    expect(moved(start, 'people', 'right').columns[1]?.panels).toEqual(['work', 'people']);
    expect(moved(start, 'work', 'left').columns).toHaveLength(2);
    expect(moved(start, 'lines', 'left')).toBe(start);
    expect(moved(start, 'lines', 'up')).toBe(start);
    expect(turned(turned(start, 'people'), 'people').folded).toEqual([]);
    expect(sharesOf(widened(start, 0, 2))).toEqual([12, 13, 10]);
    expect(sharesOf(widened(start, 0, -100))).toEqual([4, 21, 10]);
    expect(widened(start, 2, 1)).toBe(start);
  });

  it('[V69] keeps every panel once through any history, and is the same after it was remembered', () => {
    const panel = fc.constantFrom<Panel>(...panelsOf(start));
    const act = fc.oneof(
      fc.tuple(panel, fc.constantFrom('left', 'right', 'up', 'down')).map(
        ([one, to]) =>
          (layout: Layout) =>
            moved(layout, one, to as 'left'),
      ),
      panel.map((one) => (layout: Layout) => turned(layout, one)),
      fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -50, max: 50 })).map(
        ([column, by]) =>
          (layout: Layout) =>
            widened(layout, column, by),
      ),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        const layout = acts.reduce((now, one) => one(now), start);
        expect([...panelsOf(layout)].sort()).toEqual([...panelsOf(start)].sort());
        for (const share of sharesOf(layout)) expect(share).toBeGreaterThanOrEqual(4);
        const back = fitted(JSON.parse(JSON.stringify(layout)), first);
        expect(back.columns).toEqual(layout.columns);
        expect([...back.folded].sort()).toEqual([...layout.folded].sort());
      }),
    );
  });

  it('[V69] takes what is new and leaves what is gone, and begins anew on nonsense', () => {
    const old = { columns: [{ share: 9, panels: ['work', 'board:gone', 'work'] }], folded: ['board:gone', 'work'] };
    const now = fitted(old, first);
    expect(now.columns).toEqual([{ share: 9, panels: ['work', ...panelsOf(start).filter((one) => one !== 'work')] }]);
    expect(now.folded).toEqual(['work']);
    for (const nonsense of [
      null,
      7,
      'x',
      {},
      { columns: [] },
      { columns: [{ share: 'wide', panels: [] }] },
      { columns: [{ share: 1e9, panels: ['work'] }] },
    ])
      expect(fitted(nonsense, first)).toEqual(start);
  });
});
