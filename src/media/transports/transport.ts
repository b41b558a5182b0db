// The border between the worker and a WebRTC engine. One transport is one connection of one leg; a leg may outlive many of them.
import type { PictureCodec, PictureIn, PictureOut } from '../pictures/packet.ts';
import type { RtpIn, RtpOut } from '../rtp/packet.ts';

/** new: no answer yet. connecting: answered. connected: packets can flow. closed: over, for whatever reason. */
export type TransportState = 'new' | 'connecting' | 'connected' | 'closed';

/** What a far end says of pictures it was sent: it cannot go on without a key picture, or it lacks these packets. */
export type PictureFeedback =
  | { readonly t: 'keyframe'; readonly slot: number }
  | { readonly t: 'again'; readonly slot: number; readonly seqs: readonly number[] };

/** A connection to one far end. Slots are numbered from 0 in the order of the offer's listening sections; viewing slots likewise, apart. */
export interface LegTransport {
  /** Answers the far end's offer; called once. Unsupported sections are answered as rejected. @throws WorkerFault bad-offer, no-port */
  answer(offerSdp: string): Promise<string>;
  /** How many voices the far end can be sent at once; known after `answer`. */
  readonly slotCount: number;
  /** False when the far end only listens; known after `answer`. */
  readonly hasMic: boolean;
  /** How many cameras the far end can be sent at once; known after `answer`. */
  readonly seeSlotCount: number;
  /** How the far end's camera packs its pictures; undefined when it sends none. Known after `answer`. */
  readonly camera: PictureCodec | undefined;
  readonly state: TransportState;
  /** Every sound packet of the far end's microphone, as soon as it is authenticated. One listener. */
  onRtp(listener: (packet: RtpIn) => void): void;
  /** Every packet of the far end's camera, as soon as it is authenticated, copies and late ones too. One listener. */
  onPicture(listener: (packet: PictureIn) => void): void;
  /** What the far end says of the pictures that it is sent. One listener. */
  onFeedback(listener: (feedback: PictureFeedback) => void): void;
  /** Any sign of life of the far end that is authenticated: sound, reports, connectivity checks. One listener. */
  onAlive(listener: () => void): void;
  onState(listener: (state: TransportState, cause: string) => void): void;
  /** Hands one packet to the network before it returns. False when the transport cannot send. Never throws. */
  send(slot: number, packet: RtpOut): boolean;
  /** As `send`, for a viewing slot. False too when the far end cannot show this kind of packing. */
  sendPicture(slot: number, packet: PictureOut): boolean;
  /** Asks the far end's camera for a key picture. Nothing happens when it has none or cannot be reached. */
  askKeyframe(): void;
  /** Asks the far end's camera for these packets again. */
  askAgain(seqs: readonly number[]): void;
  /** SHA-256 of the certificates, in the form of the session description; empty when not known. */
  localFingerprint(): string;
  remoteFingerprint(): string;
  /** Ends the connection; nothing is sent or delivered afterwards. */
  close(): void;
}

/** How a transport is to answer. */
export interface TransportOptions {
  /** Most voices that may be answered, 0 to 12. With 0 a microphone is refused too when pictures are asked for. */
  readonly hearSlots: number;
  /** Name the announced addresses alone, if there are any. */
  readonly onlyAnnounced?: boolean | undefined;
  /** A camera of the far end is taken, and nothing else. */
  readonly camera?: boolean | undefined;
  /** Most cameras that the far end may be sent, 0 to 8. */
  readonly seeSlots?: number | undefined;
}

/** True when a connection is for pictures and therefore carries no sound. */
export const isForPictures = ({ camera, seeSlots }: TransportOptions): boolean => camera === true || (seeSlots ?? 0) > 0;

/** Makes a transport that waits for its offer. */
export type TransportFactory = (options: TransportOptions) => LegTransport;
