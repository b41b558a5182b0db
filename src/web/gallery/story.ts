// Invented incidents, told by commands: what the core makes of them is a log like any other. No view, no server.
import { decide, EMPTY, reduce } from '../../core/incident/log.ts';
import { type Actor, type Entry, isRefusal, type Role } from '../../core/incident/topic.ts';
import type { IncidentState } from '../../core/incident/topics.ts';

/** The box itself. */
export const PARLEY: Actor = { kind: 'parley' };
/** Who sits at the console of the gallery. */
export const ANNA = 'anna';

const MINUTE_MS = 60_000;
const NAMES: Readonly<Record<string, string>> = {
  anna: 'Anna Berger',
  ben1: 'Ben Okafor',
  carla: 'Carla Núñez-Østergaard',
  dai1: 'Dai',
  'machine-1': 'Machine coach',
};

/** A person, called by the name of his id. */
export const person = (personId: string): Actor => ({ kind: 'person', personId, name: NAMES[personId] ?? personId });

type Told = { readonly type: string; readonly [field: string]: unknown };

/** An incident while it is told. Each command comes two seconds after the last one; the first was half an hour ago. */
export class Story {
  state: IncidentState = EMPTY;
  readonly entries: Entry[] = [];
  readonly #startMs = Date.now() - 30 * MINUTE_MS;

  constructor(title = 'Flat 4, Harbour Street', exercise = false) {
    this.tell(person(ANNA), { type: 'open-incident', incidentId: 'incident1', title, exercise });
  }

  /** Says a command. @throws Error when the core refuses it: a story tells only what can happen. */
  tell(who: Actor, command: Told): this {
    const at = this.#startMs + (this.entries.length + 1) * 2_000;
    const decision = decide(this.state, command, { at, who });
    if (isRefusal(decision)) throw new Error(`${command.type}: ${decision.rule} ${decision.why}`);
    for (const draft of decision) {
      const entry = { seq: this.state.seq + 1, at, who, ...draft };
      this.state = reduce(this.state, entry);
      this.entries.push(entry);
    }
    return this;
  }

  /** Anna, who leads, says it. */
  anna(command: Told): this {
    return this.tell(person(ANNA), command);
  }

  parley(command: Told): this {
    return this.tell(PARLEY, command);
  }

  gives(personId: string, role: Role): this {
    return this.anna({ type: 'assign-role', personId, name: NAMES[personId] ?? personId, role });
  }

  takes(personId: string, role: Role): this {
    return this.anna({ type: 'drop-role', personId, role });
  }

  /** A new line, not opened yet. */
  line(lineId: string, label: string, kind: 'link' | 'field' = 'link', reach = 'anywhere'): this {
    const expiresAt = Date.now() + 30 * MINUTE_MS;
    return this.tell(person(ANNA), { type: 'issue-link', lineId, kind, label, tokenHash: 'a'.repeat(64), reach, expiresAt });
  }

  knock(lineId: string, deviceId = `device-${lineId}`): this {
    const describes = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
    return this.tell({ kind: 'device', lineId, deviceId }, { type: 'knock', lineId, deviceId, describes, language: 'en' });
  }

  admit(lineId: string, deviceId = `device-${lineId}`): this {
    return this.anna({ type: 'admit-device', lineId, deviceId });
  }

  /** Sound of a leg comes or goes. */
  leg(leg: string, state: 'up' | 'lost' | 'ended'): this {
    return this.parley({ type: 'report-leg', leg, state, cause: state === 'up' ? 'sound' : 'no packets for 2 s' });
  }

  live(lineId: string, label: string): this {
    return this.line(lineId, label).knock(lineId).admit(lineId).leg(`line.${lineId}`, 'up');
  }

  row(noun: string, rowId: string, fields: Readonly<Record<string, unknown>>): this {
    return this.anna({ type: `add-${noun}`, rowId, fields, source: 'on the line', confidence: 'likely' });
  }

  note(text: string, who = ANNA): this {
    return this.tell(person(who), { type: 'write-note', text });
  }
}
