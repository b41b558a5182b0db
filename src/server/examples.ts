// Example incidents: files of commands with their times, played through a room of their own and closed. Exercises for ever. Appends nothing by
// itself; knows no place in the house where they lie but the folder it is given.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Actor, idOf, type Person, role } from '../core/incident/topic.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { StreamLog } from './log.ts';
import { Room } from './room.ts';

const time = z.string().regex(/^\d{1,2}:[0-5]\d:[0-5]\d$/);
const head = z.strictObject({
  example: z.string().regex(/^[a-z][a-z-]{2,20}$/),
  title: z.string().min(1).max(200),
  startsAt: z.iso.datetime(),
  people: z.record(z.string(), z.strictObject({ name: z.string().min(1).max(80), role })),
});
const step = z.strictObject({ at: time, by: z.string().max(120), command: z.looseObject({ type: z.string() }) });
type Step = z.infer<typeof step>;

/** An example as its file has it. `people` by the short names that the file calls them by. */
export interface Example extends z.infer<typeof head> {
  readonly steps: readonly Step[];
}

/** Fields that hold a person, and may hold the short name of one. */
const PERSON_FIELDS = new Set(['personId', 'assignee', 'madeBy']);
/** Fields that hold a moment, and may hold one as it is counted from the start. */
const TIME_FIELD = /At$|^from$|^until$/;

/** What an example's incident is called in the store. */
export const exampleId = (name: string): string => `i-example-${name}`;

const personId = (short: string) => idOf.parse(`p-example-${short}`.slice(0, 40));

function msOf(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

/** Reads an example. @throws Error that names the line which is not one */
export function readExample(text: string): Example {
  const [first, ...rest] = text.split('\n').filter((line) => line.trim() !== '');
  const parsed = (line: string | undefined, number: number): unknown => {
    try {
      return JSON.parse(line ?? '');
    } catch (cause) {
      throw new Error(`line ${number} is no JSON`, { cause });
    }
  };
  return { ...head.parse(parsed(first, 1)), steps: rest.map((line, i) => step.parse(parsed(line, i + 2))) };
}

/** One command as it is asked: who, when (wall clock, ms), what. */
export interface Asked {
  readonly who: Actor;
  readonly at: number;
  readonly raw: Readonly<Record<string, unknown>>;
}

function actorOf({ people }: Example, by: string): Actor {
  const [kind = '', lineId = '', deviceId = ''] = by.split(':');
  if (by === 'parley') return { kind: 'parley' };
  if (kind === 'device') return { kind: 'device', lineId, deviceId };
  const known = people[by];
  if (known === undefined) throw new Error(`nobody is called "${by}"`);
  return { kind: 'person', personId: personId(by), name: known.name };
}

/** Everything that is asked, in order: the opening, the roles, every step. `viewer`: who is to see it, as trainer. */
export function askedIn(example: Example, viewer: Person | null): readonly Asked[] {
  const startMs = Date.parse(example.startsAt);
  const resolve = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string' && PERSON_FIELDS.has(key) && example.people[value] !== undefined) return personId(value);
    if (typeof value === 'string' && key === 'leg' && example.people[value.replace('person.', '')] !== undefined)
      return `person.${personId(value.replace('person.', ''))}`;
    if (typeof value === 'string' && TIME_FIELD.test(key) && time.safeParse(value).success) return startMs + msOf(value);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(inner, name)]));
  };
  const leader = actorOf(example, 'leader');
  const others = Object.entries(example.people).filter(([short]) => short !== 'leader');
  const roles = [
    ...others.map(([short, one]) => ({ personId: personId(short), name: one.name, role: one.role })),
    ...(viewer === null ? [] : [{ personId: viewer.personId, name: viewer.name, role: 'trainer' as const }]),
  ];
  const opening = { type: 'open-incident', incidentId: exampleId(example.example), title: example.title, exercise: true };
  return [
    { who: leader, at: startMs, raw: opening },
    ...roles.map((raw) => ({ who: leader, at: startMs, raw: { type: 'assign-role', ...raw } })),
    ...example.steps.map(({ at, by, command }) => ({
      who: actorOf(example, by),
      at: startMs + msOf(at),
      raw: resolve(command) as Readonly<Record<string, unknown>>,
    })),
  ];
}

/** All examples of a folder, by name. @throws Error that names the file */
export async function readExamples(folder: string): Promise<readonly Example[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
  return Promise.all(
    names.map(async (name) => {
      try {
        return readExample(await readFile(join(folder, name), 'utf8'));
      } catch (cause) {
        throw new Error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      }
    }),
  );
}

/** Plays an example into the store, once: what a former try left unfinished is gone on with. Gives true when something was added. */
async function play(
  example: Example,
  viewer: Person,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): Promise<boolean> {
  let at = Date.parse(example.startsAt);
  const then: Clock = { bootId: clock.bootId, now: () => ({ ...clock.now(), at }) };
  const room = await Room.load(new StreamLog(`incident/${exampleId(example.example)}`, store, then), then);
  if (room.state.incident.closedAt !== null) return false;
  const isNew = room.seq === 0;
  for (const [number, asked] of askedIn(example, viewer).entries()) {
    at = asked.at;
    const outcome = await room.submit(asked.who, asked.raw, `example-${number}`.padEnd(22, '-'));
    // What was done by a former try may be refused now; what cannot be written is no such thing.
    if ('rule' in outcome && (isNew || outcome.rule === 'E9'))
      throw new Error(`example ${example.example}, command ${number}: ${outcome.rule} ${outcome.why}`);
  }
  return true;
}

/** Loads every example of the folder that is not in the store yet, to be seen by this person. Gives the ids of the incidents that came. */
export async function loadExamples(
  folder: string,
  viewer: Person,
  parts: { readonly store: Store; readonly clock: Clock },
): Promise<readonly string[]> {
  const came: string[] = [];
  for (const example of await readExamples(folder)) if (await play(example, viewer, parts)) came.push(exampleId(example.example));
  return came;
}
