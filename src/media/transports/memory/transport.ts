// A transport without a network, for tests of the worker: packets are put in by hand and what is sent is kept in a list.
import { WorkerFault } from '../../fault.ts';
import type { RtpIn, RtpOut } from '../../rtp/packet.ts';
import type { LegTransport, TransportState } from '../transport.ts';

/** A sent packet and the slot it left by. */
export interface SentPacket extends RtpOut {
  readonly slot: number;
}

/** The fake offer: `v=0`, then one `mic` line and any number of `slot` lines. */
export const memoryOffer = (slots: number, mic = true): string => ['v=0', ...(mic ? ['mic'] : []), ...Array(slots).fill('slot')].join('\n');

export class MemoryTransport implements LegTransport {
  readonly sent: SentPacket[] = [];
  slotCount = 0;
  hasMic = false;
  state: TransportState = 'new';
  readonly #hearSlots: number;
  #rtp: (packet: RtpIn) => void = () => undefined;
  #alive: () => void = () => undefined;
  #stateChanged: (state: TransportState, cause: string) => void = () => undefined;

  constructor(hearSlots: number) {
    this.#hearSlots = hearSlots;
  }

  answer(offerSdp: string): Promise<string> {
    const lines = offerSdp.split('\n');
    if (lines[0] !== 'v=0') return Promise.reject(new WorkerFault('bad-offer', 'not a session description'));
    this.hasMic = lines.includes('mic');
    this.slotCount = Math.min(this.#hearSlots, lines.filter((line) => line === 'slot').length);
    this.#enter('connecting', 'answered');
    return Promise.resolve(`v=0\nanswer ${this.slotCount}`);
  }
  onRtp(listener: (packet: RtpIn) => void): void {
    this.#rtp = listener;
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
