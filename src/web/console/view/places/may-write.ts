// Who may set and move pins: the team, while the incident is open. No markup.
import { isOver } from '../../../../core/incident/incident.ts';
import { hasRole } from '../../../../core/incident/people.ts';
import { placesTopic } from '../../../../core/incident/places.ts';
import type { IncidentState } from '../../../../core/incident/topics.ts';

/** True when this person may write on places and pins now. */
export function mayWritePlaces({ incident, people }: IncidentState, personId: string): boolean {
  return !isOver(incident) && hasRole(people, personId, ...placesTopic.board.by);
}
