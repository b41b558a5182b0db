// Commands of the machine and what came of them. Each is answered within a bounded time; none is sent twice.
import type { Timing } from '../caller/timing.ts';
import type { FromTeam, ToTeam } from '../protocol/team.ts';

/** Null: done. Else why not, in the box's words. */
export type Outcome = string | null;

type Command = Extract<FromTeam, { t: 'command' }>['command'];

export interface Commands {
  ask(command: Command): Promise<Outcome>;
  /** An answer of the box. */
  answered(message: Extract<ToTeam, { t: 'ack' | 'refused' | 'unlogged' }>): void;
}

const ANSWER_MS = 5_000;

/** Makes the sender of commands. `newId`: 128 bits of luck as text. */
export function makeCommands(parts: {
  readonly timing: Timing;
  readonly send: (message: FromTeam) => boolean;
  readonly newId: () => string;
}): Commands {
  const waiting = new Map<string, (outcome: Outcome) => void>();
  return {
    ask: (command) =>
      new Promise((done) => {
        const id = parts.newId();
        const settle = (outcome: Outcome) => {
          if (waiting.delete(id)) done(outcome);
        };
        waiting.set(id, settle);
        if (!parts.send({ t: 'command', id, command })) return settle('there was no connection.');
        parts.timing.after(ANSWER_MS, () => settle('there was no answer.'));
      }),
    answered: (message) => waiting.get(message.id)?.(message.t === 'refused' ? message.refusal.why : null),
  };
}
