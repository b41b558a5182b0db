// Topic: what took effect while the log could not be written, entered when it could again. Each entry carries another one, with the
// time and the author it had; `reduce` and `sees` in log.ts look through it.
import { z } from 'zod';
import { actor, command, type Entry, entry, type Topic } from './topic.ts';

/** An entry that was not in the log when it took effect. `id`: made by the box, so that it is entered once. `at`: when it took effect. `what`: its type. */
export const unloggedEntry = z.strictObject({
  id: z.string().regex(/^late-[0-9a-f]{32}$/),
  at: z.number(),
  who: actor,
  what: z.string().max(60),
  payload: z.unknown(),
});
export type UnloggedEntry = z.infer<typeof unloggedEntry>;

/** Name of the entry that carries another. */
export const LATE = 'entered-late';

export const lateTopic = {
  name: 'late' as const,
  initial: 0,
  commands: {
    /** After a crash of the server: what the sound worker kept for it. */
    'enter-late': command({ by: ['parley'], schema: unloggedEntry, decide: (_: unknown, asks) => [{ type: LATE, payload: asks }] }),
  },
  entries: {
    /** Counts; what it carries is reduced by its own topic. */
    [LATE]: entry({ schema: unloggedEntry, outsiders: () => true, reduce: (count: number): number => count + 1 }),
  },
} satisfies Topic;

/** The entry as it would stand in the log at `seq`. */
export function asEntry({ at, who, what, payload }: UnloggedEntry, seq: number): Entry {
  return { seq, at, who, type: what, payload };
}

/** The entry inside, or null when this one carries none. */
export function carried(outer: Entry): Entry | null {
  return outer.type === LATE ? asEntry(outer.payload as UnloggedEntry, outer.seq) : null;
}
