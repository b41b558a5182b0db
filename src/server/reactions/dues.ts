// Reaction: what time alone brings about. Waits for the next due command of the state and gives it as the box. Decides nothing.
import { dues } from '../../core/incident/log.ts';
import type { IncidentState } from '../../core/incident/topics.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Room } from '../room.ts';

/** Longest single wait, in ms: a clock that was set meanwhile is noticed after it. */
const LONGEST_WAIT_MS = 10_000;
/** A due command that changed nothing is given again after this long, in ms. */
const AGAIN_MS = 1_000;

/** The clock of one incident. */
export class Dues {
  readonly #room: Room;
  readonly #clock: Clock;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(room: Room, clock: Clock) {
    this.#room = room;
    this.#clock = clock;
    room.listen((state) => this.#wait(state, 0));
    this.#wait(room.state, 0);
  }

  /** Nothing is given any more. */
  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #wait(state: IncidentState, atLeastMs: number): void {
    clearTimeout(this.#timer);
    const next = Math.min(...dues(state).map((due) => due.at));
    if (this.#isOver || next === Number.POSITIVE_INFINITY) return;
    const inMs = Math.min(Math.max(next - this.#clock.now().at, atLeastMs), LONGEST_WAIT_MS);
    this.#timer = setTimeout(() => void this.#give(), inMs);
    this.#timer.unref();
  }

  async #give(): Promise<void> {
    const { at } = this.#clock.now();
    for (const due of dues(this.#room.state)) if (due.at <= at) await this.#room.submit({ kind: 'parley' }, due.command);
    this.#wait(this.#room.state, AGAIN_MS);
  }
}
