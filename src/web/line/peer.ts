// The sound path of a page, or its path for pictures: one peer connection, replaced by a new one whenever it is in doubt, the old kept
// until the new one stands. Knows transceivers and tracks; no message, no element, no word of who is on the other side.
import { every, pauseMs, type Timing } from './timing.ts';

export interface PeerParts {
  readonly timing: Timing;
  readonly create: (config: RTCConfiguration) => RTCPeerConnection;
  readonly config: () => RTCConfiguration;
  /** Tries in a row after which it rests until asked again; Infinity: never. */
  readonly maxTries: number;
  /** Pictures travel on a connection of their own, and may pause for good reasons: no packet is then no sign of a broken path. */
  readonly kind?: 'audio' | 'video';
  /** False: it only receives. */
  readonly sends?: boolean;
  /** Most that is sent, in bits a second. */
  readonly maxBitrate?: number;
  /** How many voices, or pictures, can be received at once. */
  readonly slots: number;
  /** The track to send now; null sends nothing. */
  readonly microphone: () => MediaStreamTrack | null;
  /** Sends an offer; false when there is no way to send it now. */
  readonly offer: (req: number, sdp: string) => boolean;
  /** The receiving tracks that count from now on, in the order of the slots. */
  readonly onTracks: (tracks: readonly MediaStreamTrack[]) => void;
  readonly onState: (state: PeerState) => void;
}

/** none: never asked for or closed. opening: first connection on its way. up: sound flows. lost: it did, and is being made anew. */
export type PeerState = 'none' | 'opening' | 'up' | 'lost';

export interface Peer {
  /** Makes a new connection now; the present one stays until the new one stands. */
  renew(): void;
  /** There is a way for offers (again): makes a connection if the present one does not stand or was asked to be replaced. */
  wayIsBack(): void;
  answered(req: number, sdp: string): void;
  /** The offer was refused: try again later. */
  refused(req: number): void;
  /** Sends this track from now on. */
  setMicrophone(track: MediaStreamTrack | null): void;
  state(): PeerState;
  /** Counted since the last one that stood. */
  tries(): number;
  /** Energy that the microphone brought so far, or null where the browser does not tell. */
  microphoneEnergy(): Promise<number | null>;
  close(): void;
}

interface Link {
  readonly req: number;
  readonly pc: RTCPeerConnection;
  readonly sender: RTCRtpSender | null;
  readonly tracks: readonly MediaStreamTrack[];
}

/** Candidates that take longer are left out: on a van's network they come within milliseconds. */
const GATHER_MS = 1_500;
/** A new connection that does not stand after this long is given up and tried again. */
const CONNECT_MS = 6_000;
/** The old one is closed this long after the new one stands, so that no word is cut. */
const OVERLAP_MS = 200;
/** No packet for this long on a connection that says it stands: make a new one. */
const STALL_MS = 3_000;

function gathered(pc: RTCPeerConnection, timing: Timing): Promise<void> {
  if (pc.iceGatheringState === 'complete') return Promise.resolve();
  return new Promise((done) => {
    const stop = timing.after(GATHER_MS, () => done());
    pc.addEventListener('icegatheringstatechange', () => {
      if (pc.iceGatheringState !== 'complete') return;
      stop();
      done();
    });
  });
}

/** Each packet carries the one before it again, where the browser can do that: a lost packet is then no lost sound. */
function preferCopies(transceiver: RTCRtpTransceiver): RTCRtpTransceiver {
  const all = globalThis.RTCRtpReceiver?.getCapabilities('audio')?.codecs ?? [];
  const [red, opus] = ['audio/red', 'audio/opus'].map((type) => all.find((c) => c.mimeType.toLowerCase() === type));
  // A browser that takes no wish goes on as it would without one.
  if (red !== undefined && opus !== undefined) transceiver.setCodecPreferences?.([red, opus]);
  return transceiver;
}

async function packetsReceived(pc: RTCPeerConnection): Promise<number> {
  let sum = 0;
  for (const stat of (await pc.getStats()).values() as Iterable<RTCInboundRtpStreamStats>) {
    if (stat.type === 'inbound-rtp') sum += stat.packetsReceived ?? 0;
  }
  return sum;
}

/** Makes a peer; nothing is opened before `renew`. */
export function makePeer(parts: PeerParts): Peer {
  const { timing, kind = 'audio', sends = true } = parts;
  let current: Link | null = null;
  let next: Link | null = null;
  let wanted = false;
  let isOpen = false;
  let lastReq = 0;
  let tries = 0;
  let state: PeerState = 'none';
  let stopRetry: () => void = () => {};
  let stopWatch: (() => void) | null = null;
  let packets = 0;
  let packetsAt = 0;

  const tell = () => {
    const now: PeerState = !isOpen ? 'none' : current?.pc.connectionState === 'connected' ? 'up' : current === null ? 'opening' : 'lost';
    if (now === state) return;
    state = now;
    parts.onState(now);
  };

  const shut = (link: Link | null) => {
    if (link === null) return;
    link.pc.onconnectionstatechange = null;
    link.pc.close();
  };

  const stands = () => current?.pc.connectionState === 'connected' && !wanted;

  const again = () => {
    stopRetry();
    if (!isOpen || tries >= parts.maxTries) return;
    stopRetry = timing.after(pauseMs(tries, timing.dice), () => {
      if (!stands()) renew();
    });
  };

  const giveUpNext = () => {
    shut(next);
    next = null;
    tell();
    again();
  };

  const promote = (link: Link) => {
    const old = current;
    current = link;
    next = null;
    wanted = false;
    tries = 0;
    packetsAt = timing.now();
    packets = 0;
    stopRetry();
    parts.onTracks(link.tracks);
    if (old !== null) timing.after(OVERLAP_MS, () => shut(old));
    tell();
  };

  const changed = (link: Link) => {
    const { connectionState } = link.pc;
    if (link === next && connectionState === 'connected') return promote(link);
    if (link === next && (connectionState === 'failed' || connectionState === 'closed')) return giveUpNext();
    tell();
    if (link !== current || next !== null) return;
    // It came back by itself: nothing has to be made.
    if (connectionState === 'connected') wanted = false;
    else renew();
  };

  const build = (): Link => {
    lastReq += 1;
    const pc = parts.create(parts.config());
    const { maxBitrate } = parts;
    const sendEncodings = maxBitrate === undefined ? {} : { sendEncodings: [{ maxBitrate }] };
    const made = (transceiver: RTCRtpTransceiver) => (kind === 'audio' ? preferCopies(transceiver) : transceiver);
    const sender = sends ? made(pc.addTransceiver(parts.microphone() ?? kind, { direction: 'sendonly', ...sendEncodings })).sender : null;
    const tracks = Array.from({ length: parts.slots }, () => made(pc.addTransceiver(kind, { direction: 'recvonly' })).receiver.track);
    const link: Link = { req: lastReq, pc, sender, tracks };
    pc.onconnectionstatechange = () => changed(link);
    return link;
  };

  const call = async (link: Link) => {
    await link.pc.setLocalDescription(await link.pc.createOffer());
    await gathered(link.pc, timing);
    if (link !== next) return;
    // No way out now: `wayIsBack` begins anew, with fresh candidates.
    if (!parts.offer(link.req, link.pc.localDescription?.sdp ?? '')) {
      wanted = true;
      shut(link);
      next = null;
      tell();
    }
  };

  function renew(): void {
    isOpen = true;
    wanted = true;
    tries += 1;
    stopRetry();
    shut(next);
    const link = build();
    next = link;
    stopRetry = timing.after(CONNECT_MS, () => {
      if (next === link) giveUpNext();
    });
    if (kind === 'audio') stopWatch ??= every(timing, 1_000, () => void watch());
    tell();
    call(link).catch(() => {
      if (next === link) giveUpNext();
    });
  }

  const watch = async () => {
    const link = current;
    if (link === null || link.pc.connectionState !== 'connected') return;
    const count = await packetsReceived(link.pc).catch(() => packets);
    if (link !== current) return;
    if (count !== packets) {
      packets = count;
      packetsAt = timing.now();
    } else if (timing.now() - packetsAt > STALL_MS && next === null) {
      packetsAt = timing.now();
      renew();
    }
  };

  return {
    renew,
    wayIsBack: () => {
      // An offer whose answer was lost with the old way waits for nothing.
      const isWaiting = next !== null && next.pc.signalingState === 'stable';
      if (isOpen && !stands() && !isWaiting) renew();
    },
    answered: (req, sdp) => {
      const link = next;
      if (link === null || link.req !== req) return;
      link.pc.setRemoteDescription({ type: 'answer', sdp }).catch(() => {
        if (next === link) giveUpNext();
      });
    },
    refused: (req) => {
      if (next?.req === req) giveUpNext();
    },
    setMicrophone: (track) => {
      for (const link of [current, next]) link?.sender?.replaceTrack(track).catch(() => {});
    },
    state: () => state,
    tries: () => tries,
    microphoneEnergy: async () => {
      const stats = await current?.pc.getStats();
      for (const stat of (stats?.values() ?? []) as Iterable<{ type: string; kind?: string; totalAudioEnergy?: number }>) {
        if (stat.type === 'media-source' && stat.kind === 'audio') return stat.totalAudioEnergy ?? null;
      }
      return null;
    },
    close: () => {
      isOpen = false;
      wanted = false;
      stopRetry();
      stopWatch?.();
      stopWatch = null;
      shut(next);
      shut(current);
      next = null;
      current = null;
      tries = 0;
      tell();
    },
  };
}
