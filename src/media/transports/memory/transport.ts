// A transport without a network, for tests of the worker: packets are put in by hand and what is sent is kept in a list.
import { WorkerFault } from '../../fault.ts';
import type { PictureCodec, PictureIn, PictureOut } from '../../pictures/packet.ts';
import type { RtpIn, RtpOut } from '../../rtp/packet.ts';
import { isForPictures, type LegTransport, type PictureFeedback, type TransportOptions, type TransportState } from '../transport.ts';

/** A sent packet and the slot it left by. */
export interface SentPacket extends RtpOut {
  readonly slot: number;
}

/** A sent picture packet and the viewing slot it left by. */
export interface SentPicture extends PictureOut {
  readonly slot: number;
}

/** The fake offer of pictures: `v=0`, then a `camera` line with its packing, or any number of `see` lines. */
export const memoryPictureOffer = (given: { camera?: PictureCodec; see?: number }): string =>
  ['v=0', ...(given.camera ? [`camera ${given.camera}`] : []), ...Array(given.see ?? 0).fill('see')].join('\n');

/** The fake offer: `v=0`, then one `mic` line and any number of `slot` lines. */
export const memoryOffer = (slots: number, mic = true): string => ['v=0', ...(mic ? ['mic'] : []), ...Array(slots).fill('slot')].join('\n');

export class MemoryTransport implements LegTransport {
  readonly sent: SentPacket[] = [];
  slotCount = 0;
  hasMic = false;
  state: TransportState = 'new';
  readonly pictures: SentPicture[] = [];
  /** Test side: how often a key picture was asked for, and which packets were asked for again. */
  keyframesAsked = 0;
  readonly askedAgain: number[] = [];
  seeSlotCount = 0;
  camera: PictureCodec | undefined;
  readonly #options: TransportOptions;
  #picture: (packet: PictureIn) => void = () => undefined;
  #feedback: (feedback: PictureFeedback) => void = () => undefined;
  #rtp: (packet: RtpIn) => void = () => undefined;
  #alive: () => void = () => undefined;
  #stateChanged: (state: TransportState, cause: string) => void = () => undefined;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  answer(offerSdp: string): Promise<string> {
    const lines = offerSdp.split('\n');
    if (lines[0] !== 'v=0') return Promise.reject(new WorkerFault('bad-offer', 'not a session description'));
    const count = (what: string, most: number): number => Math.min(most, lines.filter((line) => line === what).length);
    this.hasMic = !isForPictures(this.#options) && lines.includes('mic');
    this.slotCount = count('slot', this.#options.hearSlots);
    this.seeSlotCount = count('see', this.#options.seeSlots ?? 0);
    const codec = this.#options.camera ? lines.find((line) => line.startsWith('camera '))?.slice(7) : undefined;
    this.camera = codec === 'vp8' || codec === 'h264' ? codec : undefined;
    this.#enter('connecting', 'answered');
    return Promise.resolve(`v=0\nanswer ${this.slotCount}`);
  }
  onRtp(listener: (packet: RtpIn) => void): void {
    this.#rtp = listener;
  }
  onPicture(listener: (packet: PictureIn) => void): void {
    this.#picture = listener;
  }
  onFeedback(listener: (feedback: PictureFeedback) => void): void {
    this.#feedback = listener;
  }
  onAlive(listener: () => void): void {
    this.#alive = listener;
  }
  onState(listener: (state: TransportState, cause: string) => void): void {
    this.#stateChanged = listener;
  }
  send(slot: number, packet: RtpOut): boolean {
    if (this.state !== 'connected' || slot >= this.slotCount) return false;
    this.sent.push({ slot, ...packet });
    return true;
  }
  sendPicture(slot: number, packet: PictureOut): boolean {
    if (this.state !== 'connected' || slot >= this.seeSlotCount) return false;
    this.pictures.push({ slot, ...packet });
    return true;
  }
  askKeyframe(): void {
    this.keyframesAsked += 1;
  }
  askAgain(seqs: readonly number[]): void {
    this.askedAgain.push(...seqs);
  }
  localFingerprint(): string {
    return 'AA:LOCAL';
  }
  remoteFingerprint(): string {
    return 'AA:REMOTE';
  }
  close(): void {
    this.#enter('closed', 'closed by us');
  }

  /** Test side: the network is there. */
  connect(): void {
    this.#enter('connected', 'connected');
  }
  /** Test side: a packet came in. */
  receive(packet: RtpIn): void {
    if (this.state === 'closed') return;
    this.#alive();
    this.#rtp(packet);
  }
  /** Test side: a packet of the camera came in. */
  receivePicture(packet: PictureIn): void {
    if (this.state === 'closed') return;
    this.#alive();
    this.#picture(packet);
  }
  /** Test side: the far end says something of what it was sent. */
  complain(feedback: PictureFeedback): void {
    if (this.state !== 'closed') this.#feedback(feedback);
  }
  /** Test side: a sign of life without sound. */
  beat(): void {
    if (this.state !== 'closed') this.#alive();
  }
  /** Test side: the path is gone for good. */
  fail(cause: string): void {
    this.#enter('closed', cause);
  }

  #enter(state: TransportState, cause: string): void {
    if (this.state === state || this.state === 'closed') return;
    this.state = state;
    this.#stateChanged(state, cause);
  }
}
