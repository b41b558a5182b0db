// Which voices must not be heard by which microphones: pairs of legs for the sound worker to watch. Pure.
import { isOver } from '../incident/incident.ts';
import { legOfPerson } from '../incident/legs.ts';
import { isAside } from '../incident/lines.ts';
import type { IncidentState } from '../incident/topics.ts';

/** A voice that stays inside, and a microphone that a far end may hear. Both are legs. */
export interface Guard {
  readonly secret: string;
  readonly microphone: string;
}

/** Every voice of ear, table, tactical and command against the microphones of the primary and the floor's holder: whether it
 *  sounds in their ear or only near them. None while nobody outside can hear the floor.
 *  @param present legs that have a transport */
export function guardsOf(state: IncidentState, present: ReadonlySet<string>): readonly Guard[] {
  if (state.incident.openedAt === null || isOver(state.incident) || isAside(state.lines)) return [];
  const heard = Object.values(state.people).filter((m) => m.roles.includes('primary') || m.personId === state.floor.holder);
  const secrets = Object.keys(state.voice).map(legOfPerson);
  return secrets
    .filter((secret) => present.has(secret))
    .flatMap((secret) =>
      heard
        .map((m) => ({ secret, microphone: legOfPerson(m.personId) }))
        .filter(({ microphone }) => microphone !== secret && present.has(microphone)),
    );
}
