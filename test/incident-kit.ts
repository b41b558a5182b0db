// An incident in memory for tests of topics: who asks what, one after the other, at which time. No store, no server.
import { decide, EMPTY, reduce } from '../src/core/incident/log.ts';
import { type Actor, type Decision, type Draft, isRefusal, type Role } from '../src/core/incident/topic.ts';
import type { IncidentState } from '../src/core/incident/topics.ts';

/** The box itself. */
export const box: Actor = { kind: 'parley' };

/** A person, called as his id. */
export function person(personId: string): Actor {
  return { kind: 'person', personId, name: personId };
}

/** The incident while it is played. */
export class Play {
  state: IncidentState = EMPTY;
  /** Everything that was entered, in order. */
  readonly drafts: Draft[] = [];

  /** Anna leads and is primary; the others come with one role each. */
  constructor(others: Readonly<Record<string, Role>> = {}) {
    this.ask(person('anna'), { type: 'open-incident', incidentId: 'incident1', title: 'x', exercise: false });
    for (const [personId, role] of Object.entries(others))
      this.ask(person('anna'), { type: 'assign-role', personId, name: personId, role });
  }

  /** What a command would come to; nothing happens. */
  asked(who: Actor, raw: Record<string, unknown>, at = 1_000): Decision {
    return decide(this.state, raw, { at, who });
  }

  /** Does it. @throws Error when it is refused. */
  ask(who: Actor, raw: Record<string, unknown>, at = 1_000): void {
    const decision = this.asked(who, raw, at);
    if (isRefusal(decision)) throw new Error(`${JSON.stringify(raw)}: ${decision.rule} ${decision.why}`);
    for (const draft of decision) {
      this.drafts.push(draft);
      this.state = reduce(this.state, { seq: this.state.seq + 1, at, who, ...draft });
    }
  }

  /** Puts a row on a board with these fields. */
  add(who: Actor, noun: string, fields: Readonly<Record<string, unknown>>, at = 1_000): void {
    this.ask(who, { type: `add-${noun}`, rowId: 'row-1', fields, source: '', confidence: 'likely' }, at);
  }
}
