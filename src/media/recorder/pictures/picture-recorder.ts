// Records one camera at its entry: whole pictures, after lost packets were asked for again, into segments that begin with a key picture.
import { join } from 'node:path';
import type { LegState, WorkerReport } from '../../../protocol/worker.ts';
import { type Frame, FrameAssembler } from '../../pictures/frames.ts';
import { GIVE_UP_MS } from '../../pictures/gaps.ts';
import type { PictureIn } from '../../pictures/packet.ts';
import { type Ordered, ReorderWindow } from '../../rtp/reorder.ts';
import { Alarms } from '../alarms.ts';
import { createNext } from '../disk.ts';
import { LegIndex } from '../leg-index.ts';
import type { LegRecorderOptions } from '../leg-recorder.ts';
import type { OpenSegment, Recorder } from '../recorder.ts';
import { EXTENSIONS } from './container.ts';
import { PictureClock } from './picture-clock.ts';
import { PictureSegment } from './picture-segment.ts';

const SECOND_MS = 1_000;
/** Every this many index lines one carries the hash of the bytes so far. */
const HASH_EVERY_LINES = 5;
/** Checks come once a second; this many in a row without a byte more while packets come are an alarm. */
const BAD_CHECKS = 4;
/** A segment whose minute is over is closed when no picture came for this long, in milliseconds. */
const IDLE_CLOSE_MS = 2_000;

export interface PictureRecorderOptions extends LegRecorderOptions {
  /** Nothing can be recorded before the next key picture. May be called often. */
  readonly needsKeyframe: () => void;
}

type ClosedCause = Extract<WorkerReport, { kind: 'segment-closed' }>['cause'];

/** The recording of one camera over all its transports. Nothing waits, except `close`. */
export class PictureRecorder implements Recorder {
  readonly alarms: Alarms;
  readonly #options: PictureRecorderOptions;
  readonly #folder: string;
  readonly #index: LegIndex;
  readonly #window: ReorderWindow<PictureIn>;
  readonly #frames = new FrameAssembler();
  readonly #clock = new PictureClock();
  #creating: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> = Promise.resolve();
  #segment: PictureSegment | undefined;
  #stream = '';
  #newest: PictureIn | undefined;
  #frameMonoMs = 0;
  #lost = 0;
  #packets = 0;
  #secondDueMonoMs = 0;
  #indexLines = 0;
  #grown = { bytes: -1, bad: 0 };
  #stopped = false;
  #isPaused = false;
  #closed = false;

  constructor(options: PictureRecorderOptions) {
    this.#options = options;
    this.#folder = join(options.dir, options.leg);
    this.#index = new LegIndex(this.#folder, options.disk, options.log);
    this.alarms = new Alarms(options.leg, options.report, options.clock.wallMs);
    this.#window = new ReorderWindow<PictureIn>(() => undefined, { windowMs: GIVE_UP_MS + 100, maxHeld: 1_024 });
  }

  get recording(): boolean {
    return this.#segment?.file.name !== undefined && !this.alarms.any;
  }

  /** Takes a packet at the leg's entry, each once. `stream` names transport and SSRC. */
  push(stream: string, packet: PictureIn): void {
    if (this.#closed || this.#stopped || this.#isPaused) return;
    if (stream !== this.#stream) {
      this.#placeAll(this.#window.flush());
      this.#frames.broken();
      this.#stream = stream;
    }
    this.#newest = packet;
    this.#packets += 1;
    this.#placeAll(this.#window.push(packet));
    if (this.#frames.needsKey) this.#options.needsKeyframe();
  }

  /** Room on the disk is for the sound: the file is closed in order and nothing more is written until `resume`. */
  stop(detail: string): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.alarms.raise('disk-low', `${detail}; pictures are not recorded, sound goes on`);
    this.#window.flush();
    this.#frames.broken();
    this.#closeSegment('ended');
  }

  resume(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.alarms.clear('disk-low');
  }

  /** Nothing is to be recorded for a while: the file is closed in order; the next one begins with a key picture. */
  pause(on: boolean): void {
    if (on === this.#isPaused || this.#closed) return;
    if (on) {
      this.#placeAll(this.#window.flush());
      this.#frames.broken();
      this.#closeSegment('ended');
    }
    this.#isPaused = on;
    this.#index.add({ at: on ? 'paused' : 'resumed', wallMs: this.#options.clock.wallMs() });
  }

  legState(state: LegState): void {
    this.#index.add({ at: 'state', state, wallMs: this.#options.clock.wallMs() });
  }

  tick(nowMonoMs: number): void {
    if (this.#closed) return;
    this.#placeAll(this.#window.tick(nowMonoMs));
    this.#closeWhenIdle(nowMonoMs);
    if (nowMonoMs < this.#secondDueMonoMs) return;
    this.#secondDueMonoMs = nowMonoMs + SECOND_MS;
    if (this.#isPaused) return;
    this.#indexSecond();
    this.#checkGrowth(nowMonoMs);
  }

  digest(): OpenSegment | undefined {
    const file = this.#segment?.file;
    if (file?.name === undefined) return undefined;
    return { leg: this.#options.leg, file: this.#reported(file.name), bytes: file.writtenBytes, sha256: file.digest() };
  }

  async close(): Promise<void> {
    this.#placeAll(this.#window.flush());
    this.#closed = true;
    this.#closeSegment('ended');
    await this.#closing;
    await this.#index.flush();
  }

  #placeAll(ordered: readonly Ordered<PictureIn>[]): void {
    for (const { packet, lost } of ordered) {
      if (lost > 0) this.#frames.broken();
      this.#lost += lost;
      if (this.#segment !== undefined) this.#segment.lostPackets += lost;
      const frame = this.#frames.push(packet);
      if (frame !== undefined) this.#place(frame);
    }
  }

  #place(frame: Frame): void {
    const atMs = this.#clock.place(this.#stream, frame.last);
    this.#frameMonoMs = frame.last.arrivalMonoMs;
    const isFull =
      this.#segment !== undefined && frame.last.arrivalWallMs - this.#segment.startedAtMs >= this.#options.segmentS * SECOND_MS;
    if (isFull && !frame.key) this.#options.needsKeyframe();
    const changed = frame.format !== undefined && this.#segment !== undefined && frame.format.codec !== this.#segment.format.codec;
    if (frame.key && (isFull || changed)) this.#closeSegment('full');
    if (this.#segment === undefined && frame.format !== undefined) this.#segment = this.#open(frame, atMs, isFull);
    const segment = this.#segment;
    if (segment === undefined) return;
    segment.add(frame, atMs);
    segment.packets += this.#packets;
    this.#packets = 0;
  }

  /** `goesOn`: the segment follows another without a break, which is nothing to tell. */
  #open(frame: Frame, beginsAtMs: number, goesOn: boolean): PictureSegment {
    const { leg, disk, report } = this.#options;
    const format = frame.format as NonNullable<Frame['format']>;
    const startedAtMs = Math.round(frame.last.arrivalWallMs);
    return new PictureSegment({
      disk,
      folder: this.#folder,
      format,
      startedAtMs,
      beginsAtMs,
      create: () => this.#createFile(EXTENSIONS[format.codec]),
      onStarted: (name) => {
        this.#index.add({ at: 'opened', file: name, wallMs: startedAtMs });
        void this.#index.flush();
        if (!goesOn) report({ kind: 'recording-started', leg, file: this.#reported(name), atMs: startedAtMs });
      },
      onFault: (code, detail) => this.alarms.raise(code === 'ENOSPC' ? 'disk-full' : 'write-failed', `${code} ${detail}`),
      onFine: () => {
        this.alarms.clear('write-failed');
        this.alarms.clear('disk-full');
      },
    });
  }

  #createFile(extension: string): ReturnType<typeof createNext> {
    const made = this.#creating.then(() => createNext(this.#options.disk, this.#folder, extension));
    this.#creating = made.catch(() => undefined);
    return made;
  }

  #closeSegment(cause: ClosedCause): void {
    const segment = this.#segment;
    if (segment === undefined) return;
    this.#segment = undefined;
    this.#closing = this.#finish(segment, cause, this.#closing);
  }

  async #finish(segment: PictureSegment, cause: ClosedCause, before: Promise<void>): Promise<void> {
    const closed = await segment.close();
    await before;
    if (closed === undefined) return;
    const { packets, lostPackets, startedAtMs, durationMs } = segment;
    const { name, sha256, bytes } = closed;
    const { leg, report, clock } = this.#options;
    const file = this.#reported(name);
    report({ kind: 'segment-closed', leg, file, sha256, bytes, startedAtMs, durationMs, packets, lostPackets, cause });
    this.#index.add({ at: 'closed', file: name, sha256, bytes, wallMs: clock.wallMs() });
    await this.#index.flush();
  }

  #closeWhenIdle(nowMonoMs: number): void {
    const segment = this.#segment;
    if (segment === undefined || nowMonoMs - this.#frameMonoMs < IDLE_CLOSE_MS) return;
    if (this.#options.clock.wallMs() - segment.startedAtMs >= this.#options.segmentS * SECOND_MS) this.#closeSegment('full');
  }

  #indexSecond(): void {
    const segment = this.#segment;
    const newest = this.#newest;
    if (segment?.file.name !== undefined && newest !== undefined) {
      const hash = this.#indexLines % HASH_EVERY_LINES === 0 ? { sha256: segment.file.digest() } : {};
      this.#indexLines += 1;
      const { ts: rtpTs, seq, arrivalWallMs: wallMs } = newest;
      const file = segment.file.name;
      this.#index.add({
        at: 'second',
        file,
        rtpTs,
        seq,
        wallMs,
        lost: this.#lost,
        pages: segment.frames,
        bytes: segment.file.writtenBytes,
        ...hash,
      });
    }
    void this.#index.flush();
  }

  /** Packets come and the file does not grow: torn pictures, or a disk that takes nothing. */
  #checkGrowth(nowMonoMs: number): void {
    const coming = !this.#stopped && this.#newest !== undefined && nowMonoMs - this.#newest.arrivalMonoMs <= SECOND_MS;
    const bytes = this.#segment?.file.writtenBytes ?? 0;
    const bad = coming && bytes === this.#grown.bytes ? this.#grown.bad + 1 : 0;
    if (coming && bad === 0) this.alarms.clear('not-growing');
    this.#grown = { bytes, bad };
    if (bad >= BAD_CHECKS) this.alarms.raise('not-growing', `the file has ${bytes} bytes while pictures come`);
  }

  #reported(name: string): string {
    return `${this.#options.leg}/${name}`;
  }
}
