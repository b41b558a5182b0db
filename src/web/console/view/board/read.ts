// Whether a row that is addressed to a side waits for this viewer's mark. Shared by boards with receipts; no board lives here.
import { isMeant } from '../../../../core/incident/addressees.ts';
import { marksOf, type Row } from '../../../../core/incident/board.ts';
import type { Actor, Viewer } from '../../../../core/incident/topic.ts';
import type { Fields } from './kind.ts';

/** True when the row is for this viewer, is not his own, and he has not marked it. */
export function isUnread(row: Row<Fields>, { mark, viewer }: { readonly mark: string; readonly viewer: Viewer }): boolean {
  const isHis = (by: Actor) => by.kind === 'person' && by.personId === viewer.personId;
  return isMeant(viewer.roles, String(row.fields['to'])) && !isHis(row.by) && !marksOf(row, mark).some(({ by }) => isHis(by));
}
