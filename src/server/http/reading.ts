// Reading what an incident holds is a fact that comes first: an entry of its log while it goes on, of its custody stream afterwards.
import type { CustodyDraft } from '../../core/evidence/custody.ts';
import { isOver } from '../../core/incident/incident.ts';
import { type Person, type Refusal, refuse } from '../../core/incident/topic.ts';
import type { Custody } from '../custody.ts';
import type { House } from '../rooms.ts';

/** A reading as the custody stream has it. */
export type Reading = Exclude<CustodyDraft, { type: 'debrief-noted' }>;

/** The command that enters it while the incident goes on; its fields are the payload. */
const COMMAND_OF: Readonly<Record<Reading['type'], string>> = {
  'recording-read': 'read-recording',
  'paper-read': 'read-paper',
  'upload-read': 'read-upload',
};

/** Nothing is done that cannot be put on record. */
export const NOT_ON_RECORD = refuse(
  'E9',
  'It cannot be put on record now, so it was not done.',
  'Free space on the disk or look at the health page; then try again.',
);

/** Puts a reading on record.
 *  @returns null when it is; otherwise why nothing may be read */
export async function putOnRecord(
  custody: Custody,
  { house, who }: { readonly house: House; readonly who: Person },
  reading: Reading,
): Promise<Refusal | null> {
  if (isOver(house.room.state.incident)) return (await custody.add(house.id, who, reading)) ? null : NOT_ON_RECORD;
  const outcome = await house.room.submit(who, { type: COMMAND_OF[reading.type], ...reading.payload });
  return 'rule' in outcome ? outcome : null;
}
