// What of an entry is words that somebody said or wrote: what a search looks through. Goes by the shape of the payload, so that a new topic
// is searched without a line here. No index and no query lives here.
import type { z } from 'zod';
import { kindOf } from './fields.ts';
import { carried } from './late.ts';
import type { Entry, EntrySpec, Topic } from './topic.ts';
import { TOPICS } from './topics.ts';

/** The words of one entry, and the topic (board) that they belong to. */
export interface Words {
  readonly topic: string;
  readonly text: string;
}

/** Free text that is a name of a thing, or the box's own words about itself. */
const NOT_WORDS = new Set(['deviceId', 'leg', 'file', 'sha256', 'alarm', 'detail', 'jurisdiction', 'describes', 'to', 'cause']);

interface Def {
  readonly type: string;
  readonly checks?: readonly { readonly _zod: { readonly def: { readonly check: string } } }[];
  readonly shape?: Readonly<Record<string, Shaped>>;
  readonly element?: Shaped;
  readonly innerType?: Shaped;
  readonly valueType?: Shaped;
}
type Shaped = z.ZodType & { readonly def: Def };
/** Takes the free text out of a payload of one shape. */
type Take = (value: unknown) => readonly string[];

const NOTHING: Take = () => [];

/** A text with a pattern is an id or a hash; a link or a person is an id too. */
function isFree(schema: Shaped): boolean {
  const kind = kindOf(schema);
  return kind !== 'link' && kind !== 'person' && !(schema.def.checks ?? []).some((one) => one._zod.def.check === 'string_format');
}

function objectTaker(shape: Readonly<Record<string, Shaped>>): Take {
  const parts = Object.entries(shape)
    .filter(([key]) => !NOT_WORDS.has(key))
    .map(([key, schema]) => [key, takerOf(schema)] as const)
    .filter(([, take]) => take !== NOTHING);
  if (parts.length === 0) return NOTHING;
  return (value) => parts.flatMap(([key, take]) => take((value as Readonly<Record<string, unknown>> | null)?.[key]));
}

function takerOf(schema: Shaped): Take {
  const { def } = schema;
  if (def.type === 'string') return isFree(schema) ? (value) => (typeof value === 'string' ? [value] : []) : NOTHING;
  if (def.type === 'object' && def.shape !== undefined) return objectTaker(def.shape);
  if (def.innerType !== undefined) return takerOf(def.innerType);
  const each = def.element ?? def.valueType;
  const take = each === undefined ? NOTHING : takerOf(each);
  return take === NOTHING ? NOTHING : (value) => Object.values(value ?? {}).flatMap(take);
}

const topics: readonly Topic[] = TOPICS;
const takers = new Map(
  topics.flatMap(({ name, entries }) =>
    Object.entries(entries as Readonly<Record<string, EntrySpec<unknown, z.ZodType>>>).map(
      ([type, spec]) => [type, { topic: name, take: takerOf(spec.schema as Shaped) }] as const,
    ),
  ),
);

/** The words of an entry, or null when it has none. Total: of an entry of another version it knows nothing. */
export function searched(entry: Entry): Words | null {
  const inner = carried(entry);
  if (inner !== null) return inner.type === entry.type ? null : searched(inner);
  const known = takers.get(entry.type);
  const text = known?.take(entry.payload).filter((part) => part.trim() !== '') ?? [];
  return known === undefined || text.length === 0 ? null : { topic: known.topic, text: text.join(' · ') };
}

/** Names of the topics that can have words, in their order. */
export const SEARCHED_TOPICS: readonly string[] = [...new Set([...takers.values()].filter((t) => t.take !== NOTHING).map((t) => t.topic))];
