// What a leg needs of its recorder, whatever it records.
import type { LegState } from '../../protocol/worker.ts';
import type { Alarms } from './alarms.ts';

/** A segment that is open now, as the digest of the minute names it. */
export interface OpenSegment {
  readonly leg: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The recording of one leg over all its transports. Nothing here waits, except `close`. */
export interface Recorder {
  /** True while what comes in goes to a file and nothing is wrong with it. */
  readonly recording: boolean;
  readonly alarms: Alarms;
  legState(state: LegState): void;
  tick(nowMonoMs: number): void;
  digest(): OpenSegment | undefined;
  /** Ends the recording in order; resolved when the last file is closed and told. */
  close(): Promise<void>;
}
