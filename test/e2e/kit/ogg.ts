// A second opinion on a recorded .opus file by tools that are not ours: ffprobe, opusinfo, ffmpeg; and the tones in it.
import { run, runOk } from './run.ts';
import { type Stretch, toneDb } from './tone.ts';

const RATE_HZ = 48_000;

export interface OggFacts {
  /** As ffprobe names it: `opus`. */
  readonly codec: string;
  readonly durationS: number;
  readonly channels: number;
}

/** What ffprobe says of the first audio stream. @throws Error when the file cannot be read as sound. */
export async function probeOgg(file: string): Promise<OggFacts> {
  const text = await runOk('ffprobe', [
    '-v',
    'error',
    '-select_streams',
    'a:0',
    '-show_entries',
    'stream=codec_name,channels:format=duration',
    '-of',
    'json',
    file,
  ]);
  const { streams, format } = JSON.parse(text) as { streams: { codec_name: string; channels: number }[]; format: { duration?: string } };
  const stream = streams[0];
  if (stream === undefined) throw new Error(`no sound in ${file}`);
  return { codec: stream.codec_name, durationS: Number(format.duration), channels: stream.channels };
}

/** opusinfo's verdict. `complaints`: its WARNING and ERROR lines and the like. `endMissing`: the last page does not say that it is the last, as in a
 *  file that is still being written or was cut off by a crash; that alone is no complaint. */
export interface OpusVerdict {
  readonly ok: boolean;
  readonly complaints: readonly string[];
  readonly endMissing: boolean;
  readonly text: string;
}

export async function opusinfo(file: string): Promise<OpusVerdict> {
  const result = await run('opusinfo', [file]);
  const text = result.stdout.toString() + result.stderr;
  const lines = text.split('\n').filter((line) => /warning|error|constraints violated|after EOS/i.test(line));
  const complaints = lines.filter((line) => !/EOS not set/.test(line)).map((line) => line.trim());
  const ok = complaints.length === 0 && /Opus stream/i.test(text);
  return { ok, complaints, endMissing: complaints.length < lines.length, text };
}

export interface Decoded {
  /** Mono, 48 kHz, full scale is 1. */
  readonly samples: Float32Array;
  /** What ffmpeg complained of while decoding; empty for a sound file. */
  readonly complaints: readonly string[];
}

/** Decodes a file with ffmpeg. @throws Error when nothing can be decoded. */
export async function decodeOgg(file: string): Promise<Decoded> {
  const result = await run(
    'ffmpeg',
    ['-v', 'warning', '-nostdin', '-i', file, '-map', '0:a:0', '-ac', '1', '-ar', String(RATE_HZ), '-f', 'f32le', '-'],
    120_000,
  );
  const bytes = result.stdout;
  if (bytes.length < 4) throw new Error(`ffmpeg decoded nothing of ${file}: ${result.stderr}`);
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)));
  return { samples, complaints: result.stderr.split('\n').filter((line) => line.trim() !== '') };
}

/** Levels of tones (Hz) in each whole second of a file: `tones(file, [440]).get(440)[3]` is the level in dBFS from 3 s to 4 s. */
export async function tones(file: string, hz: readonly number[]): Promise<Map<number, number[]>> {
  const { samples } = await decodeOgg(file);
  const seconds = Array.from({ length: Math.floor(samples.length / RATE_HZ) }, (_, second) => second);
  return new Map(
    hz.map((f) => [f, seconds.map((second) => toneDb({ samples, start: second * RATE_HZ, length: RATE_HZ, rateHz: RATE_HZ }, f))]),
  );
}

/** The loudest tone between 100 and 4000 Hz in 0.2 s of a file from `atS` on (default: its middle), to about 1 Hz. */
export async function loudestTone(file: string, atS?: number): Promise<{ hz: number; db: number }> {
  const { samples } = await decodeOgg(file);
  const length = Math.min(samples.length, RATE_HZ / 5);
  const start = atS === undefined ? (samples.length - length) >> 1 : Math.round(atS * RATE_HZ);
  if (start + length > samples.length) throw new Error(`${file} ends before ${atS} s + 0.2 s`);
  const stretch: Stretch = { samples, start, length, rateHz: RATE_HZ };
  const coarse = loudestOf(stretch, { fromHz: 100, toHz: 4000, stepHz: 5 });
  return loudestOf(stretch, { fromHz: coarse.hz - 5, toHz: coarse.hz + 5, stepHz: 1 });
}

function loudestOf(stretch: Stretch, { fromHz, toHz, stepHz }: { fromHz: number; toHz: number; stepHz: number }) {
  let best = { hz: fromHz, db: Number.NEGATIVE_INFINITY };
  for (let hz = fromHz; hz <= toHz; hz += stepHz) {
    const db = toneDb(stretch, hz);
    if (db > best.db) best = { hz, db };
  }
  return best;
}
