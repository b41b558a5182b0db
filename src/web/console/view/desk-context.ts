// The open incident, handed down to every panel of its screen.
import { createContext, useContext } from 'react';
import type { Member } from '../../../core/incident/people.ts';
import type { Role, Viewer } from '../../../core/incident/topic.ts';
import type { IncidentState } from '../../../core/incident/topics.ts';
import type { Desk } from '../store/desk.ts';
import { type Names, namesIn } from '../store/names.ts';
import { words } from '../words.ts';
import { useCell } from './hooks.ts';

/** Hands the open incident down to the panels. */
export const DeskContext = createContext<Desk | null>(null);

/** The open incident. Only for parts of its screen. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('bug: a panel outside the incident screen');
  return desk;
}

/** What this console knows of the incident. */
export function useIncident(): IncidentState {
  return useCell(useDesk().store.view, (view) => view.state);
}

/** Who sits here, and as what; '' before the greeting. */
export function useMyId(): string {
  return useCell(useDesk().link, (link) => link.you?.personId ?? '');
}

/** The person who sits here, as the log has him. */
export function useMe(): Member | undefined {
  return useIncident().people[useMyId()];
}

const NO_ROLES: readonly Role[] = [];

/** The roles of the person who sits here; none before the log is loaded. */
export function useMyRoles(): readonly Role[] {
  return useMe()?.roles ?? NO_ROLES;
}

/** Who looks at the screen, as the rules of seeing know him. */
export function useViewer(): Viewer {
  return { personId: useMyId(), roles: useMyRoles() };
}

/** Names for ids, as this console's log has them. */
export function useNames(): Names {
  return namesIn(useIncident(), words.lines.unnamed);
}
