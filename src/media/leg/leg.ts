// One leg: its transports in turn, its way into the recorder, its meter, its slots to hear and to see. The leg outlives its transports.
import type { LegProfile, LegView } from '../../protocol/worker.ts';
import type { MediaClock } from '../clock.ts';
import { type MediaLog, textOf } from '../log.ts';
import { Gaps } from '../pictures/gaps.ts';
import { KeyframeAsks } from '../pictures/keyframes.ts';
import type { PictureIn } from '../pictures/packet.ts';
import { Watcher } from '../pictures/watcher.ts';
import type { LegRecorder } from '../recorder/leg-recorder.ts';
import { PictureRecorder } from '../recorder/pictures/picture-recorder.ts';
import { Listener } from '../routing/listener.ts';
import type { SlotPlan } from '../routing/slots.ts';
import type { RtpIn } from '../rtp/packet.ts';
import { ReplayFilter } from '../rtp/replay.ts';
import type { LegTransport, PictureFeedback, TransportState } from '../transports/transport.ts';
import { LossCounter } from './loss.ts';
import { Meter } from './meter.ts';
import { type LegChange, type Sends, Watchdog } from './watchdog.ts';

/** The old transport of a swap lives this much longer, so that packets on their way are not cut, in milliseconds. */
const SWAP_OVERLAP_MS = 200;
/** A new transport that does not connect in this time is given up; the old one, if any, goes on, in milliseconds. */
const SWAP_LIMIT_MS = 10_000;

/** The level of a leg of which nothing is taken, dBFS. */
const SILENCE_DB = -100;

/** What a leg tells its worker. */
export interface LegEvents {
  changed(leg: Leg, change: LegChange): void;
  /** A packet from the far end's microphone, recorded already. `stream` names leg, transport and SSRC. */
  sound(leg: Leg, stream: string, packet: RtpIn): void;
  /** A packet of the far end's microphone as 16 kHz samples, which are good until this returns. */
  decoded(leg: Leg, pcm: Int16Array, arrival: { readonly stream: string; readonly ts: number; readonly monoMs: number }): void;
  /** A packet from the far end's camera, recorded already. */
  picture(leg: Leg, stream: string, packet: PictureIn): void;
  /** The far end cannot go on without a key picture of this camera. */
  keyframeWanted(source: string): void;
  /** The number of slots may be another one now. */
  slotsResized(leg: Leg): void;
}

export interface LegOptions {
  readonly id: string;
  readonly profile: LegProfile;
  readonly clock: MediaClock;
  readonly log: MediaLog;
  readonly random: () => number;
  /** A leg records sound or pictures, never both. */
  readonly recorder: LegRecorder | PictureRecorder;
  readonly events: LegEvents;
}

interface Path {
  readonly transport: LegTransport;
  readonly number: number;
  readonly sinceMonoMs: number;
  readonly replay: Map<number, ReplayFilter>;
  readonly gaps: Map<number, Gaps>;
}

/** A party's media. What one of its steps throws is logged and counted, and reaches nobody else. */
export class Leg {
  readonly id: string;
  readonly listener: Listener;
  readonly watcher: Watcher;
  readonly #keyframes = new KeyframeAsks();
  readonly #options: LegOptions;
  readonly #watchdog: Watchdog;
  readonly #meter = new Meter();
  readonly #loss = new LossCounter();
  #current: Path | undefined;
  #pending: Path | undefined;
  #speaking: Path | undefined;
  #retiring: { path: Path; untilMonoMs: number }[] = [];
  #paths = 0;
  #isHushed = false;
  #sinceWallMs: number;

  constructor(options: LegOptions) {
    this.id = options.id;
    this.#options = options;
    this.#watchdog = new Watchdog(options.clock.monoMs());
    this.#sinceWallMs = options.clock.wallMs();
    this.listener = new Listener({
      warm: options.profile.warm,
      random: options.random,
      send: (slot, packet) => this.#current?.transport.send(slot, packet) ?? false,
    });
    this.watcher = new Watcher({
      random: options.random,
      send: (slot, packet) => this.#current?.transport.sendPicture(slot, packet) ?? false,
    });
  }

  get state(): LegView['state'] {
    return this.#watchdog.state;
  }

  /** True for a camera: its edges carry pictures. */
  get isCamera(): boolean {
    return this.#options.profile.camera === true;
  }
  /** Who feeds its slots: what it hears, or what it sees. */
  get plan(): SlotPlan {
    return this.watcher.plan.length > 0 ? this.watcher.plan : this.listener.plan;
  }

  view(): LegView {
    return {
      leg: this.id,
      state: this.state,
      sinceMs: this.#sinceWallMs,
      slots: [...this.plan],
      recording: this.#options.recorder.recording,
    };
  }

  /** Takes an answered transport. The first is used at once; a later one when it connects, and the old one is closed after it. */
  adopt(transport: LegTransport): void {
    const nowMonoMs = this.#options.clock.monoMs();
    this.#paths += 1;
    const path: Path = { transport, number: this.#paths, sinceMonoMs: nowMonoMs, replay: new Map(), gaps: new Map() };
    this.#pending?.transport.close();
    this.#pending = path;
    transport.onRtp((packet) => this.#received(path, packet));
    transport.onPicture((packet) => this.#pictured(path, packet));
    transport.onFeedback((feedback) => this.#feedback(path, feedback));
    transport.onAlive(() => this.#alive(path));
    transport.onState((state, cause) => this.#pathState(path, state, cause));
    if (this.#current === undefined || transport.state === 'connected') this.#switchTo(path);
    this.#tell(this.#watchdog.negotiated(sendsOf(transport), nowMonoMs));
  }

  /** What is not to be taken from this leg from the next packet on. `hushed`: nothing, though the path is kept and watched. */
  withhold({ hushed, unrecorded }: { readonly hushed: boolean; readonly unrecorded: boolean }): void {
    this.#isHushed = hushed;
    if (hushed) this.#meter.take();
    this.#options.recorder.pause(hushed || unrecorded);
  }

  tick(nowMonoMs: number): void {
    this.#tell(this.#watchdog.tick(nowMonoMs));
    this.listener.tick(nowMonoMs);
    this.#options.recorder.tick(nowMonoMs);
    this.#step('pictures', () => this.#tickPictures(nowMonoMs));
    for (const entry of this.#retiring) if (nowMonoMs >= entry.untilMonoMs) entry.path.transport.close();
    this.#retiring = this.#retiring.filter((entry) => nowMonoMs < entry.untilMonoMs);
    if (this.#pending !== undefined && nowMonoMs - this.#pending.sinceMonoMs > SWAP_LIMIT_MS) {
      this.#pending.transport.close();
      this.#pending = undefined;
    }
  }

  /** Level and loss for the meters; undefined when no packet came since the last call. */
  takeLevel(nowMonoMs: number): { db: number; lost: number; recording: boolean } | undefined {
    if (this.#isHushed) return { db: SILENCE_DB, lost: 0, recording: false };
    const db = this.#meter.take();
    return db === undefined ? undefined : { db, lost: this.#loss.lost(nowMonoMs), recording: this.#options.recorder.recording };
  }

  /** Ends every transport and then the recording, in order. */
  async end(reason: string): Promise<void> {
    for (const path of [this.#current, this.#pending, ...this.#retiring.map((entry) => entry.path)]) path?.transport.close();
    this.#current = undefined;
    this.#pending = undefined;
    this.#retiring = [];
    await this.#options.recorder.close();
    this.#tell(this.#watchdog.ended(reason));
  }

  /** Somebody needs a key picture of this camera; asked for at once or as soon as it may be. */
  wantKeyframe(): void {
    if (this.#keyframes.want(this.#options.clock.monoMs())) this.#current?.transport.askKeyframe();
  }

  #pictured(path: Path, packet: PictureIn): void {
    const { recorder } = this.#options;
    if (!(recorder instanceof PictureRecorder) || !this.#isHeard(path)) return;
    const gaps = path.gaps.get(packet.ssrc) ?? new Gaps();
    path.gaps.set(packet.ssrc, gaps);
    if (!gaps.accept(packet.seq, packet.arrivalMonoMs)) return;
    const stream = `${this.id}/${path.number}/${packet.ssrc}`;
    this.#step('record', () => recorder.push(stream, packet));
    this.#step('watch', () => this.#tell(this.#watchdog.media(packet.arrivalMonoMs)));
    this.#step('forward', () => this.#options.events.picture(this, stream, packet));
  }

  #feedback(path: Path, feedback: PictureFeedback): void {
    if (path !== this.#current) return;
    const source = this.watcher.sourceOf(feedback.slot);
    if (feedback.t === 'again') this.watcher.again(feedback.slot, feedback.seqs);
    else if (source !== null) this.#options.events.keyframeWanted(source);
  }

  #tickPictures(nowMonoMs: number): void {
    for (const source of this.watcher.waitingFor()) this.#options.events.keyframeWanted(source);
    const path = this.#speaking;
    if (path === undefined || path.gaps.size === 0) return;
    for (const gaps of path.gaps.values()) {
      path.transport.askAgain(gaps.ask(nowMonoMs));
      if (gaps.takeFinal()) this.wantKeyframe();
    }
    if (this.#keyframes.due(nowMonoMs)) path.transport.askKeyframe();
  }

  #received(path: Path, packet: RtpIn): void {
    const { recorder } = this.#options;
    if (recorder instanceof PictureRecorder || !this.#isHeard(path)) return;
    const stream = `${this.id}/${path.number}/${packet.ssrc}`;
    if (!this.#isNew(path, packet)) return;
    this.#step('watch', () => this.#tell(this.#watchdog.media(packet.arrivalMonoMs)));
    if (this.#isHushed) return;
    this.#step('record', () => recorder.push(stream, packet));
    this.#step('forward', () => this.#options.events.sound(this, stream, packet));
    this.#step('meter', () => {
      this.#loss.add(stream, packet);
      const meanSquare = this.#meter.add(packet.payload);
      if (meanSquare !== undefined) recorder.measured(packet, meanSquare);
    });
    this.#step('decoded', () => {
      const { pcm } = this.#meter;
      if (pcm !== undefined) this.#options.events.decoded(this, pcm, { stream, ts: packet.ts, monoMs: packet.arrivalMonoMs });
    });
  }

  /** While two transports carry the same microphone only one is taken: the old one until the new one brings sound, then the new one. */
  #isHeard(path: Path): boolean {
    if (path === this.#pending) this.#switchTo(path);
    if (this.#speaking === undefined || path.number > this.#speaking.number) this.#speaking = path;
    return path === this.#speaking;
  }

  #isNew(path: Path, packet: RtpIn): boolean {
    let filter = path.replay.get(packet.ssrc);
    if (filter === undefined) {
      filter = new ReplayFilter();
      path.replay.set(packet.ssrc, filter);
    }
    return filter.accept(packet.seq);
  }

  #alive(path: Path): void {
    // Checks come before the encrypted path stands: only then can the far end hear.
    if (path === this.#current && path.transport.state === 'connected') this.#tell(this.#watchdog.alive(this.#options.clock.monoMs()));
  }

  #pathState(path: Path, state: TransportState, cause: string): void {
    if (state === 'connected' && path === this.#pending) this.#switchTo(path);
    if (state === 'connected') this.#alive(path);
    if (state !== 'closed') return;
    if (path === this.#pending) this.#pending = undefined;
    if (path !== this.#current) return;
    this.#current = undefined;
    if (this.#pending === undefined) this.#tell(this.#watchdog.pathGone(cause));
    else this.#switchTo(this.#pending);
  }

  #switchTo(path: Path): void {
    const nowMonoMs = this.#options.clock.monoMs();
    if (this.#current !== undefined) this.#retiring.push({ path: this.#current, untilMonoMs: nowMonoMs + SWAP_OVERLAP_MS });
    this.#current = path;
    if (this.#pending === path) this.#pending = undefined;
    this.listener.resize(path.transport.slotCount, nowMonoMs);
    this.watcher.resize(path.transport.seeSlotCount);
    this.#options.events.slotsResized(this);
  }

  #tell(change: LegChange | undefined): void {
    if (change === undefined) return;
    this.#sinceWallMs = this.#options.clock.wallMs();
    this.#options.recorder.legState(change.state);
    this.#options.events.changed(this, change);
  }

  /** One step of a packet's way; what it throws stays here. */
  #step(what: string, run: () => void): void {
    try {
      run();
    } catch (thrown) {
      this.#options.log('packet-step-threw', { leg: this.id, what, error: textOf(thrown) });
    }
  }
}

function sendsOf({ hasMic, camera }: LegTransport): Sends {
  if (camera !== undefined) return 'pictures';
  return hasMic ? 'sound' : 'nothing';
}
