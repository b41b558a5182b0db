// One connection of sound to the box, on libdatachannel. Makes an offer, takes its answer, carries packets. Made anew, never repaired.
import { randomInt } from 'node:crypto';
import nodeDataChannel, { type PeerConnection, type Track } from 'node-datachannel';
import type { StackServer } from './ice.ts';
import { FRAME_SAMPLES } from './opus.ts';
import { type Rtp, readRtp, writeRtp } from './rtp.ts';

export interface PathParts {
  readonly servers: readonly StackServer[];
  readonly relayOnly: boolean;
  /** The only address to use, such as 127.0.0.1 for a box on this machine; undefined: all. */
  readonly bindAddress?: string | undefined;
  /** How many voices can be received at once. */
  readonly slots: number;
  readonly onOffer: (sdp: string) => void;
  /** Sound can flow. */
  readonly onUp: () => void;
  /** It ended or never came to be. Nothing is called after this. */
  readonly onDown: (why: string) => void;
  /** A packet of a voice. Control packets are left out. */
  readonly onSound: (slot: number, packet: Rtp) => void;
}

export interface Path {
  /** The box's answer. A bad one ends the path. */
  answered(sdp: string): void;
  /** Sends a packet whose place in time is `index` frames of 20 ms; does nothing before the path is up. */
  send(packet: Uint8Array, index: number): void;
  close(): void;
}

const PAYLOAD_TYPE = 111;
/** As the box asks of every microphone: packets even in silence, repair data for loss. */
const SPEAKS = 'minptime=10;useinbandfec=1;usedtx=0';

/**
 * The offer without our addresses. Were the box to check them before its answer is here, this stack would begin to encrypt without
 * knowing the box's certificate, and fail. So only we check, and our checks show the box where we are.
 */
export function withoutCandidates(sdp: string): string {
  return sdp
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('a=candidate:') && line !== 'a=end-of-candidates')
    .join('\r\n');
}

function addSections(pc: PeerConnection, ssrc: number, slots: number): { mic: Track; ears: Track[] } {
  const mic = new nodeDataChannel.Audio('mic', 'SendOnly');
  mic.addOpusCodec(PAYLOAD_TYPE, SPEAKS);
  mic.addSSRC(ssrc, 'sound', 'sound', 'mic');
  const ears = Array.from({ length: slots }, (_, slot) => {
    const ear = new nodeDataChannel.Audio(`ear${slot}`, 'RecvOnly');
    ear.addOpusCodec(PAYLOAD_TYPE, SPEAKS);
    return ear;
  });
  return { mic: pc.addTrack(mic), ears: ears.map((ear) => pc.addTrack(ear)) };
}

/** Objects of open paths. The stack drops the callbacks of an object that nobody holds, and the sound with them. */
const held = new Set<readonly object[]>();

/** Opens a path: `onOffer` follows. */
export function openPath(parts: PathParts): Path {
  const ssrc = randomInt(1, 2 ** 32);
  const firstTs = randomInt(2 ** 32);
  let seq = randomInt(2 ** 15);
  let isUp = false;
  let isClosed = false;
  let hasOffered = false;
  const pc = new nodeDataChannel.PeerConnection('caller', {
    iceServers: parts.servers.map((server) => ({ ...server })),
    iceTransportPolicy: parts.relayOnly ? 'relay' : 'all',
    disableAutoNegotiation: true,
    ...(parts.bindAddress === undefined ? {} : { bindAddress: parts.bindAddress }),
  });
  const { mic, ears } = addSections(pc, ssrc, parts.slots);
  const objects = [pc, mic, ...ears];
  held.add(objects);

  const close = () => {
    if (isClosed) return;
    isClosed = true;
    isUp = false;
    pc.close();
    held.delete(objects);
  };

  const end = (why: string) => {
    if (isClosed) return;
    close();
    parts.onDown(why);
  };

  for (const [slot, ear] of ears.entries()) {
    ear.onMessage((bytes) => {
      const packet = isClosed ? undefined : readRtp(bytes);
      if (packet !== undefined) parts.onSound(slot, packet);
    });
  }
  pc.onLocalDescription((sdp) => {
    if (hasOffered || isClosed) return;
    hasOffered = true;
    parts.onOffer(withoutCandidates(sdp));
  });
  pc.onStateChange((state) => {
    if (isClosed) return;
    if (state === 'connected') {
      isUp = true;
      parts.onUp();
    } else if (state === 'failed' || state === 'closed' || state === 'disconnected') end(state);
  });
  pc.setLocalDescription('offer');

  return {
    answered: (sdp) => {
      if (isClosed) return;
      try {
        pc.setRemoteDescription(sdp, 'answer');
      } catch (cause) {
        end(`bad answer: ${cause instanceof Error ? cause.message : String(cause)}`);
      }
    },
    send: (payload, index) => {
      if (!isUp || !mic.isOpen()) return;
      mic.sendMessageBinary(
        writeRtp({ payloadType: PAYLOAD_TYPE, seq: seq++, ts: (firstTs + index * FRAME_SAMPLES) % 2 ** 32, ssrc, payload }),
      );
    },
    close,
  };
}

/** Ends the stack's own threads: the last thing before the process ends. */
export function endStack(): void {
  nodeDataChannel.cleanup();
}
