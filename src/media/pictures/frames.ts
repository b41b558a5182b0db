// Puts whole pictures together from a camera's packets in order. After a loss it drops pictures until the next key picture.
import { avcConfiguration, h264Facts, h264Nals, h264Size, isVp8Key, lengthPrefixed, vp8Body, vp8Size } from './codec.ts';
import type { PictureCodec, PictureIn } from './packet.ts';

/** Most packets of one picture; more is no picture. */
const MAX_PACKETS = 2_000;

/** What a file has to say of its pictures before the first of them. */
export interface PictureFormat {
  readonly codec: PictureCodec;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Decoder configuration; for H.264 only. */
  readonly configuration?: Buffer;
}

/** One whole picture, as a file keeps it. `format` comes with each key picture. */
export interface Frame {
  readonly key: boolean;
  readonly data: Buffer;
  readonly ts: number;
  readonly last: PictureIn;
  readonly format?: PictureFormat;
}

/** Packets of one stream in order become pictures. */
export class FrameAssembler {
  #parts: PictureIn[] = [];
  #needsKey = true;

  /** True while pictures are dropped until a key picture comes. */
  get needsKey(): boolean {
    return this.#needsKey;
  }

  /** Packets are missing: the picture in hand is torn, and those that follow depend on it. */
  broken(): void {
    this.#parts = [];
    this.#needsKey = true;
  }

  /** Takes the next packet in order; returns the picture that it ends, if that can be decoded. */
  push(packet: PictureIn): Frame | undefined {
    if (this.#parts[0] !== undefined && this.#parts[0].ts !== packet.ts) this.#parts = [];
    this.#parts.push(packet);
    if (this.#parts.length > MAX_PACKETS) this.broken();
    if (!packet.marker) return undefined;
    const parts = this.#parts;
    this.#parts = [];
    const frame = packet.codec === 'vp8' ? vp8Frame(parts) : h264Frame(parts);
    if (frame === undefined) this.#needsKey = true;
    if (frame === undefined || (this.#needsKey && !frame.key)) return undefined;
    this.#needsKey = false;
    return frame;
  }
}

function vp8Frame(parts: readonly PictureIn[]): Frame | undefined {
  const bodies = parts.map((packet) => vp8Body(packet.payload));
  const last = parts.at(-1) as PictureIn;
  if (bodies[0]?.opens !== true || bodies.includes(undefined)) return undefined;
  const data = Buffer.concat(bodies.map((body) => body?.bytes ?? Buffer.alloc(0)));
  const key = isVp8Key(data);
  return { key, data, ts: last.ts, last, ...(key && { format: { codec: 'vp8', ...vp8Size(data) } }) };
}

function h264Frame(parts: readonly PictureIn[]): Frame | undefined {
  const nals = h264Nals(parts.map((packet) => packet.payload));
  const last = parts.at(-1) as PictureIn;
  if (nals === undefined || nals.length === 0) return undefined;
  const { sps, pps, key } = h264Facts(nals);
  const data = lengthPrefixed(nals);
  const size = sps === undefined ? undefined : h264Size(sps);
  if (!key || sps === undefined || pps === undefined || size === undefined) return { key: false, data, ts: last.ts, last };
  return { key, data, ts: last.ts, last, format: { codec: 'h264', ...size, configuration: avcConfiguration(sps, pps) } };
}
