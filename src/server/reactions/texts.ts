// Reaction: a text whose call ended before the far device showed it has failed, and that is entered. It is not shown later, when it would surprise.
import { isTooLate, sentOn } from '../../core/incident/texts.ts';
import type { Room } from '../room.ts';

/** Watches one incident. What a full log refuses is asked again at the next change. */
export function failLateTexts(room: Room): void {
  const asked = new Set<string>();
  room.listen(({ lines, texts, incident }) => {
    if (incident.closedAt !== null) return;
    for (const lineId of Object.keys(lines.byId)) {
      for (const one of sentOn(texts, lineId)) {
        if (!isTooLate(one, lines) || asked.has(one.id)) continue;
        asked.add(one.id);
        const command = { type: 'fail-text', lineId, n: one.sent.n, cause: 'the call ended first' };
        void room.submit({ kind: 'parley' }, command).finally(() => asked.delete(one.id));
      }
    }
  });
}
