// Port: files that people handed in, by the hash of their bytes. What is kept stays as it is: nothing here changes or deletes a kept file.

/** Bytes that were taken in and are not kept yet. One of `keep` and `drop` ends it. */
export interface Taken {
  /** Lower case hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** A piece of it: fewer bytes than asked for at its end, none behind it. */
  read(from: number, length: number): Promise<Uint8Array>;
  /** All of it, in pieces. */
  stream(): AsyncIterable<Uint8Array>;
  /** Resolved when it is durable under its hash. A file that is there already stays as it is. */
  keep(): Promise<void>;
  drop(): Promise<void>;
}

/** How much may come (bytes), and what ends it. */
export interface TakeOptions {
  readonly mostBytes: number;
  /** Ends the taking, for time or because the sender is gone. */
  readonly signal: AbortSignal;
}

/** A kept file, open for reading from its first byte. */
export interface Opened {
  readonly bytes: number;
  stream(): AsyncIterable<Uint8Array>;
}

/** Kept files, apart for each incident: what one incident keeps no other finds. */
export interface Files {
  /** Takes bytes in, piece by piece. Nothing of it stays when it fails.
   *  @throws FilesFault too-large, stopped, not-written */
  take(incidentId: string, chunks: AsyncIterable<Uint8Array>, options: TakeOptions): Promise<Taken>;
  /** Null when this incident keeps no such file. */
  open(incidentId: string, sha256: string): Promise<Opened | null>;
}

/** `too-large`: more than `mostBytes`. `stopped`: the signal. `not-written`: the disk refused, or the sender broke off. */
export class FilesFault extends Error {
  override name = 'FilesFault';
  readonly code: 'too-large' | 'stopped' | 'not-written';
  constructor(code: FilesFault['code'], cause?: unknown) {
    super(`file not taken: ${code}`, { cause });
    this.code = code;
  }
}
