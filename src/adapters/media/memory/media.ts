// The media port without sound, for tests of the server: the same events in the same order, and hands for the test to move things.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Beside, type Media, type MediaEvent, MediaFault, type MediaRoom } from '../../../ports/media.ts';
import { EDGE_LEASE_MS } from '../../../protocol/limits.ts';
import type { FromWorker, LegProfile, LegState, WorkerEdge, WorkerReport } from '../../../protocol/worker.ts';
import { emptyWorld, fillSlots, type MemoryLeg, type MemoryWorld, viewOf } from './world.ts';

/** Reports that nobody acknowledged are waited for this long at the close, in ms: less than a worker waits, tests are many. */
const LAST_ACK_MS = 200;
const ACK_POLL_MS = 5;
const NO_HASH = '0'.repeat(64);
type Levels = Extract<FromWorker, { t: 'levels' }>['legs'];

/** An offer that the fake takes: one microphone unless told otherwise, and listening sections. */
export const memoryOffer = (slots: number, mic = true): string =>
  ['v=0', ...(mic ? ['m=audio', 'a=sendonly'] : []), ...Array.from({ length: slots }, () => 'm=audio\r\na=recvonly'), ''].join('\r\n');

/** Sound of all rooms of a fake box. Rooms live on when a server detaches. */
export class MemoryMedia implements Media {
  readonly #rooms = new Map<string, MemoryRoom>();
  readonly #wallMs: () => number;

  /** `wallMs`: the wall clock of reports, in ms. */
  constructor(wallMs: () => number = Date.now) {
    this.#wallMs = wallMs;
  }

  open(room: string, onEvent: (event: MediaEvent) => void): Promise<MediaRoom> {
    const known = this.#rooms.get(room);
    const opened = known ?? new MemoryRoom(room, this.#wallMs, () => this.#rooms.delete(room));
    this.#rooms.set(room, opened);
    return Promise.resolve(opened.attach(onEvent, known?.runs === true));
  }

  /** Test side: the room as the worker has it. @throws Error when it was never opened */
  room(room: string): MemoryRoom {
    const found = this.#rooms.get(room);
    if (found === undefined) throw new Error(`no room ${room}`);
    return found;
  }
}

/** One room of the fake. Legs come up by themselves a turn after their answer, unless `manual` is set. */
export class MemoryRoom {
  /** Test side: legs stay `connecting` until moved. */
  manual = false;
  /** False when it was closed and has reports left, as a worker leaves them in its journal. */
  runs = true;
  /** Test side: the next call of this name fails so, once. */
  readonly failNext = new Map<'answer' | 'setEdges' | 'endLeg', MediaFault>();
  readonly #name: string;
  readonly #wallMs: () => number;
  readonly #forget: () => void;
  #world: MemoryWorld = emptyWorld();
  #tell: ((event: MediaEvent) => void) | undefined;
  #attachments = 0;

  constructor(name: string, wallMs: () => number, forget: () => void) {
    this.#name = name;
    this.#wallMs = wallMs;
    this.#forget = forget;
  }

  /** Test side: the edges in force, closed leases left out. */
  get openEdges(): readonly WorkerEdge[] {
    return this.#world.edges.filter((edge) => this.#world.leasesOpen || !edge.leased);
  }
  get epoch(): number {
    return this.#world.epoch;
  }
  /** Test side: reports that nobody acknowledged. */
  get pendingReports(): readonly WorkerReport[] {
    return [...this.#world.pending.values()];
  }
  /** Test side: who feeds each slot of a leg. */
  slotsOf(leg: string): readonly (string | null)[] {
    return this.#world.legs.get(leg)?.slots ?? [];
  }
  /** Test side: the state of a leg; undefined when it is not there. */
  stateOf(leg: string): LegState | undefined {
    return this.#world.legs.get(leg)?.state;
  }

  /** Test side: a leg changes as the watchdog would see it. */
  setLeg(leg: string, state: Exclude<LegState, 'ended'>, cause = 'test'): void {
    const found = this.#world.legs.get(leg);
    if (found === undefined) throw new Error(`no leg ${leg} in ${this.#name}`);
    this.#change(leg, found, state, cause);
    if (state === 'up' && found.sendsSound && found.files === 0) this.#startRecording(leg, found);
  }
  /** Test side: a fact for the log. */
  report(report: WorkerReport): void {
    this.#world.lastReport += 1;
    this.#world.pending.set(this.#world.lastReport, report);
    this.#tell?.({ t: 'report', n: this.#world.lastReport, report });
  }
  /** Test side: levels as they come five times a second. */
  levels(legs: Levels): void {
    this.#tell?.({ t: 'levels', atMs: this.#wallMs(), legs });
  }
  /** Test side: the worker dies and another is started at once. Legs are gone, reports are not. */
  crash(cause = 'killed'): void {
    const dead = this.#world;
    this.#world = { ...emptyWorld(), pending: dead.pending, lastReport: dead.lastReport };
    this.#tell?.({ t: 'down', cause });
    for (const [id, leg] of dead.legs) if (leg.files > 0) this.#keep(this.#closedReport(id, leg, 'repaired'));
    this.#announce(false);
  }

  /** Called by `MemoryMedia`: a server attaches; one that was there before hears nothing more. */
  attach(onEvent: (event: MediaEvent) => void, adopted: boolean): MediaRoom {
    this.#attachments += 1;
    this.runs = true;
    const number = this.#attachments;
    const early: MediaEvent[] = [];
    this.#tell = (event) => early.push(event);
    this.#announce(adopted);
    setImmediate(() => {
      if (this.#attachments !== number) return;
      this.#tell = onEvent;
      for (const event of early) onEvent(event);
    });
    return this.#handle(number);
  }

  #handle(number: number): MediaRoom {
    const mine = (): void => {
      if (this.#attachments !== number) throw new MediaFault('worker-down', 'no media worker');
    };
    const guarded = async <T>(work: () => T): Promise<T> => {
      mine();
      return work();
    };
    return {
      answer: (leg, sdp, profile) => guarded(() => this.#answer(leg, sdp, profile)),
      setEdges: (epoch, edges, beside) => guarded(() => this.#setEdges(epoch, edges, beside)),
      endLeg: (leg, reason) => guarded(() => this.#endLeg(leg, reason)),
      keep: (id, text) => void (this.#attachments === number && this.report({ kind: 'kept', id, text })),
      acknowledge: (n) => void (this.#attachments === number && this.#world.pending.delete(n)),
      detach: () => guarded(() => this.#detach()),
      close: async () => {
        mine();
        await this.#close();
      },
    };
  }

  #announce(adopted: boolean): void {
    const legs = [...this.#world.legs].map(([id, leg]) => viewOf(id, leg));
    this.#tell?.({ t: 'attached', adopted, epoch: this.#world.epoch, legs, edges: this.#world.edges });
    for (const [n, report] of this.#world.pending) this.#tell?.({ t: 'report', n, report });
  }

  #answer(id: string, sdp: string, profile: LegProfile): string {
    this.#failOnce('answer');
    if (!sdp.startsWith('v=0') || !/m=(audio|video)/.test(sdp)) throw new MediaFault('bad-offer', 'not a session description');
    const slotCount = Math.min(profile.hearSlots, sdp.split('a=recvonly').length - 1);
    const known = this.#world.legs.get(id);
    const leg: MemoryLeg = {
      state: known?.state ?? 'connecting',
      sinceMs: this.#wallMs(),
      slots: Array.from({ length: slotCount }, (_, slot) => known?.slots[slot] ?? null),
      profile,
      sendsSound: sdp.includes('a=sendonly') || sdp.includes('a=sendrecv'),
      files: known?.files ?? 0,
    };
    this.#world.legs.set(id, leg);
    fillSlots(this.#world, id, leg);
    this.#tell?.({ t: 'slots', leg: id, slots: [...leg.slots] });
    if (known === undefined || known.state === 'lost') this.#change(id, leg, 'connecting', 'negotiated');
    setImmediate(() => {
      if (!this.manual && this.#world.legs.get(id) === leg && leg.state === 'connecting') this.setLeg(id, 'up', 'sound');
    });
    return `v=0\r\nm=audio\r\na=answer:${id}\r\n`;
  }

  #setEdges(epoch: number, edges: readonly WorkerEdge[], { hushed = [] }: Beside = {}): void {
    this.#failOnce('setEdges');
    if (epoch <= this.#world.epoch) throw new MediaFault('refused', `stale-epoch: epoch ${epoch} is not above ${this.#world.epoch}`);
    Object.assign(this.#world, { epoch, edges: [...edges], leasesOpen: true, hushed });
    this.#route();
  }

  #endLeg(id: string, reason: string): void {
    this.#failOnce('endLeg');
    const leg = this.#world.legs.get(id);
    if (leg === undefined) return;
    this.#world.legs.delete(id);
    if (leg.files > 0) this.report(this.#closedReport(id, leg, 'ended'));
    this.#change(id, leg, 'ended', reason);
  }

  #detach(): void {
    this.#attachments += 1;
    const number = this.#attachments;
    this.#tell = undefined;
    setTimeout(() => {
      if (this.#attachments === number) this.#closeLeases();
    }, EDGE_LEASE_MS).unref();
  }

  async #close(): Promise<void> {
    for (const id of [...this.#world.legs.keys()]) this.#endLeg(id, 'closed');
    for (let waitedMs = 0; this.#world.pending.size > 0 && waitedMs < LAST_ACK_MS; waitedMs += ACK_POLL_MS) await sleep(ACK_POLL_MS);
    this.#attachments += 1;
    this.#tell = undefined;
    const { pending, lastReport } = this.#world;
    this.#world = { ...emptyWorld(), pending, lastReport };
    this.runs = false;
    if (pending.size === 0) this.#forget();
  }

  #closeLeases(): void {
    this.#world.leasesOpen = false;
    this.#route();
  }

  #route(): void {
    for (const [id, leg] of this.#world.legs) {
      if (fillSlots(this.#world, id, leg)) this.#tell?.({ t: 'slots', leg: id, slots: [...leg.slots] });
    }
  }

  #change(id: string, leg: MemoryLeg, state: LegState, cause: string): void {
    leg.state = state;
    leg.sinceMs = this.#wallMs();
    this.#tell?.({ t: 'leg', leg: id, state, atMs: this.#wallMs(), cause });
  }

  #startRecording(id: string, leg: MemoryLeg): void {
    leg.files += 1;
    this.report({ kind: 'recording-started', leg: id, file: fileOf(id, leg), atMs: this.#wallMs() });
  }

  #closedReport(id: string, leg: MemoryLeg, cause: 'ended' | 'repaired'): WorkerReport {
    const startedAtMs = leg.sinceMs;
    const figures = { bytes: 0, startedAtMs, durationMs: 0, packets: 0, lostPackets: 0 };
    return { kind: 'segment-closed', leg: id, file: fileOf(id, leg), sha256: NO_HASH, ...figures, cause };
  }

  /** Kept for the next `attached`, not told now. */
  #keep(report: WorkerReport): void {
    this.#world.lastReport += 1;
    this.#world.pending.set(this.#world.lastReport, report);
  }

  #failOnce(call: 'answer' | 'setEdges' | 'endLeg'): void {
    const fault = this.failNext.get(call);
    this.failNext.delete(call);
    if (fault !== undefined) throw fault;
  }
}

const fileOf = (id: string, leg: MemoryLeg): string => `${id}/${String(leg.files).padStart(5, '0')}.opus`;
