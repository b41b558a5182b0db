// The loudhailer's key: open while it is held, said again and again, closed by everything else. Asks; the log tells what is so.
import type { Refusal } from '../../../core/incident/topic.ts';
import type { FromTeam } from '../../../protocol/team.ts';
import { every, type Timing } from '../../line/timing.ts';
import { type Cell, source } from './cell.ts';
import type { Commands, Sent } from './commands.ts';

export interface LoudhailerView {
  /** The line whose key is held now. */
  readonly held: string | null;
  readonly refused: { readonly lineId: string; readonly refusal: Refusal } | null;
}

export interface Loudhailer {
  readonly view: Cell<LoudhailerView>;
  press(lineId: string): void;
  /** Lets go, whatever was held. */
  release(): void;
}

export interface LoudhailerParts {
  readonly commands: Commands;
  readonly send: (message: FromTeam) => boolean;
  readonly timing: Timing;
}

/** The server closes a loudhailer that it hears nothing of for a second; this is said three times meanwhile, ms. */
const SAY_EVERY_MS = 300;

/** Makes the key of the loudhailer; it is not held. */
export function makeLoudhailer({ commands, send, timing }: LoudhailerParts): Loudhailer {
  const view = source<LoudhailerView>({ held: null, refused: null });
  let open: { readonly sent: Sent; readonly lineId: string } | null = null;
  let stopSaying: () => void = () => {};

  const shut = (refused: LoudhailerView['refused']) => {
    open = null;
    stopSaying();
    view.set({ held: null, refused });
  };

  return {
    view,
    press: (lineId) => {
      if (open !== null) return;
      const mine = { sent: commands.ask({ type: 'open-loudhailer', lineId }), lineId };
      open = mine;
      view.set({ held: lineId, refused: null });
      stopSaying = every(timing, SAY_EVERY_MS, () => send({ t: 'holding', lineId }));
      void mine.sent.answer.then((answer) => {
        if (open === mine && typeof answer === 'object' && 'refusal' in answer) shut({ lineId, refusal: answer.refusal });
      });
    },
    release: () => {
      const mine = open;
      if (mine === null) return;
      shut(null);
      if (!mine.sent.takeBack()) commands.ask({ type: 'close-loudhailer', lineId: mine.lineId });
    },
  };
}
