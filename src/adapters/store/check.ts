// What every store checks before it keeps lines: they follow what is there and the chain holds. No storage here.
import { createHash } from 'node:crypto';
import { FIRST_PREV_HASH, lineHash, verifyLines } from '../../core/evidence/chain.ts';
import { type StoredLine, StoreFault } from '../../ports/store.ts';

/** The last line of a stream as a store holds it; undefined for an empty stream. */
export type Head = Pick<StoredLine, 'seq' | 'line'> | undefined;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Why these lines must not be kept, or undefined when they may: `conflict` when another writer was first, `corrupt` when the chain breaks. */
export function refuseAppend(stream: string, after: number, lines: readonly StoredLine[], head: Head): StoreFault | undefined {
  const last = head?.seq ?? 0;
  if (after !== last) return new StoreFault('conflict', `${stream} ends with line ${last}, not ${after}: another writer was first`);
  // Only an erasure of kept lines leaves nothing beside a line; a new one always has its payload.
  if (lines.some((one) => one.payload === '')) return new StoreFault('corrupt', `${stream}: a new line came without its payload`);
  const lastHash = head === undefined ? FIRST_PREV_HASH : lineHash(head.line, sha256);
  const check = verifyLines(lines, sha256, { stream, after, lastHash });
  return check.ok ? undefined : new StoreFault('corrupt', `${stream}: line ${check.seq} was not kept: ${check.why}`);
}

/** @throws RangeError for names and values with control characters or half characters: databases cut or change them silently. A bug. */
export function assertPlain(...texts: readonly string[]): void {
  const bad = texts.find((text) => /[^ -\uffff]/.test(text) || /\p{Surrogate}/u.test(text));
  if (bad !== undefined) throw new RangeError(`not a text that a store keeps: ${JSON.stringify(bad).slice(0, 80)}`);
}

/** @throws RangeError when `read` is asked for what no caller should ask: a bug. */
export function assertReadable(after: number, limit: number): void {
  if (!Number.isSafeInteger(after) || after < 0) throw new RangeError(`after must be a whole number from 0, not ${after}`);
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 10_000) throw new RangeError(`limit must be 1 to 10,000, not ${limit}`);
}
