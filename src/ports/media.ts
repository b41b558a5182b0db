// Port: the sound of one room. The server says who hears whom; how packets move is the adapter's.
import type { FromWorker, LegProfile, LegView, WorkerEdge, WorkerGuard, WorkerReport } from '../protocol/worker.ts';

/** What a room of sound tells the server. `down`: the worker is gone; a new one was or will be started. */
export type MediaEvent =
  | Extract<FromWorker, { t: 'leg' | 'levels' | 'slots' | 'leak' }>
  | { t: 'report'; n: number; report: WorkerReport }
  | { t: 'attached'; adopted: boolean; epoch: number; legs: readonly LegView[]; edges: readonly WorkerEdge[] }
  | { t: 'down'; cause: string };

/** What stands beside the matrix: legs, there already or not, of which something is not taken (`hushed`: nothing at all, `unrecorded`: all
 *  but the recording), and pairs of a secret voice and a microphone that are watched for leaks. */
export interface Beside {
  readonly hushed?: readonly string[];
  readonly unrecorded?: readonly string[];
  readonly guards?: readonly WorkerGuard[];
}

/** A server's hold on one room. Every call may fail with MediaFault `worker-down` or `timeout`. */
export interface MediaRoom {
  /** Answers a browser's offer for a leg. The same leg again swaps its transport. @throws MediaFault */
  answer(leg: string, sdp: string, profile: LegProfile): Promise<string>;
  /** Replaces the matrix and what stands beside it (left out: nothing does); resolved when no packet of a removed edge can leave any more
   *  and nothing more of a withheld leg is taken. `epoch` must grow. Renewal of leases is the adapter's work. */
  setEdges(epoch: number, edges: readonly WorkerEdge[], beside?: Beside): Promise<void>;
  /** Ends a leg and its recording; resolved when the recording is closed. A leg that is not there has ended already. */
  endLeg(leg: string, reason: string): Promise<void>;
  /** Keeps text beside the log while that cannot be written; it comes back as a `kept` report until acknowledged, also to the next server.
   *  `id` at most 80, `text` at most 20,000 characters. Without a worker nothing is kept. */
  keep(id: string, text: string): void;
  /** The report with this number is in the log. */
  acknowledge(n: number): void;
  /** The server goes away; the sound goes on. */
  detach(): Promise<void>;
  /** The incident is closed: recordings are finished and the worker ends. */
  close(): Promise<void>;
}

/** All the sound of a box. */
export interface Media {
  /**
   * Starts or adopts the sound of a room. `room` is safe as a file name; recordings go below `<data>/media/<room>`.
   * Events come from the turn after this is resolved on, `attached` first. @throws MediaFault worker-down, timeout
   */
  open(room: string, onEvent: (event: MediaEvent) => void): Promise<MediaRoom>;
}

/** bad-offer: the far end's description cannot be used. worker-down: none runs now, another is being started. refused: not done, see the message. */
export type MediaFaultCode = 'bad-offer' | 'worker-down' | 'timeout' | 'refused';

/** What calls of this port fail with. */
export class MediaFault extends Error {
  readonly code: MediaFaultCode;
  constructor(code: MediaFaultCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'MediaFault';
    this.code = code;
  }
}
