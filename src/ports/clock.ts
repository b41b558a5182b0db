// Port: time. Wall clock is only a label; order comes from `seq` and the monotonic clock.

/** One reading. `at`: wall clock, ms since 1970 UTC. `monoNs`: monotonic, ns as decimal text, since boot of this process. */
export interface Instant {
  readonly at: number;
  readonly monoNs: string;
}

/** Tells the time to those who may not read it themselves. */
export interface Clock {
  /** Names this run of the process, so that `monoNs` of two runs are never compared. */
  readonly bootId: string;
  now(): Instant;
}
