// Who sits at this page, as the server last said it. Follows the server; decides nothing, and imports no React.
import type { MeNow } from '../../../protocol/access.ts';
import { words } from '../words.ts';
import { type Cell, source } from './cell.ts';
import { ask, type HttpAnswer } from './http.ts';

/** Why something was not done, and what to do instead. */
export interface Trouble {
  readonly why: string;
  readonly next: string;
}

export type SeatView =
  | { readonly is: 'asking' }
  | { readonly is: 'in'; readonly me: MeNow }
  | { readonly is: 'out' }
  | ({ readonly is: 'trouble' } & Trouble);

export interface Seat {
  readonly view: Cell<SeatView>;
  /** The server has just told who sits here. */
  sit(me: MeNow): void;
  /** Nobody sits here any more. */
  leave(): void;
  /** Asks the server. Silence never takes a person's seat away: the call on the screen goes on. */
  look(): Promise<void>;
}

/** Why and next for an answer that is no success. */
export function troubleOf(answer: HttpAnswer<unknown>): Trouble | null {
  if (answer.is === 'done') return null;
  return answer.is === 'no-answer' ? words.noAnswer : (answer.refusal ?? words.odd);
}

/** Makes a seat. `askMe`: GET /api/me. */
export function makeSeat(askMe: () => Promise<HttpAnswer<MeNow>>): Seat {
  const view = source<SeatView>({ is: 'asking' });
  // An answer that was asked for before somebody sat down or left tells nothing about now.
  let turn = 0;
  const turnTo = (next: SeatView) => {
    turn += 1;
    view.set(next);
  };
  return {
    view,
    sit: (me) => turnTo({ is: 'in', me }),
    leave: () => turnTo({ is: 'out' }),
    look: async () => {
      const began = turn;
      const answer = await askMe();
      if (began !== turn) return;
      if (answer.is === 'done') turnTo({ is: 'in', me: answer.value });
      else if (answer.is === 'refused' && answer.status === 401) turnTo({ is: 'out' });
      else if (view.get().is !== 'in') turnTo({ is: 'trouble', ...(troubleOf(answer) ?? words.odd) });
    },
  };
}

/** This page's seat. */
export const seat: Seat = makeSeat(() => ask<MeNow>('GET', '/api/me'));

/** Warned this long before the session must prove itself, in ms. */
const WARN_MS = 3_600_000;

/** With what a person can prove who he is. */
export function proofsOf(me: MeNow): readonly ('password' | 'code')[] {
  return [
    ...(me.needs.includes('password') ? [] : ['password' as const]),
    ...(me.needs.includes('second-factor') ? [] : ['code' as const]),
  ];
}

/** Whole minutes until the session is locked whatever is done, in its last hour (1 to 60); else null. `now`: wall clock, ms. */
export function minutesToProof(me: MeNow, now: number): number | null {
  const leftMs = me.proofDueAt - now;
  if (me.standing !== 'full' || leftMs <= 0 || leftMs > WARN_MS) return null;
  return Math.ceil(leftMs / 60_000);
}

/** Lets an act through at most once in `everyMs`. Answers whether it may happen now. */
export function atMostEvery(everyMs: number): (now: number) => boolean {
  let lastAt = Number.NEGATIVE_INFINITY;
  return (now) => {
    if (now - lastAt < everyMs) return false;
    lastAt = now;
    return true;
  };
}
