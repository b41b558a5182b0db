// Pictures on one connection of the engine: what comes from the camera, what goes to viewing slots, and the reports about both.
// Reports are read where they are decrypted: the engine's own table gives a request for a key picture to the wrong object.
import {
  GenericNack,
  PictureLossIndication,
  type RTCRtpTransceiver,
  type RtcpPacket,
  RtcpPayloadSpecificFeedback,
  RtcpTransportLayerFeedback,
  RtpHeader,
  type RtpPacket,
} from 'werift';
import type { MediaClock } from '../../clock.ts';
import type { PictureCodec, PictureIn, PictureOut } from '../../pictures/packet.ts';
import type { PictureFeedback } from '../transport.ts';
import type { OfferedFormat } from './picture-offer.ts';

/** RFC 5104: a request for a whole picture, as some far ends still send it. */
const FULL_INTRA_REQUEST = 4;

interface ViewSlot {
  readonly transceiver: RTCRtpTransceiver;
  readonly payloadTypes: Partial<Record<PictureCodec, number>>;
}

export class Pictures {
  readonly #clock: MediaClock;
  readonly #slots: ViewSlot[] = [];
  #camera: { transceiver: RTCRtpTransceiver; payloadType: number; codec: PictureCodec } | undefined;
  #cameraSsrc: number | undefined;
  onPicture: (packet: PictureIn) => void = () => undefined;
  onFeedback: (feedback: PictureFeedback) => void = () => undefined;

  constructor(clock: MediaClock) {
    this.#clock = clock;
  }

  get slotCount(): number {
    return this.#slots.length;
  }
  get camera(): PictureCodec | undefined {
    return this.#camera?.codec;
  }

  addCamera(transceiver: RTCRtpTransceiver, format: OfferedFormat): void {
    this.#camera = { transceiver, payloadType: Number(format.pt), codec: format.codec };
  }

  addSlot(transceiver: RTCRtpTransceiver, formats: readonly OfferedFormat[]): void {
    this.#slots.push({ transceiver, payloadTypes: Object.fromEntries(formats.map(({ pt, codec }) => [codec, Number(pt)])) });
  }

  /** True when the packet was the camera's. */
  received({ header, payload }: RtpPacket): boolean {
    const camera = this.#camera;
    if (camera === undefined || header.payloadType !== camera.payloadType) return false;
    this.#cameraSsrc = header.ssrc;
    if (payload.length === 0) return true; // padding to probe the path
    const { sequenceNumber: seq, timestamp: ts, ssrc, marker } = header;
    const arrival = { arrivalMonoMs: this.#clock.monoMs(), arrivalWallMs: this.#clock.wallMs() };
    this.onPicture({ seq, ts, ssrc, marker, payload, codec: camera.codec, ...arrival });
    return true;
  }

  reported(packet: RtcpPacket): void {
    if (this.#slots.length === 0) return;
    if (packet instanceof RtcpTransportLayerFeedback && packet.feedback instanceof GenericNack) {
      const { mediaSourceSsrc, lost } = packet.feedback;
      this.#tell(mediaSourceSsrc, (slot) => ({ t: 'again', slot, seqs: lost.map((seq) => seq & 0xffff) }));
    }
    if (!(packet instanceof RtcpPayloadSpecificFeedback)) return;
    const { feedback } = packet;
    if (feedback instanceof PictureLossIndication) this.#tell(feedback.mediaSsrc, (slot) => ({ t: 'keyframe', slot }));
    else if (feedback?.count === FULL_INTRA_REQUEST) for (const slot of this.#slots.keys()) this.onFeedback({ t: 'keyframe', slot });
  }

  send(slot: number, packet: PictureOut): boolean {
    const target = this.#slots[slot];
    const payloadType = target?.payloadTypes[packet.codec];
    if (target === undefined || payloadType === undefined) return false;
    const { sender } = target.transceiver;
    const { seq: sequenceNumber, ts: timestamp, marker } = packet;
    const header = new RtpHeader({ version: 2, sequenceNumber, timestamp, marker, payloadType, ssrc: sender.ssrc });
    void sender.dtlsTransport.sendRtp(packet.payload as Buffer, header);
    return true;
  }

  askKeyframe(): void {
    const mediaSsrc = this.#cameraSsrc;
    if (mediaSsrc === undefined) return;
    this.#report(new RtcpPayloadSpecificFeedback({ feedback: new PictureLossIndication({ senderSsrc: this.#senderSsrc(), mediaSsrc }) }));
  }

  askAgain(seqs: readonly number[]): void {
    const mediaSourceSsrc = this.#cameraSsrc;
    if (mediaSourceSsrc === undefined || seqs.length === 0) return;
    const lost = [...seqs];
    this.#report(new RtcpTransportLayerFeedback({ feedback: new GenericNack({ senderSsrc: this.#senderSsrc(), mediaSourceSsrc, lost }) }));
  }

  close(): void {
    this.onPicture = () => undefined;
    this.onFeedback = () => undefined;
  }

  #tell(ssrc: number, feedback: (slot: number) => PictureFeedback): void {
    const slot = this.#slots.findIndex(({ transceiver }) => transceiver.sender.ssrc === ssrc);
    if (slot >= 0) this.onFeedback(feedback(slot));
  }

  #senderSsrc(): number {
    return this.#camera?.transceiver.receiver.rtcpSsrc ?? 0;
  }

  #report(packet: RtcpPacket): void {
    void this.#camera?.transceiver.receiver.dtlsTransport.sendRtcp([packet]).catch(() => undefined);
  }
}
