// Writes pictures into a WebM (VP8) or Matroska (H.264) file that only ever grows, as they came. The library makes the bytes; nothing is encoded.
import { AppendOnlyStreamTarget, EncodedPacket, EncodedVideoPacketSource, MkvOutputFormat, Output, WebMOutputFormat } from 'mediabunny';
import type { PictureFormat } from '../../pictures/frames.ts';

/** Ends of the names of picture files. */
export const EXTENSIONS = { vp8: 'webm', h264: 'mkv' } as const;

export interface ContainerOptions {
  readonly format: PictureFormat;
  readonly startedAtMs: number;
  /** Takes the file's bytes in order. */
  readonly write: (bytes: Buffer) => void;
  readonly failed: (thrown: unknown) => void;
}

/** One file's worth of pictures. Each is in the bytes before the next turn of the event loop but one. */
export class Container {
  readonly #options: ContainerOptions;
  readonly #output: Output;
  readonly #source: EncodedVideoPacketSource;
  #work: Promise<void>;
  #isFirst = true;

  constructor(options: ContainerOptions) {
    this.#options = options;
    const isVp8 = options.format.codec === 'vp8';
    const sink = new WritableStream<Uint8Array>({ write: (bytes) => options.write(Buffer.from(bytes)) });
    this.#output = new Output({
      format: isVp8 ? new WebMOutputFormat({ appendOnly: true }) : new MkvOutputFormat({ appendOnly: true }),
      target: new AppendOnlyStreamTarget(sink),
    });
    this.#source = new EncodedVideoPacketSource(isVp8 ? 'vp8' : 'avc');
    this.#output.addVideoTrack(this.#source);
    this.#output.setMetadataTags({ date: new Date(options.startedAtMs) });
    this.#work = this.#output.start().catch(options.failed);
  }

  /** `atMs`: since the start of the file; each is later than the one before. The first is a key picture. */
  add(data: Uint8Array, key: boolean, atMs: number): void {
    const packet = new EncodedPacket(data, key ? 'key' : 'delta', atMs / 1000, 0);
    const meta = this.#isFirst ? { decoderConfig: this.#decoderConfig() } : undefined;
    this.#isFirst = false;
    this.#work = this.#work.then(() => this.#source.add(packet, meta)).catch(this.#options.failed);
  }

  /** Resolved when every byte was given away. */
  async finish(): Promise<void> {
    await this.#work;
    await this.#output.finalize().catch(this.#options.failed);
  }

  #decoderConfig(): VideoDecoderConfig {
    const { width, height, configuration } = this.#options.format;
    const size = { codedWidth: width, codedHeight: height };
    if (configuration === undefined) return { codec: 'vp8', ...size };
    const profile = Buffer.from(configuration.subarray(1, 4)).toString('hex');
    return { codec: `avc1.${profile}`, ...size, description: Uint8Array.from(configuration) };
  }
}
