// At whose console a caller rings, and whether it may be heard there. Pure.
import type { Output } from '../../../core/incident/gear.ts';
import type { People } from '../../../core/incident/people.ts';
import { isOutsider } from '../../../core/incident/topic.ts';

const MAY_LET_IN: readonly string[] = ['primary', 'coach', 'leader'];

/** Who may let in is rung for. Where fewer than two of them are there it rings at everybody of the team: two people hear it (N122).
 *  @param present ids of the people whose consoles are connected. */
export function isRungAt(people: People, me: string, present: readonly string[]): boolean {
  const mayLetIn = (id: string) => people[id]?.roles.some((role) => MAY_LET_IN.includes(role)) ?? false;
  const there = new Set([...present, me]);
  const few = [...there].filter(mayLetIn).length < 2;
  const roles = people[me]?.roles ?? [];
  return mayLetIn(me) || (few && roles.length > 0 && !isOutsider(roles));
}

/** A ring on a loudspeaker would go into a line that is live: then only who is known to wear something hears it (V74). */
export function maySound(isLive: boolean, output: Output | undefined): boolean {
  return !isLive || output === 'headset' || output === 'handset';
}
