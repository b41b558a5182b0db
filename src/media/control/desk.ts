// Joins the control socket and the room: which session is the attached one, what each request does, what is told and kept.
import type { Socket } from 'node:net';
import type { FromWorker, ToWorker } from '../../protocol/worker.ts';
import type { MediaLog } from '../log.ts';
import type { NumberedReport, ReportJournal } from '../reports/journal.ts';
import type { Room, RoomSignal } from '../room.ts';
import { Session } from './session.ts';

/** After `close` the reports get this long to be acknowledged before the worker ends, in milliseconds. */
const LAST_ACK_MS = 2_000;

export interface DeskOptions {
  readonly secret: string;
  readonly pid: number;
  readonly room: Room;
  readonly journal: ReportJournal;
  readonly log: MediaLog;
  /** The worker was asked to end and everything is told. */
  readonly onClosed: () => void;
}

/** The one place where requests of a server meet the room. At most one server is attached; the newest wins. */
export class Desk {
  readonly #options: DeskOptions;
  #session: Session | undefined;
  #acked: () => void = () => undefined;

  constructor(options: DeskOptions) {
    this.#options = options;
    options.journal.onReport((report) => this.#tellReport(report));
  }

  get isAttended(): boolean {
    return this.#session !== undefined;
  }

  accept(socket: Socket): void {
    new Session({
      socket,
      secret: this.#options.secret,
      log: this.#options.log,
      handlers: {
        attached: (session) => this.#attached(session),
        run: (request) => this.#run(request),
        closed: (session) => {
          if (this.#session === session) this.#session = undefined;
        },
      },
    });
  }

  signal(signal: RoomSignal): void {
    this.#session?.send(signal);
  }

  /** Closes every recording, tells what happened, and gives the server a moment to log it. */
  async finish(reason: string): Promise<void> {
    const { room, journal } = this.#options;
    await room.close(reason);
    await journal.flush();
    if (this.#session !== undefined && journal.pending().length > 0) await this.#untilAcked();
    await journal.flush();
  }

  async disconnect(): Promise<void> {
    await this.#session?.end();
  }

  #attached(session: Session): FromWorker {
    const old = this.#session;
    this.#session = session;
    old?.close();
    const { room, journal, pid } = this.#options;
    queueMicrotask(() => {
      for (const report of journal.pending()) this.#tellReport(report);
    });
    return { t: 'state', pid, epoch: room.epoch, edges: [...room.edges], legs: room.views() };
  }

  async #run(request: Exclude<ToWorker, { t: 'attach' }>): Promise<FromWorker | undefined> {
    const { room, journal } = this.#options;
    switch (request.t) {
      case 'offer':
        return { t: 'answer', req: request.req, sdp: await room.offer(request.leg, request.sdp, request.profile) };
      case 'edges':
        room.setEdges(request.epoch, request.edges, request.guards);
        return { t: 'applied', req: request.req, epoch: request.epoch };
      case 'renew':
        room.renew(request.epoch);
        return undefined;
      case 'end-leg':
        await room.endLeg(request.leg, request.reason);
        return { t: 'done', req: request.req };
      case 'ack':
        journal.acknowledge(request.n);
        if (journal.pending().length === 0) this.#acked();
        return undefined;
      case 'keep':
        journal.add({ kind: 'kept', id: request.id, text: request.text });
        return undefined;
      case 'close':
        await this.finish('closed');
        setImmediate(this.#options.onClosed); // after the answer is on its way
        return { t: 'done', req: request.req };
    }
  }

  #tellReport({ n, report }: NumberedReport): void {
    this.#session?.send({ t: 'report', n, report });
  }

  #untilAcked(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LAST_ACK_MS);
      this.#acked = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
