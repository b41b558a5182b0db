// What must not be forgotten at the close: promises that outlive the incident, orders still due, phones still inside. Pure; decides nothing.
import { z } from 'zod';
import { type Authorities, needsOrder } from './authorities.ts';
import type { Row, Rows } from './board.ts';
import type { Lines } from './lines.ts';

/** How an incident can end, most wished for first. */
export const HOW = ['came-out', 'released', 'disengaged', 'tactical', 'escaped', 'died', 'other'] as const;
/** One of these. */
export const how = z.enum(HOW);
export type How = z.infer<typeof how>;

/** The slices that loose ends are read from. */
export type EndsState = {
  readonly promises: Rows<{ readonly what: string; readonly to: string }>;
  readonly authority: Authorities;
  readonly lines: Lines;
};

/** Promises that nobody has kept, broken or taken back: they bind whoever has the person now (doctrine 3.1). */
export function openPromises({ promises }: Pick<EndsState, 'promises'>): readonly Row<{ readonly what: string; readonly to: string }>[] {
  return Object.values(promises).filter((row) => !row.withdrawn && row.state === 'open');
}

/** Authorities whose order has not come. After the close no clock of theirs is shown. */
export function ordersDue({ authority }: Pick<EndsState, 'authority'>): Authorities {
  return authority.filter((one) => one.order === null && needsOrder(one));
}

/** Labels of the field phones that were handed out. */
export function phonesOut({ lines }: Pick<EndsState, 'lines'>): readonly { readonly lineId: string; readonly label: string }[] {
  return Object.values(lines.byId)
    .filter((line) => line.kind === 'field' && line.admitted !== null)
    .map(({ id, label }) => ({ lineId: id, label }));
}
