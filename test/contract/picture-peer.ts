// A far end for picture tests over a real network: a camera that sends packets made by hand, or a watcher that counts and complains.
import {
  GenericNack,
  MediaStreamTrack,
  PictureLossIndication,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RtcpPayloadSpecificFeedback,
  RtcpTransportLayerFeedback,
  RtpHeader,
  type RtpPacket,
} from 'werift';

const VP8 = new RTCRtpCodecParameters({ mimeType: 'video/VP8', clockRate: 90_000 });

/** A picture packet as it was received, and the slot it came by. */
export interface FarPicture {
  readonly slot: number;
  readonly seq: number;
  readonly ts: number;
  readonly marker: boolean;
  readonly payload: Uint8Array;
}

export class PicturePeer {
  readonly received: FarPicture[] = [];
  readonly askedAgain: number[] = [];
  keyframesAsked = 0;
  readonly #pc = new RTCPeerConnection({
    codecs: { audio: [], video: [VP8] },
    iceServers: [],
    iceUseIpv4: false,
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
    bundlePolicy: 'max-bundle',
  });
  readonly #ssrcOfSlot: number[] = [];

  constructor(given: { camera: boolean; see: number }) {
    if (given.camera) this.#pc.addTransceiver(new MediaStreamTrack({ kind: 'video' }), { direction: 'sendonly' });
    for (let slot = 0; slot < given.see; slot++) this.#look(slot);
  }

  async offer(): Promise<string> {
    await this.#pc.setLocalDescription(await this.#pc.createOffer());
    return this.#pc.localDescription?.sdp ?? '';
  }

  /** Takes the answer; resolved when connected. Waits at most 5 s. */
  async accept(sdp: string): Promise<void> {
    await this.#pc.setRemoteDescription({ type: 'answer', sdp });
    const limit = AbortSignal.timeout(5_000);
    while (this.#pc.connectionState !== 'connected') {
      if (limit.aborted) throw new Error(`not connected: ${this.#pc.connectionState}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.#pc.dtlsTransports[0]?.onRtcp.subscribe((packet) => {
      if (packet instanceof RtcpPayloadSpecificFeedback && packet.feedback instanceof PictureLossIndication) this.keyframesAsked += 1;
      if (packet instanceof RtcpTransportLayerFeedback && packet.feedback instanceof GenericNack)
        this.askedAgain.push(...packet.feedback.lost);
    });
  }

  send(packet: { seq: number; ts: number; marker: boolean; payload: Uint8Array }): void {
    const sender = this.#pc.getSenders()[0];
    if (sender === undefined) throw new Error('no camera');
    const header = new RtpHeader({
      version: 2,
      sequenceNumber: packet.seq,
      timestamp: packet.ts,
      marker: packet.marker,
      payloadType: sender.codec?.payloadType ?? 96,
      ssrc: sender.ssrc,
    });
    void sender.dtlsTransport.sendRtp(Buffer.from(packet.payload), header);
  }

  /** Says that a slot needs a key picture; `senderSsrc` is what a browser that also sends would put there. */
  async complainKeyframe(slot: number): Promise<void> {
    const mediaSsrc = this.#ssrcOfSlot[slot] ?? 0;
    await this.#report(new RtcpPayloadSpecificFeedback({ feedback: new PictureLossIndication({ senderSsrc: 1, mediaSsrc }) }));
  }

  async complainAgain(slot: number, lost: number[]): Promise<void> {
    const mediaSourceSsrc = this.#ssrcOfSlot[slot] ?? 0;
    await this.#report(new RtcpTransportLayerFeedback({ feedback: new GenericNack({ senderSsrc: 1, mediaSourceSsrc, lost }) }));
  }

  async close(): Promise<void> {
    await this.#pc.close();
  }

  async #report(packet: RtcpPayloadSpecificFeedback | RtcpTransportLayerFeedback): Promise<void> {
    await this.#pc.dtlsTransports[0]?.sendRtcp([packet]);
  }

  #look(slot: number): void {
    const transceiver = this.#pc.addTransceiver('video', { direction: 'recvonly' });
    transceiver.onTrack.subscribe((track) =>
      track.onReceiveRtp.subscribe(({ header, payload }: RtpPacket) => {
        this.#ssrcOfSlot[slot] = header.ssrc;
        this.received.push({ slot, seq: header.sequenceNumber, ts: header.timestamp, marker: header.marker, payload });
      }),
    );
  }
}
