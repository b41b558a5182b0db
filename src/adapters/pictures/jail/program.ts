// The program in the jail: a picture comes in by standard input, its view goes out by standard output. It is run with no environment, no
// files and no network (jail.ts); its codecs are WebAssembly, a second wall. Nothing that matters may be reachable from here.
import { readSync, writeSync } from 'node:fs';
import jpegReader from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import jpegWriter from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm';
import { init as initJpeg, default as readJpeg } from '@jsquash/jpeg/decode.js';
import { init as initJpegWriter, default as writeJpeg } from '@jsquash/jpeg/encode.js';
import * as pngReader from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm';
import { init as initPng, decode as readPng } from '@jsquash/png/decode.js';
import webpReader from '@jsquash/webp/codec/dec/webp_dec.wasm';
import { init as initWebp, default as readWebp } from '@jsquash/webp/decode.js';
import { fitted, type Pixels } from './scale.ts';

/** Good enough to read a number plate, small enough for a slow link. */
const QUALITY = 82;
const PIECE_BYTES = 256 * 1024;

/** What the codecs make their pixels with; browsers have one. */
class PlainPixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

type Compiled = Parameters<typeof initPng>[0] &
  Parameters<typeof initJpeg>[0] &
  Parameters<typeof initJpegWriter>[0] &
  Parameters<typeof initWebp>[0];
/** Node has it; the types that this part of the house is checked with do not name it. */
function compiled(bytes: Uint8Array): Compiled {
  const { WebAssembly: machine } = globalThis as unknown as { readonly WebAssembly: { readonly Module: new (of: Uint8Array) => Compiled } };
  return new machine.Module(bytes);
}

const READERS: Readonly<Record<string, (bytes: ArrayBuffer) => Promise<Pixels>>> = {
  jpeg: async (bytes) => {
    await initJpeg(compiled(jpegReader));
    return (await readJpeg(bytes, { preserveOrientation: true })) as Pixels;
  },
  png: async (bytes) => {
    await initPng(compiled((pngReader as unknown as { readonly default: Uint8Array }).default));
    return (await readPng(bytes)) as Pixels;
  },
  webp: async (bytes) => {
    await initWebp(compiled(webpReader));
    return (await readWebp(bytes)) as Pixels;
  },
};

/** All of standard input. Read by hand: a stream would open more than it needs. */
function readAll(): ArrayBuffer {
  const pieces: Buffer[] = [];
  for (;;) {
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    const got = readSync(0, piece);
    if (got === 0) break;
    pieces.push(piece.subarray(0, got));
  }
  return new Uint8Array(Buffer.concat(pieces)).buffer;
}

function writeAll(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.byteLength; ) at += writeSync(1, bytes, at, bytes.byteLength - at);
}

async function main([kind = '', mostEdge = '']: readonly string[]): Promise<void> {
  Object.assign(globalThis, { ImageData: PlainPixels });
  writeAll(Uint8Array.of(1)); // ready: from here on the jail is shut
  const view = fitted(await (READERS[kind] as (bytes: ArrayBuffer) => Promise<Pixels>)(readAll()), Number(mostEdge));
  await initJpegWriter(compiled(jpegWriter));
  const jpeg = await writeJpeg(view as unknown as Parameters<typeof writeJpeg>[0], { quality: QUALITY, progressive: false });
  const head = new DataView(new ArrayBuffer(8));
  head.setUint32(0, view.width);
  head.setUint32(4, view.height);
  writeAll(new Uint8Array(head.buffer));
  writeAll(new Uint8Array(jpeg));
}

await main(process.argv.slice(2));
