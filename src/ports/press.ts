// Port: makes printable files. What is printed is decided elsewhere; here is only how it is asked for.

/** A signed position paper with what proves it. Times are wall clock in ms; hashes of log lines in hex. */
export interface PaperSheet {
  readonly incidentId: string;
  readonly title: string;
  readonly exercise: boolean;
  readonly number: number;
  readonly signer: string;
  readonly signedAt: number;
  readonly to: readonly string[];
  readonly basis: string;
  readonly status: string;
  readonly assessment: string;
  readonly recommendations: string;
  /** The log's head when it was signed, and the entry that holds the paper itself. */
  readonly madeAt: { readonly seq: number; readonly hash: string };
  readonly entry: { readonly seq: number; readonly hash: string };
}

/** Makes printable files, never on the thread of whoever asks. */
export interface Press {
  /** A PDF. @throws PressFault when none was made in time */
  paper(sheet: PaperSheet): Promise<Uint8Array>;
}

/** The file could not be made. */
export class PressFault extends Error {
  override readonly name = 'PressFault';
}
