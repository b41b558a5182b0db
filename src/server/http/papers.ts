// A signed position paper as a file: who may have it, the entry that says who read it, and what proves it. Makes no page itself.
import { paperFor } from '../../core/incident/papers.ts';
import { type Person, type Refusal, refuse } from '../../core/incident/topic.ts';
import { type PaperSheet, type Press, PressFault } from '../../ports/press.ts';
import type { Custody } from '../custody.ts';
import type { House } from '../rooms.ts';
import { putOnRecord } from './reading.ts';

/** What came of it: a file, or why not with its HTTP status. */
export type MadePaper =
  | { readonly is: 'made'; readonly number: number; readonly bytes: Uint8Array }
  | { readonly is: 'refused'; readonly status: 404 | 409 | 503; readonly refusal: Refusal };

const NOT_THERE = refuse('T8', 'There is nothing here.', 'Go back to the list of incidents.');
const NO_PRESS = refuse('T52', 'The file could not be made now.', 'The paper stands in Parley; try again in a moment.');
const no = (status: 404 | 409 | 503, refusal: Refusal): MadePaper => ({ is: 'refused', status, refusal });

async function sheetOf(house: House, paper: NonNullable<ReturnType<typeof paperFor>>): Promise<PaperSheet> {
  const { incident } = house.room.state;
  const { number, to, basis, status, assessment, recommendations, signedAt, signedBy, atSeq } = paper;
  const hashAt = async (seq: number) => ({ seq, hash: (await house.lineHash(seq)) ?? '' });
  return {
    ...{ incidentId: house.id, title: incident.title, exercise: incident.exercise },
    ...{ number, to, basis, status, assessment, recommendations, signedAt },
    signer: signedBy.kind === 'person' ? signedBy.name : 'Parley',
    madeAt: await hashAt(atSeq),
    entry: await hashAt(atSeq + 1),
  };
}

/** The file for this person. Reading it is an entry and comes first (D60); what is not for him looks as if it were not there.
 *  @param press null: none can be made. */
export async function makePaper(
  { press, custody }: { readonly press: Press | null; readonly custody: Custody },
  { house, who, number }: { readonly house: House; readonly who: Person; readonly number: string },
): Promise<MadePaper> {
  const { state } = house.room;
  const paper = /^[1-9]\d{0,4}$/.test(number) ? paperFor(state, who.personId, Number(number)) : undefined;
  if (paper === undefined) return no(404, NOT_THERE);
  if (press === null) return no(503, NO_PRESS);
  const refusal = await putOnRecord(custody, { house, who }, { type: 'paper-read', payload: { number: paper.number } });
  if (refusal !== null) return no(409, refusal);
  try {
    return { is: 'made', number: paper.number, bytes: await press.paper(await sheetOf(house, paper)) };
  } catch (cause) {
    if (!(cause instanceof PressFault)) throw cause;
    process.emitWarning(cause.message);
    return no(503, NO_PRESS);
  }
}
