// The WebRTC transport on the werift engine. Forwarding uses its low-level path (DTLS transport and RTP header directly), which is
// semi-public: the version is pinned and test/contract/leg-transport covers it. Nothing outside this folder may import werift.
import { RTCPeerConnection, RTCRtpCodecParameters, type RTCRtpTransceiver, RtpHeader, type RtpPacket } from 'werift';
import type { MediaClock } from '../../clock.ts';
import { WorkerFault } from '../../fault.ts';
import { type MediaLog, textOf } from '../../log.ts';
import type { PictureCodec, PictureIn, PictureOut } from '../../pictures/packet.ts';
import type { RtpIn, RtpOut } from '../../rtp/packet.ts';
import { spreadRed, writeRed } from '../../rtp/red.ts';
import type { LegTransport, PictureFeedback, TransportFactory, TransportOptions, TransportState } from '../transport.ts';
import { completeAnswer, enginePorts, hostAddresses } from './answer.ts';
import { handshakeHolds, keepStrangersOut } from './doorkeeper.ts';
import { openTcpSide, type TcpSide } from './ice-tcp.ts';
import { type OfferPlan, type OfferSection, planOffer } from './offer.ts';
import { pictureFormats } from './picture-offer.ts';
import { Pictures } from './pictures.ts';
import type { WithPorts } from './ports.ts';
import { SenderReports } from './sender-reports.ts';

/** Longest time for the engine to open its sockets, in milliseconds. */
const GATHER_MS = 3_000;

export interface WeriftOptions {
  readonly clock: MediaClock;
  readonly log: MediaLog;
  readonly withPorts: WithPorts;
  /** Addresses to name in answers beside those of the interfaces, as behind a one-to-one NAT. */
  readonly announceIps: readonly string[];
}

/** A factory of transports; they share one certificate, made at the first use in this process. */
export function weriftTransports(options: WeriftOptions): TransportFactory {
  return (allowed) => new WeriftTransport(options, allowed);
}

const OPUS = new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2 });
// Without feedback of the engine's own: asking again and answering that is Parley's work.
const VP8 = new RTCRtpCodecParameters({ mimeType: 'video/VP8', clockRate: 90_000 });
const H264 = new RTCRtpCodecParameters({ mimeType: 'video/H264', clockRate: 90_000 });

interface SendSlot {
  readonly transceiver: RTCRtpTransceiver;
  readonly payloadType: number;
  /** Payload type of redundant sound, where the far end takes it. */
  readonly redPayloadType: number | undefined;
}

class WeriftTransport implements LegTransport {
  readonly #options: WeriftOptions;
  readonly #allowed: TransportOptions;
  readonly #pictures: Pictures;
  #pc: RTCPeerConnection | undefined;
  #slots: SendSlot[] = [];
  #micPayloadType: number | undefined;
  #micRedPayloadType: number | undefined;
  #state: TransportState = 'new';
  #reports: SenderReports | undefined;
  #tcpSides: TcpSide[] = [];
  #rtp: (packet: RtpIn) => void = () => undefined;
  #alive: () => void = () => undefined;
  #stateChanged: (state: TransportState, cause: string) => void = () => undefined;

  constructor(options: WeriftOptions, allowed: TransportOptions) {
    this.#options = options;
    this.#allowed = allowed;
    this.#pictures = new Pictures(options.clock);
  }

  get slotCount(): number {
    return this.#slots.length;
  }
  get hasMic(): boolean {
    return this.#micPayloadType !== undefined;
  }
  get seeSlotCount(): number {
    return this.#pictures.slotCount;
  }
  get camera(): PictureCodec | undefined {
    return this.#pictures.camera;
  }
  get state(): TransportState {
    return this.#state;
  }
  onRtp(listener: (packet: RtpIn) => void): void {
    this.#rtp = listener;
  }
  onPicture(listener: (packet: PictureIn) => void): void {
    this.#pictures.onPicture = listener;
  }
  onFeedback(listener: (feedback: PictureFeedback) => void): void {
    this.#pictures.onFeedback = listener;
  }
  onAlive(listener: () => void): void {
    this.#alive = listener;
  }
  onState(listener: (state: TransportState, cause: string) => void): void {
    this.#stateChanged = listener;
  }

  async answer(offerSdp: string): Promise<string> {
    const plan = planOffer(offerSdp, this.#allowed);
    const addresses = hostAddresses(this.#options.announceIps, { onlyAnnounced: this.#allowed.onlyAnnounced ?? false });
    // The engine looks for a free port and binds it in two steps: another process may come between. A second try is enough.
    const engineSdp = await this.#try(plan, addresses.v6.length > 0).catch((thrown: unknown) => {
      if (thrown instanceof WorkerFault && thrown.code === 'no-port') return this.#try(plan, addresses.v6.length > 0);
      throw thrown;
    });
    const tcpFamilies = await this.#openTcp(engineSdp);
    if (this.#state === 'new') this.#enter('connecting', 'answered');
    return completeAnswer(plan, engineSdp, addresses, tcpFamilies);
  }

  /** The ports of the engine's sockets for TCP too; gives the families where that worked. */
  async #openTcp(engineSdp: string): Promise<(4 | 6)[]> {
    const families: (4 | 6)[] = [];
    for (const legPort of enginePorts(engineSdp)) {
      const side = await openTcpSide(legPort);
      if (side === undefined) this.#options.log('tcp-port-taken', { port: legPort.port });
      else if (this.#state === 'closed') side.close();
      else {
        this.#tcpSides.push(side);
        families.push(legPort.family);
      }
    }
    return families;
  }

  /** One engine connection for the plan; when it fails it is closed and forgotten. */
  #try(plan: OfferPlan, ipv6: boolean): Promise<string> {
    return this.#options.withPorts(async (slice) => {
      const pc = this.#open(slice, ipv6);
      try {
        return await within(GATHER_MS, this.#negotiate(pc, plan));
      } catch (thrown) {
        this.#pc = undefined;
        this.#slots = [];
        void pc.close().catch(() => undefined);
        if (thrown instanceof WorkerFault) throw thrown;
        const cause = thrown instanceof Error ? thrown.message : 'unknown';
        throw new WorkerFault('bad-offer', `the offer could not be answered: ${cause}`, { cause: thrown });
      }
    });
  }

  send(slot: number, packet: RtpOut): boolean {
    const target = this.#slots[slot];
    if (target === undefined || this.#state !== 'connected') return false;
    const { sender } = target.transceiver;
    const isRed = target.redPayloadType !== undefined;
    const payload = isRed ? writeRed(target.payloadType, packet.payload, packet.before) : packet.payload;
    const header = new RtpHeader({
      version: 2,
      sequenceNumber: packet.seq,
      timestamp: packet.ts,
      marker: packet.marker,
      payloadType: target.redPayloadType ?? target.payloadType,
      ssrc: sender.ssrc,
    });
    // Encrypted and handed to the socket before the first await inside; the promise only tells when the system took it.
    void sender.dtlsTransport.sendRtp(payload as Buffer, header);
    this.#reports?.sent(slot, packet.ts, payload.length);
    return true;
  }

  sendPicture(slot: number, packet: PictureOut): boolean {
    return this.#state === 'connected' && this.#pictures.send(slot, packet);
  }
  askKeyframe(): void {
    if (this.#state === 'connected') this.#pictures.askKeyframe();
  }
  askAgain(seqs: readonly number[]): void {
    if (this.#state === 'connected') this.#pictures.askAgain(seqs);
  }

  localFingerprint(): string {
    return this.#pc?.dtlsTransports[0]?.localParameters.fingerprints[0]?.value ?? '';
  }
  remoteFingerprint(): string {
    return /^a=fingerprint:sha-256 (\S+)/im.exec(this.#pc?.remoteDescription?.sdp ?? '')?.[1] ?? '';
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#reports?.stop();
    for (const side of this.#tcpSides) side.close();
    this.#enter('closed', 'closed by us');
    this.#rtp = () => undefined;
    this.#pictures.close();
    this.#alive = () => undefined;
    this.#stateChanged = () => undefined;
    this.#pc?.close().catch((thrown: unknown) => this.#options.log('transport-close-failed', { error: textOf(thrown) }));
  }

  #open(portSlice: [number, number], ipv6: boolean): RTCPeerConnection {
    // One socket for all addresses of a family: the named one is only a stand-in that the answer replaces.
    const pc = new RTCPeerConnection({
      codecs: { audio: [OPUS], video: [VP8, H264] },
      headerExtensions: { audio: [], video: [] },
      iceServers: [],
      icePortRange: portSlice,
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceAdditionalHostAddresses: ipv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1'],
      iceFilterStunResponse: () => {
        this.#guard('alive', () => this.#alive());
        return true;
      },
      bundlePolicy: 'max-bundle',
    });
    this.#pc = pc;
    pc.connectionStateChange.subscribe((state) => this.#engineState(pc, state));
    return pc;
  }

  async #negotiate(pc: RTCPeerConnection, plan: OfferPlan): Promise<string> {
    await pc.setRemoteDescription({ type: 'offer', sdp: plan.cleanedSdp });
    // Without a server of its own the engine asks one on the internet for its address, and the answer waits for the reply: nothing leaves
    // the box by itself, and a network that swallows the question would cost the call.
    for (const { connection } of pc.iceTransports) delete connection.stunServer;
    const used = plan.sections.filter((section) => section.use !== 'rejected');
    const byMid = new Map(pc.getTransceivers().map((transceiver) => [transceiver.mid, transceiver]));
    for (const section of used) {
      const transceiver = byMid.get(section.mid);
      const payloadType = transceiver?.codecs[0]?.payloadType;
      if (transceiver === undefined || payloadType === undefined)
        throw new WorkerFault('bad-offer', `section ${section.mid} was not understood`);
      transceiver.setDirection(section.use === 'mic' || section.use === 'camera' ? 'recvonly' : 'sendonly');
      this.#use(section, transceiver, payloadType);
    }
    const dtls = pc.dtlsTransports[0];
    if (dtls === undefined) throw new WorkerFault('bad-offer', 'no transport');
    dtls.onRtp.subscribe((packet) => this.#received(packet));
    dtls.onRtcp.subscribe((packet) => {
      this.#guard('alive', () => this.#alive());
      this.#guard('feedback', () => this.#pictures.reported(packet));
    });
    dtls.onStateChange.subscribe((state) => {
      if (state === 'closed' || state === 'failed') this.#engineState(pc, state);
    });
    // The far end opens the handshake: its retransmission is the better one, and the engine waits before it opens one itself.
    dtls.role = 'server';
    await pc.setLocalDescription(await pc.createAnswer());
    for (const { connection } of pc.iceTransports) keepStrangersOut(connection);
    this.#reports = new SenderReports(this.#options.clock, () => this.#slots.map((slot) => slot.transceiver.sender));
    return pc.localDescription?.sdp ?? '';
  }

  #use(section: OfferSection, transceiver: RTCRtpTransceiver, payloadType: number): void {
    const formats = pictureFormats(section.lines);
    const redPayloadType = section.red?.red;
    if (section.use === 'mic') [this.#micPayloadType, this.#micRedPayloadType] = [payloadType, redPayloadType];
    if (section.use === 'slot') this.#slots.push({ transceiver, payloadType, redPayloadType });
    if (section.use === 'camera' && formats[0] !== undefined) this.#pictures.addCamera(transceiver, formats[0]);
    if (section.use === 'see') this.#pictures.addSlot(transceiver, formats);
  }

  #received(packet: RtpPacket): void {
    const { header, payload } = packet;
    // Not before the far end proved who it is.
    if (this.#state !== 'connected') return;
    let wasPicture = false;
    this.#guard('picture', () => {
      wasPicture = this.#pictures.received(packet);
    });
    const opus = this.#micPayloadType;
    const isRed = header.payloadType === this.#micRedPayloadType;
    if (wasPicture || opus === undefined || (header.payloadType !== opus && !isRed) || payload.length === 0) return;
    const { clock } = this.#options;
    const arrived: RtpIn = {
      seq: header.sequenceNumber,
      ts: header.timestamp,
      ssrc: header.ssrc,
      payload,
      arrivalMonoMs: clock.monoMs(),
      arrivalWallMs: clock.wallMs(),
    };
    this.#guard('rtp', () => {
      for (const one of isRed ? spreadRed(arrived, opus) : [arrived]) this.#rtp(one);
    });
  }

  #engineState(pc: RTCPeerConnection, state: string): void {
    if (this.#state === 'closed' || pc !== this.#pc) return;
    const isFalse = state === 'connected' && this.#state !== 'connected' && !pc.dtlsTransports.every(handshakeHolds);
    if (isFalse) this.#options.log('far-end-unproved', {});
    else if (state === 'connected') this.#enter('connected', 'connected');
    if (!isFalse && state !== 'failed' && state !== 'closed') return;
    const changed = this.#stateChanged;
    this.#stateChanged = () => undefined;
    this.close();
    this.#guard('state', () => changed('closed', isFalse ? 'another key than that of the certificate' : `engine ${state}`));
  }

  #enter(state: TransportState, cause: string): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#guard('state', () => this.#stateChanged(state, cause));
  }

  /** Our own handlers run inside the engine; what they throw must not reach it. */
  #guard(what: string, run: () => void): void {
    try {
      run();
    } catch (thrown) {
      this.#options.log('transport-handler-threw', { what, error: textOf(thrown) });
    }
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new WorkerFault('no-port', `no socket within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
