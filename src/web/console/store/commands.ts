// Commands on their way: each has an id, is sent again under the same id after a gap, and ends with an answer. Changes no state.

import { type Refusal, refuse } from '../../../core/incident/topic.ts';
import type { Command } from '../../../core/incident/topics.ts';
import type { FromTeam } from '../../../protocol/team.ts';
import type { Timing } from '../../line/timing.ts';

/** A command as it is asked for here. A topic's command without fields has no field beside its type. */
export type Ask = Command extends infer C
  ? C extends { readonly type: infer T }
    ? string extends keyof C
      ? { readonly type: T }
      : C
    : never
  : never;

/** Done and in the log; or done and not in the log yet; or why not. `taken-back`: it was never sent. */
export type Answer = { readonly seq: number } | { readonly refusal: Refusal } | 'unlogged' | 'taken-back';

export interface Sent {
  readonly answer: Promise<Answer>;
  /** Withdraws it if it was never sent; false when it may have arrived. */
  takeBack(): boolean;
}

export interface CommandsParts {
  readonly timing: Timing;
  /** False: there is no way now. */
  readonly send: (message: FromTeam) => boolean;
  readonly newId: () => string;
}

export interface Commands {
  /** `patient`: wait for an answer however long it takes (words that must not be lost). Else it is given up after ANSWER_MS:
   *  an act that comes late surprises. */
  ask(command: Ask, patient?: boolean): Sent;
  /** The way is open (again): everything unanswered is sent, oldest first. */
  wayIsOpen(): void;
  wayIsShut(): void;
  acknowledged(id: string, seq: number): void;
  /** It took effect while the log could not be written. */
  tookEffect(id: string): void;
  refused(id: string, refusal: Refusal): void;
  /** How many wait for an answer. */
  waiting(): number;
}

/** An act without an answer for this long is given up, in ms. */
export const ANSWER_MS = 6_000;

interface Waiting {
  readonly command: Ask;
  readonly settle: (answer: Answer) => void;
  wasSent: boolean;
}

/** 128 bits of luck, base64url. */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function gaveUp(wasSent: boolean): Refusal {
  return wasSent
    ? refuse('P6', 'No answer came. It may have been done or not.', 'Look at the log, and press again if it was not.')
    : refuse('P6', 'There is no connection. Nothing was done.', 'Press again when the connection is back.');
}

/** Makes the commands of one console; none is on its way yet. */
export function makeCommands({ timing, send, newId }: CommandsParts): Commands {
  const waiting = new Map<string, Waiting>();
  let isOpen = false;

  const settle = (id: string, answer: Answer) => {
    const one = waiting.get(id);
    waiting.delete(id);
    one?.settle(answer);
  };

  const sendOne = (id: string, one: Waiting) => {
    if (isOpen && send({ t: 'command', id, command: one.command })) one.wasSent = true;
  };

  return {
    ask: (command, patient = false) => {
      const id = newId();
      let stopTimer: () => void = () => {};
      const answer = new Promise<Answer>((resolve) => {
        const one: Waiting = {
          command,
          wasSent: false,
          settle: (value) => {
            stopTimer();
            resolve(value);
          },
        };
        waiting.set(id, one);
        sendOne(id, one);
        if (!patient) stopTimer = timing.after(ANSWER_MS, () => settle(id, { refusal: gaveUp(one.wasSent) }));
      });
      return {
        answer,
        takeBack: () => {
          if (waiting.get(id)?.wasSent !== false) return false;
          settle(id, 'taken-back');
          return true;
        },
      };
    },
    wayIsOpen: () => {
      isOpen = true;
      for (const [id, one] of [...waiting]) sendOne(id, one);
    },
    wayIsShut: () => {
      isOpen = false;
    },
    acknowledged: (id, seq) => settle(id, { seq }),
    tookEffect: (id) => settle(id, 'unlogged'),
    refused: (id, refusal) => settle(id, { refusal }),
    waiting: () => waiting.size,
  };
}
