// The border between the worker and a WebRTC engine. One transport is one connection of one leg; a leg may outlive many of them.
import type { RtpIn, RtpOut } from '../rtp/packet.ts';

/** new: no answer yet. connecting: answered. connected: packets can flow. closed: over, for whatever reason. */
export type TransportState = 'new' | 'connecting' | 'connected' | 'closed';

/** A connection to one far end. Slots are numbered from 0 in the order of the offer's listening sections. */
export interface LegTransport {
  /** Answers the far end's offer; called once. Unsupported sections are answered as rejected. @throws WorkerFault bad-offer, no-port */
  answer(offerSdp: string): Promise<string>;
  /** How many voices the far end can be sent at once; known after `answer`. */
  readonly slotCount: number;
  /** False when the far end only listens; known after `answer`. */
  readonly hasMic: boolean;
  readonly state: TransportState;
  /** Every sound packet of the far end's microphone, as soon as it is authenticated. One listener. */
  onRtp(listener: (packet: RtpIn) => void): void;
  /** Any sign of life of the far end that is authenticated: sound, reports, connectivity checks. One listener. */
  onAlive(listener: () => void): void;
  onState(listener: (state: TransportState, cause: string) => void): void;
  /** Hands one packet to the network before it returns. False when the transport cannot send. Never throws. */
  send(slot: number, packet: RtpOut): boolean;
  /** SHA-256 of the certificates, in the form of the session description; empty when not known. */
  localFingerprint(): string;
  remoteFingerprint(): string;
  /** Ends the connection; nothing is sent or delivered afterwards. */
  close(): void;
}

/** How a transport is to answer. */
export interface TransportOptions {
  /** Most voices that may be answered, 1 to 12. */
  readonly hearSlots: number;
  /** Name the announced addresses alone, if there are any. */
  readonly onlyAnnounced?: boolean | undefined;
}

/** Makes a transport that waits for its offer. */
export type TransportFactory = (options: TransportOptions) => LegTransport;
