// Hashing of passwords, few at a time. Which passwords are allowed is in banned.ts; whose they are is in credentials.ts.
import { plainPassword } from './banned.ts';
import { Gate } from './turns.ts';

/** Makes and checks password hashes. Texts come in the form of `plainPassword`. */
export interface Hasher {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

// Argon2id is the library's default. 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const AT_ONCE = 2;
const WAITING = 32;

/** A hash that no password has: checked when there is no account, so that the answer takes as long. */
const NOBODYS = '$argon2id$v=19$m=19456,t=2,p=1$cGFybGV5IG5vYm9keSBoZQ$L1m0b3c1n2VhbGx5IG5vdGhpbmcgaGVyZSBpcyB0cnVlISE';

/** Argon2id of @node-rs/argon2, loaded when first needed. */
export const ARGON2ID: Hasher = {
  hash: async (password) => (await import('@node-rs/argon2')).hash(password, COST),
  verify: async (hash, password) => (await import('@node-rs/argon2')).verify(hash, password),
};

export class Passwords {
  readonly #hasher: Hasher;
  readonly #gate = new Gate(AT_ONCE, WAITING);

  constructor(hasher: Hasher) {
    this.#hasher = hasher;
  }

  /** @throws GateFull */
  hash(password: string): Promise<string> {
    return this.#gate.pass(() => this.#hasher.hash(plainPassword(password)));
  }

  /** Whether the password belongs to the hash. Without a hash: false, after the same work. @throws GateFull */
  async verify(hash: string | undefined, password: string): Promise<boolean> {
    const right = await this.#gate.pass(() => this.#hasher.verify(hash ?? NOBODYS, plainPassword(password)));
    return right && hash !== undefined;
  }
}
