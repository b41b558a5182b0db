// Small bridges from cells and clocks to React. No markup.
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Refusal } from '../../../core/incident/topic.ts';
import type { Cell } from '../store/cell.ts';
import type { Answer, Ask } from '../store/commands.ts';
import type { Desk } from '../store/desk.ts';

/** The cell's value, or what `choose` takes from it; drawn anew only when that changes. `choose` must not build new objects. */
export function useCell<T, V = T>(cell: Cell<T>, choose?: (value: T) => V): V {
  return useSyncExternalStore(cell.subscribe, () => (choose === undefined ? (cell.get() as unknown as V) : choose(cell.get())));
}

/** Draws anew every `everyMs`; returns `read()` of that moment. */
export function useTick<T>(everyMs: number, read: () => T): T {
  const [, turn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => turn((n) => n + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return read();
}

/** The server's wall clock, ms; drawn anew every second. */
export function useServerNow(desk: Desk): number {
  return useTick(1_000, () => Date.now() + desk.link.get().clockOffsetMs);
}

/** A refusal stays in sight this long, in ms. */
const SHOW_MS = 15_000;

/** What a control needs to ask for a command. */
export interface Asking {
  /** Sends it. What comes of it is seen in the log; a refusal stands beside the control. */
  readonly run: (command: Ask, patient?: boolean) => Promise<Answer>;
  readonly isBusy: boolean;
  readonly refusal: Refusal | null;
}

/** One control's commands, with the refusal of the last one. */
export function useAsk(desk: Desk): Asking {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => {
    if (refusal === null) return;
    const timer = setTimeout(() => setRefusal(null), SHOW_MS);
    return () => clearTimeout(timer);
  }, [refusal]);
  const run = async (command: Ask, patient = false) => {
    setBusy(true);
    setRefusal(null);
    const answer = await desk.commands.ask(command, patient).answer;
    setBusy(false);
    if (typeof answer === 'object' && 'refusal' in answer) setRefusal(answer.refusal);
    return answer;
  };
  return { run, isBusy, refusal };
}

/** Writes a stretch of time as a person says it: 5 s, 2:13, 1:02:13. */
export function durationText(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  if (all < 60) return `${all} s`;
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(all / 3600);
  const minutes = Math.floor(all / 60) % 60;
  return hours === 0 ? `${minutes}:${two(all % 60)}` : `${hours}:${two(minutes)}:${two(all % 60)}`;
}

/** A wall clock time of the day, 24 hours, with seconds. */
export function clockText(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour12: false });
}
