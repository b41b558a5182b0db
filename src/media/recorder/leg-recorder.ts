// Records one leg at its entry: every packet, in order, with holes filled, into segments. Decides when; the bytes are other files' work.
import { join } from 'node:path';
import type { LegState, WorkerReport } from '../../protocol/worker.ts';
import type { MediaClock } from '../clock.ts';
import type { MediaLog } from '../log.ts';
import { OPUS_RATE, packetSamples, silenceFor } from '../rtp/opus.ts';
import type { RtpIn } from '../rtp/packet.ts';
import { type Ordered, ReorderWindow } from '../rtp/reorder.ts';
import { Alarms, type SendReport } from './alarms.ts';
import { BelieveCheck } from './believe.ts';
import { createNext, type RecordingDisk, type RecordingHandle } from './disk.ts';
import { LegIndex } from './leg-index.ts';
import type { OpenSegment, Recorder } from './recorder.ts';
import { Segment } from './segment.ts';
import { Timeline } from './timeline.ts';

const INDEX_EVERY_MS = 1_000;
/** Every this many index lines one carries the hash of the bytes so far. */
const HASH_EVERY_LINES = 5;
/** A segment whose minute is over is closed when nothing came for this long, in milliseconds. */
const IDLE_CLOSE_MS = 2_000;

/** What a recorder of one leg works with; pictures and sound alike. */
export interface LegRecorderOptions {
  readonly leg: string;
  /** The room's recordings folder; the leg's own is below it. */
  readonly dir: string;
  readonly disk: RecordingDisk;
  readonly clock: MediaClock;
  readonly log: MediaLog;
  readonly report: SendReport;
  /** Length of a segment, in seconds of file time. */
  readonly segmentS: number;
}

type ClosedCause = Extract<WorkerReport, { kind: 'segment-closed' }>['cause'];

/** The recording of one leg over all its transports. `push` and `tick` never wait; what the disk does shows in reports and alarms. */
export class LegRecorder implements Recorder {
  readonly #options: LegRecorderOptions;
  readonly #folder: string;
  readonly #index: LegIndex;
  readonly #alarms: Alarms;
  readonly #believe: BelieveCheck;
  readonly #timeline = new Timeline();
  #window: ReorderWindow<RtpIn>;
  /** Files are made and told of one after another, however slow the disk is, so that numbers follow time. */
  #creating: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> = Promise.resolve();
  #segment: Segment | undefined;
  #stream = '';
  #newest: RtpIn | undefined;
  #lost = 0;
  #indexDueMonoMs = 0;
  #indexLines = 0;
  #closed = false;
  #isPaused = false;

  constructor(options: LegRecorderOptions) {
    this.#options = options;
    this.#folder = join(options.dir, options.leg);
    this.#index = new LegIndex(this.#folder, options.disk, options.log);
    this.#alarms = new Alarms(options.leg, options.report, options.clock.wallMs);
    this.#believe = new BelieveCheck({ alarms: this.#alarms, disk: options.disk, folder: this.#folder });
    this.#window = this.#newWindow();
  }

  /** True while sound of this leg goes to a file and nothing is wrong with it. */
  get recording(): boolean {
    return !this.#isPaused && this.#segment?.file.name !== undefined && !this.#alarms.any;
  }
  get alarms(): Alarms {
    return this.#alarms;
  }

  /** Writes nothing until told to go on; what comes meanwhile is not kept, and its time is filled with silence. The index tells of it. */
  pause(on: boolean): void {
    if (on === this.#isPaused || this.#closed) return;
    if (on) this.#placeAll(this.#window.flush());
    this.#isPaused = on;
    // What is not taken is not lost.
    this.#window = this.#newWindow();
    this.#index.add({ at: on ? 'paused' : 'resumed', wallMs: this.#options.clock.wallMs() });
  }

  /** Takes a packet at the leg's entry. `stream` names transport and SSRC: another one means another clock. */
  push(stream: string, packet: RtpIn): void {
    if (this.#closed || this.#isPaused) return;
    if (stream !== this.#stream) {
      this.#placeAll(this.#window.flush());
      this.#stream = stream;
    }
    this.#newest = packet;
    this.#believe.came(packet.arrivalMonoMs);
    this.#placeAll(this.#window.push(packet));
  }

  /** The level of a pushed packet as it was decoded live: mean square, 0 to 1. */
  measured(packet: RtpIn, meanSquare: number): void {
    this.#believe.measured(packet, meanSquare);
  }

  legState(state: LegState): void {
    this.#index.add({ at: 'state', state, wallMs: this.#options.clock.wallMs() });
  }

  tick(nowMonoMs: number): void {
    if (this.#closed) return;
    this.#placeAll(this.#window.tick(nowMonoMs));
    this.#segment?.tick(nowMonoMs);
    this.#closeWhenIdle(nowMonoMs);
    if (nowMonoMs < this.#indexDueMonoMs) return;
    this.#indexDueMonoMs = nowMonoMs + INDEX_EVERY_MS;
    this.#indexSecond();
    this.#believe.check(this.#segment?.file, nowMonoMs);
  }

  /** The open segment's hash so far, for the digest of the minute. */
  digest(): OpenSegment | undefined {
    const file = this.#segment?.file;
    if (file?.name === undefined) return undefined;
    return { leg: this.#options.leg, file: this.#reported(file.name), bytes: file.writtenBytes, sha256: file.digest() };
  }

  /** Ends the recording in order; resolved when the last file is closed and told. */
  async close(): Promise<void> {
    this.#placeAll(this.#window.flush());
    this.#closed = true;
    this.#closeSegment('ended');
    await this.#closing;
    await this.#index.flush();
  }

  #newWindow(): ReorderWindow<RtpIn> {
    return new ReorderWindow<RtpIn>((packet) => this.#note('late', packet));
  }

  #placeAll(ordered: readonly Ordered<RtpIn>[]): void {
    for (const entry of ordered) this.#place(entry);
  }

  #place({ packet, lost }: Ordered<RtpIn>): void {
    const samples = packetSamples(packet.payload);
    if (samples === undefined) {
      this.#note('invalid', packet);
      return;
    }
    this.#lost += lost;
    const hole = this.#timeline.place(this.#stream, packet, samples);
    if (hole.samples > this.#segmentSamples()) this.#closeSegment('full');
    if (this.#segment !== undefined) {
      if (hole.samples > 0) this.#index.add({ at: 'hole', samples: hole.samples, by: hole.by, wallMs: packet.arrivalWallMs });
      let before = hole.samples;
      for (const silence of silenceFor(hole.samples)) {
        this.#write(silence.payload, silence.samples, { packet, beforeSamples: before });
        before -= silence.samples;
      }
    }
    this.#write(packet.payload, samples, { packet, beforeSamples: 0, source: packet });
    if (this.#segment !== undefined) this.#segment.lostPackets += lost;
  }

  /** `at`: the packet whose arrival dates this one, and how many samples before it this one lies. */
  #write(payload: Uint8Array, samples: number, at: { packet: RtpIn; beforeSamples: number; source?: RtpIn }): void {
    const isFull = this.#segment !== undefined && this.#segment.samples >= this.#segmentSamples();
    if (isFull) this.#closeSegment('full');
    this.#segment ??= this.#open(isFull, at.packet, at.packet.arrivalWallMs - (at.beforeSamples * 1000) / OPUS_RATE);
    this.#segment.add(payload, samples, at.source);
  }

  /** `goesOn`: the segment follows another without a break, which is nothing to tell. */
  #open(goesOn: boolean, packet: RtpIn, startedAtMs: number): Segment {
    const { leg, disk, clock, report } = this.#options;
    return new Segment({
      disk,
      clock,
      folder: this.#folder,
      create: () => this.#createFile(),
      start: { leg, ssrc: packet.ssrc, startedAtMs: Math.round(startedAtMs) },
      onStarted: (name) => {
        if (!goesOn) report({ kind: 'recording-started', leg, file: this.#reported(name), atMs: Math.round(startedAtMs) });
      },
      onFault: (code, detail) => this.#alarms.raise(code === 'ENOSPC' ? 'disk-full' : 'write-failed', `${code} ${detail}`),
      onFine: () => {
        this.#alarms.clear('write-failed');
        this.#alarms.clear('disk-full');
      },
    });
  }

  #closeSegment(cause: ClosedCause): void {
    const segment = this.#segment;
    if (segment === undefined) return;
    this.#segment = undefined;
    this.#closing = this.#finish(segment, cause, this.#closing);
  }

  #createFile(): Promise<{ handle: RecordingHandle; name: string }> {
    const made = this.#creating.then(() => createNext(this.#options.disk, this.#folder));
    this.#creating = made.catch(() => undefined);
    return made;
  }

  async #finish(segment: Segment, cause: ClosedCause, before: Promise<void>): Promise<void> {
    const { packets, lostPackets, startedAtMs } = segment;
    const closed = await segment.close();
    await before;
    if (closed === undefined) return;
    const wallMs = this.#options.clock.wallMs();
    this.#options.report({
      kind: 'segment-closed',
      leg: this.#options.leg,
      file: this.#reported(closed.name),
      sha256: closed.sha256,
      bytes: closed.bytes,
      startedAtMs,
      durationMs: segment.durationMs,
      packets,
      lostPackets,
      cause,
    });
    this.#index.add({ at: 'closed', file: closed.name, sha256: closed.sha256, bytes: closed.bytes, wallMs });
    await this.#index.flush();
  }

  /** A leg that went silent must not keep its last minute open: the rest is filled and the file is closed and hashed. */
  #closeWhenIdle(nowMonoMs: number): void {
    const segment = this.#segment;
    const newest = this.#newest;
    if (segment === undefined || newest === undefined || nowMonoMs - newest.arrivalMonoMs < IDLE_CLOSE_MS) return;
    const left = this.#segmentSamples() - segment.samples;
    if (this.#timeline.samplesSince(nowMonoMs) < left) return;
    for (const silence of silenceFor(left)) segment.add(silence.payload, silence.samples);
    this.#closeSegment('full');
  }

  #indexSecond(): void {
    const segment = this.#segment;
    const newest = this.#newest;
    if (segment?.file.name !== undefined && newest !== undefined) {
      const hash = this.#indexLines % HASH_EVERY_LINES === 0 ? { sha256: segment.file.digest() } : {};
      this.#indexLines += 1;
      this.#index.add({
        at: 'second',
        file: segment.file.name,
        rtpTs: newest.ts,
        seq: newest.seq,
        wallMs: newest.arrivalWallMs,
        lost: this.#lost,
        pages: segment.pages,
        bytes: segment.file.writtenBytes,
        ...hash,
      });
    }
    void this.#index.flush();
  }

  #note(at: 'late' | 'invalid', packet: RtpIn): void {
    const payload = Buffer.from(packet.payload).toString('base64');
    this.#index.add({ at, seq: packet.seq, rtpTs: packet.ts, wallMs: packet.arrivalWallMs, payload });
  }

  /** Path as it is told to the server: below the room's folder, with `/` on every system. */
  #reported(name: string): string {
    return `${this.#options.leg}/${name}`;
  }

  #segmentSamples(): number {
    return this.#options.segmentS * OPUS_RATE;
  }
}
