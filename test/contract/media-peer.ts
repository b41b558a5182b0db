// A far end for media tests that need a real network: offers like a browser, sends a tone as Opus, counts what it is sent.
import { Encoder } from '@evan/opus';
import { MediaStreamTrack, type RTCCertificate, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, type RtpPacket } from 'werift';

const OPUS = new RTCRtpCodecParameters({
  mimeType: 'audio/opus',
  clockRate: 48_000,
  channels: 2,
  parameters: 'minptime=10;useinbandfec=1',
});
const FRAME = 960;

/** A packet as it was received, and the slot it came by. */
export interface PeerPacket {
  readonly slot: number;
  readonly seq: number;
  readonly ts: number;
  readonly marker: boolean;
  readonly payload: Buffer;
}

/** A tone as Opus packets of 20 ms. `peak`: 0 to 1. */
export function tonePackets(hz: number, frames: number, peak = 0.3): Buffer[] {
  const encoder = new Encoder({ channels: 1, sample_rate: 48_000, application: 'voip' });
  encoder.bitrate = 24_000;
  return Array.from({ length: frames }, (_, frame) => {
    const pcm = Int16Array.from({ length: FRAME }, (_unused, i) =>
      Math.round(32_767 * peak * Math.sin((2 * Math.PI * hz * (frame * FRAME + i)) / 48_000)),
    );
    return Buffer.from(encoder.encode(pcm));
  });
}

export class MediaPeer {
  readonly received: PeerPacket[] = [];
  readonly #pc: RTCPeerConnection;
  readonly #hasMic: boolean;
  readonly #tone: Buffer[];
  #seq = 1_000;
  #ts = 5_000_000;
  #sent = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `toneHz` 0: no microphone. `certificates`: not one of its own. */
  constructor(toneHz: number, slots: number, certificates: RTCCertificate[] = []) {
    this.#pc = new RTCPeerConnection({
      codecs: { audio: [OPUS], video: [] },
      iceServers: [],
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceAdditionalHostAddresses: ['127.0.0.1'],
      bundlePolicy: 'max-bundle',
      certificates,
    });
    this.#hasMic = toneHz > 0;
    this.#tone = this.#hasMic ? tonePackets(toneHz, 50) : [];
    if (this.#hasMic) this.#pc.addTransceiver(new MediaStreamTrack({ kind: 'audio' }), { direction: 'sendonly' });
    for (let slot = 0; slot < slots; slot++) this.#listen(slot);
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
      if (limit.aborted || this.#pc.connectionState === 'closed') throw new Error(`not connected: ${this.#pc.connectionState}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Sends one packet of the tone now. */
  sendOne(): void {
    const sender = this.#pc.getSenders()[0];
    if (!this.#hasMic || sender === undefined) throw new Error('no microphone');
    const header = new RtpHeader({
      version: 2,
      sequenceNumber: this.#seq & 0xffff,
      timestamp: this.#ts >>> 0,
      payloadType: sender.codec?.payloadType ?? 96,
      ssrc: sender.ssrc,
    });
    void sender.dtlsTransport.sendRtp(this.#tone[this.#sent % this.#tone.length] as Buffer, header);
    this.#seq += 1;
    this.#ts += FRAME;
    this.#sent += 1;
  }

  /** Sends fifty packets a second until stopped. */
  start(): void {
    const startMs = performance.now();
    const before = this.#sent;
    this.#timer = setInterval(() => {
      while (this.#sent - before < (performance.now() - startMs) / 20) this.sendOne();
    }, 10);
  }
  stop(): void {
    clearInterval(this.#timer);
  }

  async close(): Promise<void> {
    this.stop();
    await this.#pc.close();
  }

  #listen(slot: number): void {
    const transceiver = this.#pc.addTransceiver('audio', { direction: 'recvonly' });
    transceiver.onTrack.subscribe((track) =>
      track.onReceiveRtp.subscribe(({ header, payload }: RtpPacket) =>
        this.received.push({ slot, seq: header.sequenceNumber, ts: header.timestamp, marker: header.marker, payload }),
      ),
    );
  }
}
