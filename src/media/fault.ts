// The worker's coded faults: what a request can be answered with when it cannot be done.

/** Stable codes of the worker's faults. */
export type WorkerFaultCode = 'bad-message' | 'bad-offer' | 'stale-epoch' | 'no-port' | 'ended' | 'closing' | 'internal';

/** A request that failed; the worker goes on. */
export class WorkerFault extends Error {
  readonly code: WorkerFaultCode;
  constructor(code: WorkerFaultCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'WorkerFault';
    this.code = code;
  }
}
