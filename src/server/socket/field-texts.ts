// Text at the door of the subject's pages: hands out what is for this device, takes what it wrote. Knows numbers and words, no names.
import { callsOver, isTooLate, sentOn, textChannelOf } from '../../core/incident/texts.ts';
import type { Actor } from '../../core/incident/topic.ts';
import type { IncidentState } from '../../core/incident/topics.ts';
import type { FromField, ToField } from '../../protocol/field.ts';
import type { Room } from '../room.ts';

type FromPage = Extract<FromField, { t: 'text' | 'text-shown' }>;
type DeviceActor = Extract<Actor, { kind: 'device' }>;

/** The texts of one socket. */
export class FieldTexts {
  readonly #send: (message: ToField) => void;
  /** Number of the last text that this socket was given since it was let in. */
  #told = 0;

  constructor(send: (message: ToField) => void) {
    this.#send = send;
  }

  /** Sends what this socket lacks of its call, in order. To be called in a call only, at each change. */
  look(state: IncidentState, { lineId, deviceId }: { readonly lineId: string; readonly deviceId: string }): void {
    const line = state.lines.byId[lineId];
    if (line === undefined) return;
    for (const one of sentOn(state.texts, lineId)) {
      const { n, call, delivery } = one.sent;
      if (n <= this.#told || one.sent.deviceId !== deviceId) continue;
      if (call !== callsOver(line) || delivery === 'failed' || isTooLate(one, state.lines)) continue;
      this.#told = n;
      this.#send({ t: 'text', n, text: one.text });
    }
  }

  /** Out of a call: the next one begins anew. */
  forget(): void {
    this.#told = 0;
  }

  /** Enters what the page says. It is told that a message was taken only when the log has it; refused, it keeps it and tries again. */
  async take(room: Room, who: Actor, message: FromPage): Promise<void> {
    if (who.kind !== 'device') return;
    if (message.t === 'text-shown') {
      await room.submit(who, { type: 'tell-text-shown', lineId: who.lineId, n: message.n });
      return;
    }
    const outcome = await room.submit(who, receives(room.state, who, message));
    // Of nothing but blanks there is nothing to keep, and it would be sent for ever.
    if ('seq' in outcome || message.text.trim() === '') this.#send({ t: 'text-got', id: message.id });
  }
}

function receives(state: IncidentState, { lineId }: DeviceActor, { id, text }: Extract<FromPage, { t: 'text' }>) {
  const channel = textChannelOf(state.lines.byId[lineId]) ?? 'link';
  return { type: 'receive-text', lineId, channel, id, text };
}
