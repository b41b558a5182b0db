// The one way through for every topic: decide a command, reduce an entry, tell who sees it. Pure; no topic is named here.

import type { z } from 'zod';
import { isOver } from './incident.ts';
import { carried } from './late.ts';
import type { Actor, Asked, Asker, CommandSpec, Decision, Due, Entry, EntrySpec, Role, Stub, Topic, Viewer } from './topic.ts';
import { isOutsider, refuse } from './topic.ts';
import { type Command, type IncidentState, TOPICS } from './topics.ts';

type AnyCommand = CommandSpec<unknown, z.ZodType>;
type AnyEntry = { topic: string; spec: EntrySpec<unknown, z.ZodType> };

const topics: readonly Topic[] = TOPICS;
const commands = new Map(
  topics.flatMap((t) => Object.entries(t.commands).map(([type, spec]) => [type, spec as unknown as AnyCommand] as const)),
);
const entries = new Map(
  topics.flatMap((t) => Object.entries(t.entries).map(([type, spec]) => [type, { topic: t.name, spec } as unknown as AnyEntry] as const)),
);

/** The state before the first entry. */
export const EMPTY = { ...Object.fromEntries(topics.map((t) => [t.name, t.initial])), seq: 0 } as unknown as IncidentState;

/** Names of all commands and entries, for tests that walk them. */
export const COMMAND_TYPES: readonly string[] = [...commands.keys()];
export const ENTRY_TYPES: readonly string[] = [...entries.keys()];

function rolesOfActor(state: IncidentState, who: Actor): readonly Role[] {
  return who.kind === 'person' ? (state.people[who.personId]?.roles ?? []) : [];
}

function mayAsk(by: readonly Asker[], roles: readonly Role[], who: Actor): boolean {
  if (who.kind !== 'person') return by.includes(who.kind);
  return by.includes('person') || (by.includes('member') && roles.length > 0) || roles.some((r) => by.includes(r));
}

/** Decides a command: the drafts to append (none when nothing changes), or a refusal. Never throws on bad input.
 *  @param raw the command as it came: an object with `type` and the topic's fields; unknown fields are refused. */
export function decide(state: IncidentState, raw: unknown, asked: Asked): Decision {
  const { type, ...fields } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const spec = typeof type === 'string' ? commands.get(type) : undefined;
  if (spec === undefined) return refuse('P1', 'Parley does not know this command.', 'Reload the page: it may be of another version.');
  if (!mayAsk(spec.by, rolesOfActor(state, asked.who), asked.who)) return refuse('T5', 'Your role does not allow this.', 'Ask the leader.');
  const parsed = spec.schema.safeParse(fields);
  if (!parsed.success)
    return refuse(
      'P2',
      `The command is not well formed: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`.slice(
        0,
        300,
      ),
      'Correct it and send it again.',
    );
  if (state.incident.closedAt !== null) return refuse('X2', 'The incident is closed.', 'Nothing is added to a closed incident.');
  if (state.incident.closing !== null && asked.who.kind !== 'parley')
    return refuse('X2', 'The incident is being closed.', 'Nothing is added any more; Parley finishes the recordings.');
  if (state.incident.openedAt === null && type !== 'open-incident') return refuse('E1', 'The incident is not open.', 'Open it first.');
  return spec.decide(state, parsed.data, asked);
}

/** The state after one entry. Total: a stub or an entry of a later version moves only `seq`. */
export function reduce(state: IncidentState, entry: Entry | Stub): IncidentState {
  if (!('type' in entry)) return { ...state, seq: entry.seq };
  const known = entries.get(entry.type);
  if (known === undefined) return { ...state, seq: entry.seq };
  const slice = known.spec.reduce((state as unknown as Record<string, unknown>)[known.topic], entry.payload, {
    at: entry.at,
    who: entry.who,
  });
  const after = { ...state, [known.topic]: slice, seq: entry.seq };
  const inner = carried(entry);
  return inner === null ? after : reduce(after, inner);
}

/** True for a command that may take effect while the log cannot be written, to be entered later (E20). A leg may only come back. */
export function mayGoUnlogged(state: IncidentState, raw: unknown): boolean {
  const { type, leg } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  if (typeof type !== 'string' || commands.get(type)?.unlogged !== true) return false;
  return type !== 'report-leg' || (typeof leg === 'string' && Object.hasOwn(state.legs, leg));
}

/** Whether this viewer may have this entry now. Default deny: who has no role sees nothing (V1). */
export function sees(viewer: Viewer, entry: Entry): boolean {
  if (viewer.roles.length === 0) return false;
  const known = entries.get(entry.type);
  if (known === undefined) return false;
  const inner = carried(entry);
  if (inner !== null) return sees(viewer, inner);
  if (isOutsider(viewer.roles)) return known.spec.outsiders?.(viewer, entry.payload) ?? false;
  return known.spec.sees === undefined || known.spec.sees(viewer, entry.payload);
}

/** What the box has to ask by itself in this state, and when; in no order. */
export function dues(state: IncidentState): readonly Due[] {
  if (state.incident.openedAt === null || isOver(state.incident)) return [];
  return topics.flatMap((t) => t.dues?.((state as unknown as Record<string, unknown>)[t.name] as never) ?? []);
}

/** Checks that a payload is what its entry type says. Used before appending: a bug here must not reach the record. */
export function isWellFormed(type: string, payload: unknown): boolean {
  if (!(entries.get(type)?.spec.schema.safeParse(payload).success ?? false)) return false;
  const inner = carried({ seq: 0, at: 0, who: { kind: 'parley' }, type, payload });
  return inner === null || (inner.type !== type && isWellFormed(inner.type, inner.payload));
}

export type { Command, IncidentState };
