// Which screen this person looks at and how it is arranged; both remembered by this browser for the person.
import { useState, useSyncExternalStore } from 'react';
import { source } from '../store/cell.ts';
import { type Layout, rememberedLayout, rememberLayout } from '../store/layout.ts';
import { SCREENS, type ScreenName, screenFor } from '../store/screens.ts';
import { useMyId, useMyRoles } from './desk-context.ts';
import { useCell } from './hooks.ts';

/** The screen that was chosen by hand; null: by role. Lasts as long as the page, so that a change of role changes the screen next time. */
export const chosenScreen = source<ScreenName | null>(null);
/** True while panels are moved. */
export const arranging = source(false);
/** Counts how often everything was put back. */
const resets = source(0);

/** A window as narrow as a phone's; the same width as in css/queue.css. */
const PHONE = '(max-width: 560px)';

function watchWidth(changed: () => void): () => void {
  const query = matchMedia(PHONE);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** The screen in use. */
export function useScreen(): ScreenName {
  const roles = useMyRoles();
  const isPhone = useSyncExternalStore(watchWidth, () => matchMedia(PHONE).matches);
  const byRole = screenFor(roles);
  return useCell(chosenScreen) ?? (isPhone && byRole !== 'command' ? 'phone' : byRole);
}

/** The arrangement of the screen in use, and how to change it. */
export function useLayout(screen: ScreenName): readonly [Layout, (layout: Layout) => void] {
  const personId = useMyId();
  const count = useCell(resets);
  const at = `${personId} ${screen} ${count}`;
  const [kept, keep] = useState({ at, layout: rememberedLayout({ personId, screen }, SCREENS[screen].columns) });
  // Another person, role or a reset: what was remembered for it stands at once, without a picture of the old one.
  const now = kept.at === at ? kept.layout : rememberedLayout({ personId, screen }, SCREENS[screen].columns);
  const change = (layout: Layout) => {
    keep({ at, layout });
    rememberLayout({ personId, screen }, layout);
  };
  return [now, change];
}

/** Puts the arrangement of a screen back to what it was at first. */
export function resetLayout(personId: string, screen: ScreenName): void {
  rememberLayout({ personId, screen }, null);
  resets.set(resets.get() + 1);
}
