// Secrets as random text, and what is kept of them: their hash.
import { createHash, randomBytes } from 'node:crypto';

/** A secret for a link or a cookie: 192 bits as 32 base64url characters. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** What may be stored or logged of a secret. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** A short id for a new thing: `prefix` and 80 bits, lower case. */
export function newId(prefix: string): string {
  return `${prefix}${randomBytes(10).toString('hex')}`;
}
