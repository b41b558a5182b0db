// Lines for tests of stores and evidence: well formed, salted, chained. Not for production code.
import { createHash, randomBytes } from 'node:crypto';
import { FIRST_PREV_HASH, lineHash, type SealedLine, sealLine } from '../../src/core/evidence/chain.ts';

/** SHA-256 of a text, hex: the hash function that core is given. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Seals these payloads as the lines that follow `last` (undefined: from the stream's first line). */
export function chained(stream: string, payloads: readonly string[], last?: Pick<SealedLine, 'seq' | 'line'>): SealedLine[] {
  let prev = last === undefined ? FIRST_PREV_HASH : lineHash(last.line, sha256);
  let seq = last?.seq ?? 0;
  return payloads.map((payload) => {
    seq += 1;
    const facts = { stream, seq, at: 1_800_000_000_000 + seq, monoNs: String(seq), boot: 'boot-1', who: 'person-1', type: 'noted' };
    const sealed = sealLine(prev, facts, { salt: randomBytes(16).toString('hex'), payload }, sha256);
    prev = lineHash(sealed.line, sha256);
    return sealed;
  });
}
