// One room of sound as the server sees it: finds or starts its worker, keeps its leases fresh, starts another when it dies.
import { randomBytes } from 'node:crypto';
import { type Beside, type MediaEvent, MediaFault, type MediaRoom } from '../../../ports/media.ts';
import { RENEW_EVERY_MS } from '../../../protocol/limits.ts';
import type { LegProfile, WorkerEdge } from '../../../protocol/worker.ts';
import { WorkerLink, type WorkerNews, type WorkerState } from './link.ts';
import { killWorker, type SpawnOptions, spawnWorker, stopStrayWorker } from './process.ts';
import { type RunPaths, readRunRecord, removeRunRecord, writeRunRecord } from './run-file.ts';

/** A started worker must answer within this, in milliseconds. */
const START_LIMIT_MS = 30_000;
const START_POLL_MS = 50;
/** When a room is closed while its worker is being replaced, the new one is waited for this long, in milliseconds. */
const CLOSE_WAIT_MS = 10_000;
/** An offer that comes while the worker is being replaced waits this long for the next one: less than a page waits, in milliseconds. */
const ANSWER_WAIT_MS = 5_000;
/** A worker tells levels five times a second. One that said nothing for this many looks, a second apart, is frozen and is replaced.
 *  Looks are counted, not time: after a sleep of the whole machine the first look finds the worker's messages waiting. */
const FROZEN_LOOKS = 6;
const LOOK_EVERY_MS = 1_000;
/** First and longest pause before another worker is started, in milliseconds. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export interface WorkerRoomOptions {
  readonly paths: RunPaths;
  readonly spawn: Omit<SpawnOptions, 'secret' | 'paths'>;
  readonly onEvent: (event: MediaEvent) => void;
  /** A line for the server's log. */
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

export class WorkerRoom implements MediaRoom {
  readonly #options: WorkerRoomOptions;
  readonly #renewTimer: NodeJS.Timeout;
  readonly #lookTimer: NodeJS.Timeout;
  #silentLooks = 0;
  #link: WorkerLink | undefined;
  #epoch: number | undefined;
  #isOver = false;
  #restarts = 0;
  /** Events that wait for `open` to be over, so that who is told has the room in hand already. */
  #early: MediaEvent[] | undefined = [];

  private constructor(options: WorkerRoomOptions) {
    this.#options = options;
    this.#renewTimer = setInterval(() => this.#renew(), RENEW_EVERY_MS);
    this.#renewTimer.unref();
    this.#lookTimer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
    this.#lookTimer.unref();
  }

  /** Adopts the room's worker, or starts one. @throws MediaFault worker-down, timeout */
  static async open(options: WorkerRoomOptions): Promise<WorkerRoom> {
    const room = new WorkerRoom(options);
    try {
      if (!(await room.#adopt())) await room.#start();
      setImmediate(() => room.#tellEarly());
      return room;
    } catch (thrown) {
      clearInterval(room.#renewTimer);
      clearInterval(room.#lookTimer);
      throw thrown;
    }
  }

  async answer(leg: string, sdp: string, profile: LegProfile): Promise<string> {
    const ask = async () => (await this.#soon()).ask({ t: 'offer', leg, sdp, profile });
    // The worker may die over the offer: the next one takes it.
    const answer = await ask().catch((thrown: unknown) => {
      if (thrown instanceof MediaFault && thrown.code === 'worker-down' && !this.#isOver) return ask();
      throw thrown;
    });
    if (answer.t !== 'answer') throw new MediaFault('refused', `answered with ${answer.t}`);
    return answer.sdp;
  }

  async setEdges(epoch: number, edges: readonly WorkerEdge[], { hushed = [], unrecorded = [], guards = [] }: Beside = {}): Promise<void> {
    const beside = { hushed: [...hushed], unrecorded: [...unrecorded], guards: [...guards] };
    await this.#connected().ask({ t: 'edges', epoch, edges: [...edges], ...beside });
    if (this.#epoch === undefined || epoch > this.#epoch) this.#epoch = epoch;
  }

  async endLeg(leg: string, reason: string): Promise<void> {
    await this.#connected().ask({ t: 'end-leg', leg, reason });
  }

  keep(id: string, text: string): void {
    this.#link?.keep(id, text);
  }

  acknowledge(n: number): void {
    this.#link?.acknowledge(n);
  }

  async detach(): Promise<void> {
    const link = this.#stop();
    await link?.end();
  }

  async close(): Promise<void> {
    // Without a worker nobody would finish the recordings and tell of them: one is being started, and it does that first.
    for (let waitedMs = 0; this.#link === undefined && !this.#isOver && waitedMs < CLOSE_WAIT_MS; waitedMs += START_POLL_MS) {
      await sleep(START_POLL_MS);
    }
    const link = this.#link;
    this.#isOver = true; // the worker's end is wanted: it is not started again
    try {
      if (link === undefined) throw new MediaFault('worker-down', 'no media worker to close');
      await link.ask({ t: 'close' });
      await removeRunRecord(this.#options.paths);
    } finally {
      this.#stop()?.close();
    }
  }

  #stop(): WorkerLink | undefined {
    this.#isOver = true;
    clearInterval(this.#renewTimer);
    clearInterval(this.#lookTimer);
    const link = this.#link;
    this.#link = undefined;
    return link;
  }

  #connected(): WorkerLink {
    if (this.#link === undefined) throw new MediaFault('worker-down', 'no media worker');
    return this.#link;
  }

  /** The link to the worker, or to the next one when it comes in time. @throws MediaFault worker-down */
  async #soon(): Promise<WorkerLink> {
    for (let waitedMs = 0; this.#link === undefined && !this.#isOver && waitedMs < ANSWER_WAIT_MS; waitedMs += START_POLL_MS) {
      await sleep(START_POLL_MS);
    }
    return this.#connected();
  }

  /** Ends a worker that is there and says nothing: nobody hears anybody until another one runs. */
  async #look(): Promise<void> {
    this.#silentLooks = this.#link === undefined ? 0 : this.#silentLooks + 1;
    if (this.#silentLooks < FROZEN_LOOKS) return;
    this.#silentLooks = 0;
    const record = await readRunRecord(this.#options.paths);
    if (record === undefined || this.#link === undefined) return;
    this.#options.log('media-frozen', { pid: record.pid, silentLooks: FROZEN_LOOKS });
    await killWorker(record.pid, record.socket);
  }

  #renew(): void {
    if (this.#epoch !== undefined) this.#link?.renew(this.#epoch);
  }

  /** True when a worker of an earlier server runs and let us in. One that runs and does not answer is ended. */
  async #adopt(): Promise<boolean> {
    const record = await readRunRecord(this.#options.paths);
    if (record === undefined) return false;
    try {
      await this.#attach(record.socket, record.secret, true);
      return true;
    } catch (thrown) {
      this.#options.log('media-not-adopted', { pid: record.pid, cause: thrown instanceof Error ? thrown.message : String(thrown) });
      await stopStrayWorker(record.pid, record.socket);
      return false;
    }
  }

  async #start(): Promise<void> {
    const { paths } = this.#options;
    const secret = randomBytes(32).toString('hex');
    const child = await spawnWorker({ ...this.#options.spawn, paths, secret });
    await writeRunRecord(paths, { pid: child.pid as number, socket: paths.socket, secret });
    for (let waitedMs = 0; ; waitedMs += START_POLL_MS) {
      try {
        await this.#attach(paths.socket, secret, false);
        return;
      } catch (thrown) {
        const hasEnded = child.exitCode !== null || child.signalCode !== null;
        if (hasEnded) throw new MediaFault('worker-down', `the media worker ended at once, see ${paths.log}`, { cause: thrown });
        if (waitedMs >= START_LIMIT_MS)
          throw new MediaFault('timeout', `the media worker did not answer, see ${paths.log}`, { cause: thrown });
      }
      await sleep(START_POLL_MS);
    }
  }

  async #attach(socket: string, secret: string, adopted: boolean): Promise<void> {
    // News may follow the state at once; they are told after it.
    let early: WorkerNews[] | undefined = [];
    const news = (message: WorkerNews): void => {
      this.#silentLooks = 0;
      if (early === undefined) this.#tell(message);
      else early.push(message);
    };
    const { link, state } = await WorkerLink.open(socket, secret, { news, lost: (cause) => this.#lost(cause) });
    if (this.#isOver) {
      link.close();
      return;
    }
    this.#link = link;
    this.#epoch = undefined;
    this.#tell(attachedEvent(state, adopted));
    const held = early;
    early = undefined;
    for (const message of held) this.#tell(message);
  }

  #tell(event: MediaEvent): void {
    if (this.#early === undefined) this.#options.onEvent(event);
    else this.#early.push(event);
  }

  #tellEarly(): void {
    const held = this.#early ?? [];
    this.#early = undefined;
    for (const event of held) this.#options.onEvent(event);
  }

  #lost(cause: string): void {
    this.#link = undefined;
    this.#epoch = undefined;
    if (this.#isOver) return;
    this.#tell({ t: 'down', cause });
    void this.#restart();
  }

  /** Tries until it works or the room is left: the line must come back. The pause grows to five seconds. */
  async #restart(): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; !this.#isOver; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      this.#restarts += 1;
      this.#options.log('media-restart', { restarts: this.#restarts, pauseMs });
      try {
        // A cut connection is not a dead worker: the same one may still carry the call.
        if (!(await this.#adopt())) await this.#start();
        return;
      } catch (thrown) {
        this.#options.log('media-restart-failed', { cause: thrown instanceof Error ? thrown.message : String(thrown) });
      }
      await sleep(pauseMs);
    }
  }
}

function attachedEvent(state: WorkerState, adopted: boolean): MediaEvent {
  return { t: 'attached', adopted, epoch: state.epoch, legs: state.legs, edges: state.edges };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
