// The shape of a topic: what one noun of an incident accepts, records, remembers and shows. No topic lives here.
import { z } from 'zod';

/** Ids are made outside and passed in: lower case letters, digits, `_` and `-`, 4 to 40 characters. They are keys of plain objects, so
 *  what every object has by itself, as `constructor`, is no id. */
export const idOf = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{3,39}$/)
  .refine((id) => !(id in Object.prototype), 'Not an id');

/** The parts a person can have in one incident. A person may have several. */
export const role = z.enum([
  'primary',
  'coach',
  'leader',
  'interpreter',
  'third-party',
  'scribe',
  'intelligence',
  'technical',
  'consultant',
  'tactical-liaison',
  'tactical',
  'commander',
  'trainer',
]);
export type Role = z.infer<typeof role>;

/** True for who has no role but that of a third party: no one of the team, whatever he is told is told to an outsider. */
export function isOutsider(roles: readonly Role[]): boolean {
  return roles.length > 0 && roles.every((r) => r === 'third-party');
}

/** Who did it. `device`: the subject's side. `parley`: the box itself, telling what it saw. */
export const actor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), personId: idOf, name: z.string().max(200) }),
  z.strictObject({ kind: z.literal('device'), lineId: idOf, deviceId: z.string().max(80) }),
  z.strictObject({ kind: z.literal('parley') }),
]);
export type Actor = z.infer<typeof actor>;
/** The actor that is a person of the team. */
export type Person = Extract<Actor, { kind: 'person' }>;

/** One fact in an incident's log. `at`: wall clock in ms. */
export interface Entry {
  readonly seq: number;
  readonly at: number;
  readonly who: Actor;
  readonly type: string;
  readonly payload: unknown;
}

/** What a viewer gets in place of an entry that is hidden from him. */
export interface Stub {
  readonly seq: number;
  readonly leafHash: string;
}

/** A fact decided and not yet in the log. */
export interface Draft {
  readonly type: string;
  readonly payload: unknown;
}

/** A "no" that is a value: the rule that says so, why in plain words, and what to do instead. */
export interface Refusal {
  readonly rule: string;
  readonly why: string;
  readonly next: string;
}

/** What a command comes to: drafts to append (none when nothing changes), or a refusal. */
export type Decision = readonly Draft[] | Refusal;

/** Tells a refusal from drafts. */
export function isRefusal(decision: Decision): decision is Refusal {
  return 'rule' in decision;
}

/** Makes a refusal. */
export function refuse(rule: string, why: string, next: string): Refusal {
  return { rule, why, next };
}

/** What a decision may know beside the state: the time and who asks. */
export interface Asked {
  readonly at: number;
  readonly who: Actor;
}

/** Who may ask. `member`: any person with a role here. `person`: any signed-in person. */
export type Asker = Role | 'member' | 'person' | 'device' | 'parley';

export interface CommandSpec<State, Schema extends z.ZodType> {
  readonly by: readonly Asker[];
  readonly schema: Schema;
  readonly decide: (state: State, command: z.output<Schema>, asked: Asked) => Decision;
  /** May take effect while the log cannot be written, and is entered later: what closes, a take-over, the same leg coming back (E20). */
  readonly unlogged?: boolean;
}

/** A viewer: a person and the roles he has now. */
export interface Viewer {
  readonly personId: string;
  readonly roles: readonly Role[];
}

export interface EntrySpec<Slice, Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly reduce: (slice: Slice, payload: z.output<Schema>, head: Asked) => Slice;
  /** Left out: everybody of the team sees it. */
  readonly sees?: (viewer: Viewer, payload: z.output<Schema>) => boolean;
  /** Whether a third party may have it. Left out: never (V30). */
  readonly outsiders?: (viewer: Viewer, payload: z.output<Schema>) => boolean;
}

/** A command that the box gives by itself when its time has come. `at`: wall clock in ms. */
export interface Due {
  readonly at: number;
  readonly command: { readonly type: string; readonly [field: string]: unknown };
}

/** Binds a command's payload type to its schema. */
export function command<State, Schema extends z.ZodType>(spec: CommandSpec<State, Schema>): CommandSpec<State, Schema> {
  return spec;
}

/** Binds an entry's payload type to its schema. */
export function entry<Slice, Schema extends z.ZodType>(spec: EntrySpec<Slice, Schema>): EntrySpec<Slice, Schema> {
  return spec;
}

/** What every topic has. `never` stands for the types that only the topic itself knows. */
export interface Topic {
  readonly name: string;
  readonly initial: unknown;
  readonly commands: Readonly<
    Record<
      string,
      { by: readonly Asker[]; schema: z.ZodType; decide: (state: never, command: never, asked: Asked) => Decision; unlogged?: boolean }
    >
  >;
  readonly entries: Readonly<
    Record<
      string,
      {
        schema: z.ZodType;
        reduce: (slice: never, payload: never, head: Asked) => unknown;
        sees?: (viewer: Viewer, payload: never) => boolean;
        outsiders?: (viewer: Viewer, payload: never) => boolean;
      }
    >
  >;
  /** What time alone brings about: given by the box when it is due, decided like any command. */
  readonly dues?: (slice: never) => readonly Due[];
}
