// The worker's heart, of sound and of pictures: legs, edges and slots in one place, driven by packets and by a tick. No sockets, no processes, no timers of its own.
import type { FromWorker, LegProfile, LegView, WorkerEdge, WorkerGuard } from '../protocol/worker.ts';
import { COMFORT_LEG } from '../protocol/worker.ts';
import type { MediaClock } from './clock.ts';
import { WorkerFault } from './fault.ts';
import { LeakWatch } from './leak/watch.ts';
import { Leg } from './leg/leg.ts';
import type { MediaLog } from './log.ts';
import { textOf } from './log.ts';
import type { PictureIn } from './pictures/packet.ts';
import type { SendReport } from './recorder/alarms.ts';
import type { RecordingDisk } from './recorder/disk.ts';
import { DiskWatch } from './recorder/disk-watch.ts';
import { LegRecorder } from './recorder/leg-recorder.ts';
import { PictureRecorder } from './recorder/pictures/picture-recorder.ts';
import { EdgeTable, type WantedSource } from './routing/edges.ts';
import { planSlots } from './routing/slots.ts';
import { FRAME_MS, FRAME_SAMPLES } from './rtp/opus.ts';
import type { RtpIn } from './rtp/packet.ts';
import { seqAdd, tsAdd } from './rtp/sequence.ts';
import type { TransportFactory } from './transports/transport.ts';

const LEVELS_EVERY_MS = 200;
const DIGEST_EVERY_MS = 60_000;
/** Most frames of the comfort sound made up at once after the process was held up. */
const MAX_CATCH_UP = 3;

/** What the room tells whoever is attached. */
export type RoomSignal = Extract<FromWorker, { t: 'leg' | 'slots' | 'levels' | 'leak' }>;

export interface RoomOptions {
  readonly dir: string;
  readonly segmentS: number;
  readonly clock: MediaClock;
  readonly disk: RecordingDisk;
  readonly log: MediaLog;
  readonly random: () => number;
  readonly transports: TransportFactory;
  readonly comfort: readonly Uint8Array[];
  readonly signal: (signal: RoomSignal) => void;
  readonly report: SendReport;
}

/** What stands beside the matrix (protocol/worker, `edges`): legs of which something is not taken, pairs watched for leaks. */
export interface Beside {
  readonly hushed?: readonly string[] | undefined;
  readonly unrecorded?: readonly string[] | undefined;
  readonly guards?: readonly WorkerGuard[] | undefined;
}

/** The sound of one room. Nothing in it waits for a disk or a network; what it tells goes out by `signal` and `report`. */
export class Room {
  readonly #options: RoomOptions;
  readonly #legs = new Map<string, Leg>();
  readonly #recorders = new Map<string, LegRecorder | PictureRecorder>();
  readonly #edges = new EdgeTable();
  readonly #diskWatch: DiskWatch;
  readonly #leaks: LeakWatch;
  readonly #negotiating = new Map<string, Promise<unknown>>();
  /** How often legs were ended that an offer was on its way for: such an offer comes to nothing. */
  readonly #ends = new Map<string, number>();
  #comfort: { stream: string; seq: number; ts: number; frame: number; dueMonoMs: number } | undefined;
  #withheld: { readonly hushed: readonly string[]; readonly unrecorded: readonly string[] } = { hushed: [], unrecorded: [] };
  #comfortStarts = 0;
  #levelsDueMonoMs = 0;
  #digestDueMonoMs: number;
  #closing = false;

  constructor(options: RoomOptions) {
    this.#options = options;
    this.#leaks = new LeakWatch(options.signal);
    this.#digestDueMonoMs = options.clock.monoMs() + DIGEST_EVERY_MS;
    this.#diskWatch = new DiskWatch(options.dir, options.disk, (detail) => this.#diskLow(detail));
  }

  get epoch(): number {
    return this.#edges.epoch;
  }
  get edges(): readonly WorkerEdge[] {
    return this.#edges.edges;
  }
  /** True when a leg has sound or may have it again. */
  get hasLiveLegs(): boolean {
    return [...this.#legs.values()].some((leg) => leg.state === 'up' || leg.state === 'amber' || leg.state === 'connecting');
  }

  views(): LegView[] {
    return [...this.#legs.values()].map((leg) => leg.view());
  }

  /** Answers an offer for a leg, which may be a new one. Offers for one leg are taken one after another. @throws WorkerFault */
  async offer(id: string, sdp: string, profile: LegProfile): Promise<string> {
    if (this.#closing) throw new WorkerFault('closing', 'the worker is closing');
    if (id === COMFORT_LEG) throw new WorkerFault('bad-message', `${COMFORT_LEG} is not a leg`);
    const before = this.#negotiating.get(id) ?? Promise.resolve();
    const ends = this.#ends.get(id);
    const turn = before.then(() => this.#negotiate(id, sdp, { profile, isOver: () => this.#ends.get(id) !== ends }));
    const settled = turn.catch(() => undefined);
    this.#negotiating.set(id, settled);
    try {
      return await turn;
    } finally {
      if (this.#negotiating.get(id) === settled) {
        this.#negotiating.delete(id);
        this.#ends.delete(id);
      }
    }
  }

  /** Replaces the matrix, what is withheld, and what is watched for leaks: what is not in it closes first, then the rest opens, before
   *  the next packet. @throws WorkerFault stale-epoch */
  setEdges(epoch: number, edges: readonly WorkerEdge[], { hushed = [], unrecorded = [], guards = [] }: Beside = {}): void {
    this.#edges.set(epoch, edges, this.#options.clock.monoMs());
    this.#withheld = { hushed, unrecorded };
    for (const leg of this.#legs.values()) this.#withholdFrom(leg);
    this.#route();
    this.#leaks.set(guards);
  }

  renew(epoch: number): void {
    if (this.#edges.renew(epoch, this.#options.clock.monoMs())) this.#route();
  }

  /** Ends a leg and its recording. A leg that is not there has ended already. */
  async endLeg(id: string, reason: string): Promise<void> {
    if (this.#negotiating.has(id)) this.#ends.set(id, (this.#ends.get(id) ?? 0) + 1);
    const leg = this.#legs.get(id);
    if (leg === undefined) return;
    this.#legs.delete(id);
    await leg.end(reason);
    this.#recorders.delete(id);
  }

  /** Ends every leg; resolved when all recordings are closed. */
  async close(reason: string): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#legs.keys()].map((id) => this.endLeg(id, reason)));
  }

  /** Call about every 10 ms. A throw in one leg does not keep the others from their tick. */
  tick(): void {
    const nowMonoMs = this.#options.clock.monoMs();
    if (this.#edges.expire(nowMonoMs)) this.#route();
    for (const leg of this.#legs.values()) this.#step('leg-tick', () => leg.tick(nowMonoMs));
    this.#step('comfort', () => this.#tickComfort(nowMonoMs));
    if (nowMonoMs >= this.#levelsDueMonoMs) this.#step('levels', () => this.#tellLevels(nowMonoMs));
    if (nowMonoMs >= this.#digestDueMonoMs) this.#step('digest', () => this.#tellDigest(nowMonoMs));
    this.#step('leaks', () => this.#leaks.tick(nowMonoMs));
    this.#diskWatch.tick(nowMonoMs);
  }

  async #negotiate(id: string, sdp: string, { profile, isOver }: { profile: LegProfile; isOver: () => boolean }): Promise<string> {
    if (isOver()) throw new WorkerFault('ended', 'the leg was ended');
    if ((this.#legs.get(id)?.isCamera ?? profile.camera === true) !== (profile.camera === true))
      throw new WorkerFault('bad-message', `${id} cannot change between sound and pictures`);
    const transport = this.#options.transports(profile);
    const answer = await transport.answer(sdp);
    if (this.#closing || isOver()) {
      transport.close();
      throw this.#closing ? new WorkerFault('closing', 'the worker is closing') : new WorkerFault('ended', 'the leg was ended');
    }
    const leg = this.#legs.get(id) ?? this.#createLeg(id, profile);
    leg.adopt(transport);
    return answer;
  }

  #createLeg(id: string, profile: LegProfile): Leg {
    const { dir, disk, clock, log, report, segmentS, random, signal } = this.#options;
    const needsKeyframe = (): void => this.#legs.get(id)?.wantKeyframe();
    const recording = { leg: id, dir, disk, clock, log, report, segmentS };
    const recorder = profile.camera === true ? new PictureRecorder({ ...recording, needsKeyframe }) : new LegRecorder(recording);
    const leg = new Leg({
      id,
      profile,
      clock,
      log,
      random,
      recorder,
      events: {
        changed: (_leg, { state, cause }) => signal({ t: 'leg', leg: id, state, atMs: clock.wallMs(), cause: cause.slice(0, 200) }),
        sound: (_leg, stream, packet) => this.#forward(id, stream, packet),
        decoded: (_leg, pcm, arrival) => this.#leaks.push(id, pcm, arrival),
        picture: (_leg, from, packet) => this.#show(id, from, packet),
        keyframeWanted: (source) => this.#legs.get(source)?.wantKeyframe(),
        slotsResized: (resized) => {
          this.#route();
          signal({ t: 'slots', leg: id, slots: [...resized.plan] });
        },
      },
    });
    this.#legs.set(id, leg);
    this.#recorders.set(id, recorder);
    this.#withholdFrom(leg);
    return leg;
  }

  #withholdFrom(leg: Leg): void {
    leg.withhold({ hushed: this.#withheld.hushed.includes(leg.id), unrecorded: this.#withheld.unrecorded.includes(leg.id) });
  }

  #forward(from: string, stream: string, packet: RtpIn): void {
    const nowMonoMs = this.#options.clock.monoMs();
    for (const leg of this.#legs.values()) this.#step('forward', () => leg.listener.forward(from, stream, packet, nowMonoMs));
  }

  #show(from: string, stream: string, packet: PictureIn): void {
    const nowMonoMs = this.#options.clock.monoMs();
    for (const leg of this.#legs.values()) this.#step('show', () => leg.watcher.forward(from, stream, packet, nowMonoMs));
  }

  /** Brings every listener and every watcher to the matrix: all that closes closes before anything opens. Runs whole between two packets. */
  #route(): void {
    const nowMonoMs = this.#options.clock.monoMs();
    const changes = [...this.#legs.values()].map((leg) => {
      const [before, seen] = [leg.listener.plan, leg.watcher.plan];
      const sources = this.#sourcesOf(leg.id);
      // An edge's kind is that of its source: a camera takes no listening slot, a voice no viewing slot.
      const isCamera = ({ from }: { from: string }): boolean => this.#legs.get(from)?.isCamera === true;
      const plan = planSlots(
        before,
        sources.filter((source) => !isCamera(source)),
        before.length,
      );
      const view = planSlots(seen, sources.filter(isCamera), seen.length);
      return { leg, before, plan, seen, view };
    });
    for (const { leg, plan, view } of changes) {
      leg.listener.closeFor(plan, nowMonoMs);
      leg.watcher.closeFor(view);
    }
    for (const { leg, before, plan, seen, view } of changes) {
      const hears = leg.listener.openFor(plan, before, nowMonoMs);
      const sees = leg.watcher.openFor(view, seen);
      if (hears || sees) this.#options.signal({ t: 'slots', leg: leg.id, slots: [...leg.plan] });
    }
  }

  #sourcesOf(id: string): WantedSource[] {
    return this.#edges.sourcesOf(id).filter(({ from }) => !this.#withheld.hushed.includes(from));
  }

  #tickComfort(nowMonoMs: number): void {
    const { comfort, random } = this.#options;
    const wanted = [...this.#legs.values()].some((leg) => leg.listener.plan.includes(COMFORT_LEG));
    if (!wanted || comfort.length === 0) {
      this.#comfort = undefined;
      return;
    }
    if (this.#comfort === undefined) this.#comfortStarts += 1;
    this.#comfort ??= {
      stream: `${COMFORT_LEG}/${this.#comfortStarts}`,
      seq: Math.floor(random() * 0x7fff),
      ts: Math.floor(random() * 0xffff_ffff),
      frame: 0,
      dueMonoMs: nowMonoMs,
    };
    const state = this.#comfort;
    for (let frames = 0; nowMonoMs >= state.dueMonoMs && frames < MAX_CATCH_UP; frames++) {
      const payload = comfort[state.frame % comfort.length] as Uint8Array;
      const { seq, ts } = state;
      this.#forward(COMFORT_LEG, state.stream, {
        seq,
        ts,
        ssrc: 0,
        payload,
        arrivalMonoMs: state.dueMonoMs,
        arrivalWallMs: this.#options.clock.wallMs(),
      });
      Object.assign(state, {
        seq: seqAdd(seq, 1),
        ts: tsAdd(ts, FRAME_SAMPLES),
        frame: state.frame + 1,
        dueMonoMs: state.dueMonoMs + FRAME_MS,
      });
    }
    if (nowMonoMs >= state.dueMonoMs) state.dueMonoMs = nowMonoMs;
  }

  #tellLevels(nowMonoMs: number): void {
    this.#levelsDueMonoMs = nowMonoMs + LEVELS_EVERY_MS;
    const legs: Record<string, { db: number; lost: number; recording: boolean }> = {};
    for (const leg of this.#legs.values()) {
      const level = leg.takeLevel(nowMonoMs);
      if (level !== undefined) legs[leg.id] = level;
    }
    this.#options.signal({ t: 'levels', atMs: this.#options.clock.wallMs(), legs });
  }

  #tellDigest(nowMonoMs: number): void {
    this.#digestDueMonoMs = nowMonoMs + DIGEST_EVERY_MS;
    const segments = [...this.#recorders.values()].map((recorder) => recorder.digest()).filter((entry) => entry !== undefined);
    if (segments.length > 0) this.#options.report({ kind: 'digest', atMs: this.#options.clock.wallMs(), segments });
  }

  #diskLow(detail: string | undefined): void {
    for (const recorder of this.#recorders.values()) {
      // Pictures go first, so that sound can be recorded for longer.
      if (recorder instanceof PictureRecorder) detail === undefined ? recorder.resume() : recorder.stop(detail);
      else if (detail === undefined) recorder.alarms.clear('disk-low');
      else recorder.alarms.raise('disk-low', detail);
    }
  }

  #step(what: string, run: () => void): void {
    try {
      run();
    } catch (thrown) {
      this.#options.log('room-step-threw', { what, error: textOf(thrown) });
    }
  }
}
