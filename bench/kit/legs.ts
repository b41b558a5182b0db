// Ten far ends in one process that send sound and time what they get: over WebRTC as a caller does, or bare UDP. Payloads carry when they were sent.
import { createSocket, type Socket } from 'node:dgram';
import { Encoder } from '@evan/opus';
import nodeDataChannel from 'node-datachannel';
import { endStack, openPath, type Path } from '../../src/caller/path.ts';
import { readRtp } from '../../src/caller/rtp.ts';
import { heard, tell } from './child.ts';
import { quantile, rounded } from './numbers.ts';
import { evenly, sleep, wallMs } from './system.ts';

export interface LegsInput {
  readonly legs: number;
  /** UDP port of the bare forwarder; left out: WebRTC, with offers told to the parent. */
  readonly port?: number;
  /** WebRTC with a path to send and another to hear, as Janus's VideoRoom wants it: each `hear` of the parent is answered by `hears-N`. */
  readonly apart?: boolean;
}

export interface LegsSaw {
  readonly delay: { p50: number; p99: number };
  readonly sent: number;
  readonly received: number;
}

const FRAME_MS = 20;
const FRAME_SAMPLES = 960;
const STAMP_BYTES = 8;
/** Shorter ones are the silence and comfort frames of the worker, which carry no stamp. */
const SMALLEST_BYTES = 30;
const LIMIT_MS = 120_000;

/** Fifty frames of a tone, so that whoever decodes them hears something. */
function toneFrames(hz: number): Buffer[] {
  const encoder = new Encoder({ channels: 1, sample_rate: 48_000, application: 'voip' });
  encoder.bitrate = 24_000;
  return Array.from({ length: 50 }, (_, frame) => {
    const at = (i: number) => Math.sin((2 * Math.PI * hz * (frame * FRAME_SAMPLES + i)) / 48_000);
    return Buffer.from(encoder.encode(Int16Array.from({ length: FRAME_SAMPLES }, (_unused, i) => Math.round(9_000 * at(i)))));
  });
}

class Ledger {
  #delays: number[] = [];
  #isOpen = false;
  #sent = 0;

  send(frame: Buffer): Buffer {
    const stamp = Buffer.alloc(STAMP_BYTES);
    stamp.writeDoubleBE(wallMs());
    if (this.#isOpen) this.#sent += 1;
    return Buffer.concat([frame, stamp]);
  }

  take(payload: Uint8Array): void {
    if (!this.#isOpen || payload.length < SMALLEST_BYTES) return;
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    this.#delays.push(wallMs() - view.getFloat64(payload.length - STAMP_BYTES));
  }

  async window(forMs: number): Promise<LegsSaw> {
    this.#delays = [];
    this.#sent = 0;
    this.#isOpen = true;
    await sleep(forMs);
    this.#isOpen = false;
    const of = (share: number) => rounded(quantile(this.#delays, share));
    return { delay: { p50: of(0.5), p99: of(0.99) }, sent: this.#sent, received: this.#delays.length };
  }
}

/** Role: tells `offer` for each leg and takes `answer`, or talks to the bare forwarder; says `ready`; answers each `window` with `saw`. */
export async function legs(input: LegsInput): Promise<void> {
  const ledger = new Ledger();
  heard<{ forMs: number }>('window', ({ forMs }) => void ledger.window(forMs).then((saw) => tell({ t: 'saw', saw })));
  process.on('SIGTERM', () => {
    if (input.port === undefined) endStack();
    process.exit(0);
  });
  const senders = input.port === undefined ? await webrtc(input, ledger) : await bare(input.legs, input.port, ledger);
  const tones = senders.map((_, i) => toneFrames(400 + 150 * i));
  tell({ t: 'ready' });
  // One leg after the other, two ms apart, as real microphones are not in step.
  const perSecond = (1000 / FRAME_MS) * senders.length;
  await evenly(perSecond, LIMIT_MS, (turn) => {
    const [leg, index] = [turn % senders.length, Math.floor(turn / senders.length)];
    const frame = tones[leg]?.[index % 50];
    if (frame !== undefined) senders[leg]?.(ledger.send(frame), index);
  });
}

type Send = (payload: Buffer, index: number) => void;

/** Paths that only hear. The stack drops what nobody holds. */
const ears: object[] = [];

/** Answers the parent's offers of voices until it says that all hear. */
function hearApart(ledger: Ledger): Promise<void> {
  heard<{ leg: number; sdp: string }>('hear', ({ leg, sdp }) => {
    const pc = new nodeDataChannel.PeerConnection(`ear-${leg}`, { iceServers: [] });
    ears.push(pc);
    pc.onTrack((track) => {
      ears.push(track);
      track.onMessage((bytes) => {
        const packet = readRtp(bytes);
        if (packet !== undefined) ledger.take(packet.payload);
      });
    });
    pc.onLocalDescription((answer) => tell({ t: `hears-${leg}`, sdp: answer }));
    pc.setRemoteDescription(sdp, 'offer');
  });
  return new Promise((resolve) => heard('all-hear', () => resolve()));
}

async function webrtc({ legs: count, apart = false }: LegsInput, ledger: Ledger): Promise<Send[]> {
  const all = apart ? hearApart(ledger) : undefined;
  const answers = new Map<number, (sdp: string) => void>();
  heard<{ leg: number; sdp: string }>('answer', ({ leg, sdp }) => answers.get(leg)?.(sdp));
  const senders: Send[] = [];
  for (let leg = 0; leg < count; leg++) {
    const path = await new Promise<Path>((resolve, reject) => {
      const opened: Path = openPath({
        servers: [],
        relayOnly: false,
        // Janus does not listen on the loopback, but on an address of this machine.
        bindAddress: apart ? undefined : '127.0.0.1',
        slots: apart ? 0 : count - 1,
        onOffer: (sdp) => tell({ t: 'offer', leg, sdp }),
        onUp: () => resolve(opened),
        onDown: (why) => reject(new Error(`leg ${leg}: ${why}`)),
        onSound: (_, packet) => ledger.take(packet.payload),
      });
      answers.set(leg, (sdp) => opened.answered(sdp));
    });
    senders.push((payload, index) => path.send(payload, index));
  }
  await all;
  return senders;
}

async function bare(count: number, port: number, ledger: Ledger): Promise<Send[]> {
  const open = () =>
    new Promise<Socket>((resolve) => {
      const socket = createSocket('udp4');
      socket.on('message', (bytes) => ledger.take(bytes));
      socket.bind(0, '127.0.0.1', () => resolve(socket));
    });
  const sockets = await Promise.all(Array.from({ length: count }, open));
  for (const socket of sockets) socket.send('here', port, '127.0.0.1');
  return sockets.map((socket) => (payload) => socket.send(payload, port, '127.0.0.1'));
}
