// How often one address may knock: a bucket of tokens for each, in bounded memory. No meaning of the requests here.
import { isIPv6 } from 'node:net';

/** `burst`: knocks at once. `perSecond`: how fast they come back. `addresses`: how many are remembered; the longest unseen is forgotten first. */
export interface BucketSize {
  readonly burst: number;
  readonly perSecond: number;
  readonly addresses: number;
}

/** One household of IPv6 addresses is a /64: counted as one. */
function network(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter((g) => g !== '');
  const right = tail.split(':').filter((g) => g !== '');
  const zeros = address.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}

/** Buckets of one door. */
export class Buckets {
  readonly #size: BucketSize;
  readonly #left = new Map<string, { tokens: number; at: number }>();

  constructor(size: BucketSize) {
    this.#size = size;
  }

  /** Takes one token. `at`: ms. Answers 0, or the ms until the next one is there. */
  take(address: string, at: number): number {
    const { burst, perSecond, addresses } = this.#size;
    const key = network(address);
    const kept = this.#left.get(key);
    const grown = kept === undefined ? burst : Math.min(burst, kept.tokens + (Math.max(0, at - kept.at) / 1000) * perSecond);
    const allowed = grown >= 1;
    this.#left.delete(key);
    this.#left.set(key, { tokens: allowed ? grown - 1 : grown, at });
    if (this.#left.size > addresses) this.#left.delete(this.#left.keys().next().value ?? key);
    return allowed ? 0 : Math.ceil(((1 - grown) / perSecond) * 1000);
  }

  /** How many addresses are remembered. */
  get remembered(): number {
    return this.#left.size;
  }
}
