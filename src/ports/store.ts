// Port: the durable home of streams (append-only) and of the vault (mutable secrets). No meaning of entries lives here.

/** A stream's name: `incident/<id>`, `custody/<id>`, `people`, `settings`. */
export type StreamId = string;

/** One line of a stream as it is kept: the chained text and, beside it, what its payload hash was made of. */
export interface StoredLine {
  readonly seq: number;
  /** `prevHash SP JSON`, no line feed. See core/evidence/chain.ts. */
  readonly line: string;
  /** Hex text, 32 characters; empty after a lawful erasure. */
  readonly salt: string;
  /** JSON text exactly as hashed; empty after a lawful erasure. */
  readonly payload: string;
}

/** Keeps streams: append and read, nothing else. Waits are bounded by the adapter. */
export interface Store {
  /** Appends all lines in one durable commit (on disk when resolved), or none.
   *  `after` is the seq of the last line now there, 0 for none; lines must be numbered after+1, after+2, ...
   *  @throws StoreFault `conflict` when another writer was first, `not-writable` when the disk refuses, `closed`. */
  append(stream: StreamId, after: number, lines: readonly StoredLine[]): Promise<void>;
  /** Lines with seq > after, in order, at most `limit` (1 to 10,000). */
  read(stream: StreamId, after: number, limit: number): Promise<readonly StoredLine[]>;
  /** Names of all streams that start with `prefix`, sorted. */
  streams(prefix: string): Promise<readonly StreamId[]>;
  close(): Promise<void>;
}

/** Mutable values that must never be in a log: password hashes, sessions, keys. Values are JSON text. */
export interface Vault {
  get(kind: string, key: string): Promise<string | undefined>;
  put(kind: string, key: string, value: string): Promise<void>;
  delete(kind: string, key: string): Promise<void>;
  list(kind: string): Promise<readonly { key: string; value: string }[]>;
}

/** Why a store could not do it: `conflict` another writer was first, `not-writable` the disk refuses, `closed`, `corrupt`. */
export type StoreFaultCode = 'conflict' | 'not-writable' | 'closed' | 'corrupt';

/** A store could not do what was asked. `cause` holds the driver's error. */
export class StoreFault extends Error {
  readonly code: StoreFaultCode;
  constructor(code: StoreFaultCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreFault';
    this.code = code;
  }
}
