// Which legs bring sound or pictures and ought to have a file, and which of them have none. Pure; knows nothing of how long that may last.
import type { Withheld } from '../../../core/audio/kept.ts';
import { viewerOfLeg } from '../../../core/incident/cameras.ts';
import type { LegSignal } from '../../../protocol/team.ts';

const isThere = ({ state }: LegSignal) => state === 'up' || state === 'amber';

/** Of the legs of this moment: those to be recorded, and those of them that are not. The way on which a console is sent pictures brings
 *  nothing in, so there is nothing of it to record. */
export function recordedNow(
  legs: Readonly<Record<string, LegSignal>>,
  { hushed, unrecorded }: Withheld,
): { readonly wanted: readonly string[]; readonly missing: readonly string[] } {
  const wanted = Object.entries(legs).filter(
    ([leg, signal]) => isThere(signal) && viewerOfLeg(leg) === null && !hushed.includes(leg) && !unrecorded.includes(leg),
  );
  return { wanted: wanted.map(([leg]) => leg), missing: wanted.filter(([, { recording }]) => !recording).map(([leg]) => leg) };
}
