// Push to talk: a microphone is open while a key is held, and closed by everything else. Asks; the log tells what is so.
import type { Refusal } from '../../../core/incident/topic.ts';
import type { Channel } from '../../../core/incident/voice.ts';
import { type Cell, source } from './cell.ts';
import type { Commands, Sent } from './commands.ts';

export interface TalkView {
  /** The channel whose key is held now. */
  readonly held: Channel | null;
  /** The server answered for the key that is held. */
  readonly isAnswered: boolean;
  readonly refused: { readonly channel: Channel; readonly refusal: Refusal } | null;
}

export interface Talk {
  readonly view: Cell<TalkView>;
  /** Holds the key of a channel. A second one while the first is held does nothing. */
  press(channel: Channel): void;
  /** Lets go, whatever was held. */
  release(): void;
}

/** Makes the talk keys; none is held. */
export function makeTalk(commands: Commands): Talk {
  const view = source<TalkView>({ held: null, isAnswered: false, refused: null });
  let open: Sent | null = null;

  const answered = (mine: Sent, channel: Channel, refusal: Refusal | null) => {
    if (open !== mine) return;
    if (refusal !== null) open = null;
    view.set(
      refusal === null
        ? { held: channel, isAnswered: true, refused: null }
        : { held: null, isAnswered: true, refused: { channel, refusal } },
    );
  };

  return {
    view,
    press: (channel) => {
      if (open !== null) return;
      const mine = commands.ask({ type: 'open-mic', channel });
      open = mine;
      view.set({ held: channel, isAnswered: false, refused: null });
      void mine.answer.then((answer) => answered(mine, channel, typeof answer === 'object' && 'refusal' in answer ? answer.refusal : null));
    },
    release: () => {
      const mine = open;
      if (mine === null) return;
      open = null;
      view.set({ held: null, isAnswered: false, refused: null });
      if (!mine.takeBack()) commands.ask({ type: 'close-mic' });
    },
  };
}
