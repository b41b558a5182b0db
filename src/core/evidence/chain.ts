// The hash chain of a stream: how a log line is written, read back and checked. Text only; the hash function is an argument.
// No meaning of entries, no storage, no clock lives here.

/**
 * A line is `prevHash SP JSON`, one line of text without its line feed. An exported log is these lines, each ended by one
 * line feed (0x0A), so that a shell can check it:
 * - prevHash = SHA-256, as 64 lower-case hex digits, over the line before and its line feed (`sed -n Np log | sha256sum`);
 *   64 zeros in the first line.
 * - payloadHash = SHA-256 over the 32 characters of the salt's hex text followed at once by the payload's text, no line feed
 *   (`printf '%s%s' "$salt" "$payload" | sha256sum`). Salt and payload lie beside the line and can be erased.
 * - leafHash = SHA-256 over one zero byte and the line without its line feed (RFC 6962, section 2.1).
 */
const VERSION = 1;
const HASH = /^[0-9a-f]{64}$/;
const SALT = /^[0-9a-f]{32}$/;
const LONE_SURROGATE = /\p{Surrogate}/u;
/** A code unit below the space. JSON.stringify without indent never writes one, and a shell cannot pass all of them on. */
const CONTROL = /[^ -\uffff]/;
const ISO_MS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
/** The keys of a head in the order in which they are written; `cmd` is left out when there is no command. */
const KEYS = ['v', 'stream', 'seq', 'at', 'monoNs', 'boot', 'who', 'type', 'cmd', 'payloadHash'] as const;

/** prevHash of the first line of a stream. */
export const FIRST_PREV_HASH = '0'.repeat(64);

/** SHA-256 of a text's UTF-8 bytes, as 64 lower-case hex digits. Must be total: any text, any length. */
export type HashText = (text: string) => string;

/** What a line says about its entry, before it is sealed. */
export interface LineFacts {
  readonly stream: string;
  /** 1, 2, 3, ... without gaps. */
  readonly seq: number;
  /** Wall clock of the server, ms since 1970 UTC, whole. */
  readonly at: number;
  /** Monotonic clock of the server, ns as decimal text. */
  readonly monoNs: string;
  /** The run of the server that `monoNs` belongs to. */
  readonly boot: string;
  /** Person or part that acted. */
  readonly who: string;
  readonly type: string;
  /** Id of the command that caused the entry. */
  readonly cmd?: string;
}

/** A line's JSON, read back. `at` is ISO 8601 with ms, UTC, as written. */
export interface LineHead extends Omit<LineFacts, 'at'> {
  readonly v: 1;
  readonly at: string;
  readonly payloadHash: string;
}

/** One line with what its payload hash was made of; both empty after a lawful erasure. */
export interface SealedLine {
  readonly seq: number;
  readonly line: string;
  readonly salt: string;
  readonly payload: string;
}

/** Result of a check: all lines hold, or the first that does not and why. `seq` is the number the bad line should have. */
export type ChainCheck =
  | { readonly ok: true; readonly lines: number; readonly erased: number; readonly lastHash: string }
  | { readonly ok: false; readonly seq: number; readonly why: string };

/** Hash that the line after this one carries. */
export function lineHash(line: string, hash: HashText): string {
  return hash(`${line}\n`);
}

/** Leaf of the evidence tree for this line (RFC 6962, section 2.1). */
export function leafHash(line: string, hash: HashText): string {
  return hash(`\u0000${line}`);
}

/** Hash of salt and payload as a line carries it. */
export function payloadHash(salt: string, payload: string, hash: HashText): string {
  return hash(salt + payload);
}

/**
 * Writes an entry as a line of the chain. `salt`: 16 random bytes as 32 lower-case hex digits. `payload`: JSON text as JSON.stringify writes it, kept exactly.
 * @throws RangeError when a fact cannot be written so that it is read back the same: a bug of the caller.
 */
export function sealLine(
  prevHash: string,
  facts: LineFacts,
  body: { readonly salt: string; readonly payload: string },
  hash: HashText,
): SealedLine {
  if (!SALT.test(body.salt)) throw new RangeError('a salt is 32 lower-case hex digits');
  // Nothing beside a line means erased, so an entry always has a payload, if only `{}`.
  if (body.payload === '') throw new RangeError('a payload is never empty');
  if (!isPlain(body.payload)) throw new RangeError('a payload is well-formed text without control characters, as JSON.stringify writes it');
  const { cmd } = facts;
  const head: LineHead = {
    v: VERSION,
    stream: facts.stream,
    seq: facts.seq,
    at: new Date(facts.at).toISOString(),
    monoNs: facts.monoNs,
    boot: facts.boot,
    who: facts.who,
    type: facts.type,
    ...(cmd === undefined ? {} : { cmd }),
    payloadHash: payloadHash(body.salt, body.payload, hash),
  };
  const line = `${prevHash} ${JSON.stringify(head)}`;
  // Read back at once: what cannot be verified later must never be written.
  if (parseLine(line) === undefined) throw new RangeError(`not a line: ${line.slice(0, 300)}`);
  return { seq: facts.seq, line, salt: body.salt, payload: body.payload };
}

/** Reads a line back; undefined when it is not exactly as `sealLine` writes it. */
export function parseLine(line: string): { readonly prevHash: string; readonly head: LineHead } | undefined {
  const prevHash = line.slice(0, 64);
  const json = line.slice(65);
  if (!HASH.test(prevHash) || line[64] !== ' ') return undefined;
  const head = parseJson(json);
  // Written again it must be the same text: one entry has one form, so no two readers can differ about it.
  if (!isHead(head) || JSON.stringify(head) !== json) return undefined;
  return { prevHash, head };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isHead(value: unknown): value is LineHead {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const head = value as Readonly<Record<string, unknown>>;
  const expected = KEYS.filter((key) => key !== 'cmd' || 'cmd' in head);
  if (Object.keys(head).join() !== expected.join()) return false;
  return head['v'] === VERSION && isCount(head['seq']) && isTime(head['at']) && hasTexts(head);
}

function hasTexts(head: Readonly<Record<string, unknown>>): boolean {
  const texts = ['stream', 'boot', 'who', 'type', ...('cmd' in head ? ['cmd'] : [])];
  return texts.every((key) => isText(head[key])) && isDecimal(head['monoNs']) && isHash(head['payloadHash']);
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && HASH.test(value);
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && ISO_MS.test(value) && Number.isFinite(Date.parse(value)) && new Date(value).toISOString() === value;
}

function isDecimal(value: unknown): boolean {
  return typeof value === 'string' && /^(0|[1-9]\d{0,29})$/.test(value);
}

/** A lone surrogate has no UTF-8 form, and JSON.stringify never writes one. */
function isPlain(text: string): boolean {
  return !LONE_SURROGATE.test(text) && !CONTROL.test(text);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && !LONE_SURROGATE.test(value);
}

/** Where a check starts: the number and hash of the line before, when not at the beginning of a stream. */
export interface ChainStart {
  readonly stream?: string;
  readonly after: number;
  readonly lastHash: string;
}

/**
 * Checks lines in the order given: each one well formed, numbered without gaps, of one stream, linked to the line before, and its
 * payload what was hashed. A line whose salt and payload are both empty was erased: its link still counts, its content is unknown.
 * A chain cannot see that its last lines are missing, nor that the head of the very last one was changed: compare `lines` and
 * `lastHash` with a checkpoint.
 */
export function verifyLines(lines: Iterable<SealedLine>, hash: HashText, start?: ChainStart): ChainCheck {
  let { stream, after, lastHash } = start ?? { stream: undefined, after: 0, lastHash: FIRST_PREV_HASH };
  let count = 0;
  let erased = 0;
  for (const one of lines) {
    const seq = after + 1;
    const found = checkLine(one, { seq, stream, lastHash }, hash);
    if ('why' in found) return { ok: false, seq, why: found.why };
    stream = found.stream;
    after = seq;
    lastHash = lineHash(one.line, hash);
    count += 1;
    if (one.salt === '' && one.payload === '') erased += 1;
  }
  return { ok: true, lines: count, erased, lastHash };
}

interface Expected {
  readonly seq: number;
  readonly stream: string | undefined;
  readonly lastHash: string;
}

function checkLine(one: SealedLine, expected: Expected, hash: HashText): { stream: string } | { why: string } {
  const parsed = parseLine(one.line);
  if (parsed === undefined) return { why: 'not a log line as Parley writes them' };
  const { prevHash, head } = parsed;
  if (head.seq !== expected.seq || one.seq !== expected.seq) {
    return { why: `number ${head.seq} (kept as ${one.seq}) where ${expected.seq} was due` };
  }
  if (expected.stream !== undefined && head.stream !== expected.stream) return { why: `of stream ${head.stream}, not ${expected.stream}` };
  if (prevHash !== expected.lastHash) return { why: 'its previous hash is not the hash of the line before' };
  const gone = one.salt === '' && one.payload === '';
  // The salt's length is fixed, or a character could move between salt and payload under the same hash.
  if (!gone && !SALT.test(one.salt)) return { why: 'its salt is not 32 hex digits' };
  if (!isPlain(one.payload)) return { why: 'its payload holds characters that no payload holds' };
  if (!gone && payloadHash(one.salt, one.payload, hash) !== head.payloadHash) return { why: 'its payload is not what was hashed' };
  return { stream: head.stream };
}
