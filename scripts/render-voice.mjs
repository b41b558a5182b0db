// Speaks the lines of src/caller/voice/manifest.json with flite and keeps them as Opus files beside it. Run by hand after a change
// of the lines; needs flite and ffmpeg. Not part of the build: the files are in the repository.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src', 'caller', 'voice');
const manifestPath = join(folder, 'manifest.json');
const LIMIT_MS = 30_000;
const FRAME_MS = 20;
/** Loudest sample of every line, so that no voice stands out. */
const PEAK_DB = -4;

const VOICES = {
  person: { voice: 'rms', stretch: 1.08 },
  coach: { voice: 'slt', stretch: 0.95 },
  negotiator: { voice: 'awb', stretch: 1 },
};

const run = (program, args) => execFileSync(program, args, { timeout: LIMIT_MS, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });

/** Loudest sample of a 16 bit mono WAV file as flite writes it, in dBFS. */
function peakDb(path) {
  const bytes = readFileSync(path);
  const data = bytes.indexOf('data', 12, 'latin1') + 8;
  let peak = 1;
  for (let at = data; at + 1 < bytes.length; at += 2) peak = Math.max(peak, Math.abs(bytes.readInt16LE(at)));
  return 20 * Math.log10(peak / 32_768);
}

/** Length of the sound of an Opus file in whole packets, from its last page. */
function lengthMs(path) {
  const bytes = readFileSync(path);
  const granule = Number(bytes.readBigInt64LE(bytes.lastIndexOf('OggS', undefined, 'latin1') + 6));
  return Math.ceil(granule / 48 / FRAME_MS) * FRAME_MS;
}

function render(who, { id, text }, scratch) {
  const { voice, stretch } = VOICES[who];
  const wav = join(scratch, 'line.wav');
  const file = `${who}-${id}.opus`;
  run('flite', ['-voice', voice, '--setf', `duration_stretch=${stretch}`, '-t', text, '-o', wav]);
  const gain = `volume=${(PEAK_DB - peakDb(wav)).toFixed(2)}dB`;
  const codec = ['-c:a', 'libopus', '-b:a', '24k', '-vbr', 'on', '-application', 'voip', '-frame_duration', String(FRAME_MS)];
  const plain = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'];
  run('ffmpeg', [
    '-v',
    'error',
    '-nostdin',
    '-y',
    '-i',
    wav,
    '-af',
    gain,
    '-ac',
    '1',
    '-ar',
    '48000',
    ...codec,
    ...plain,
    join(folder, file),
  ]);
  return { id, text, file, ms: lengthMs(join(folder, file)) };
}

const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
const scratch = mkdtempSync(join(tmpdir(), 'parley-voice-'));
try {
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.opus'))) rmSync(join(folder, name));
  for (const who of Object.keys(VOICES)) manifest[who] = manifest[who].map((line) => render(who, line, scratch));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
writeFileSync(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`);
const files = readdirSync(folder).filter((one) => one.endsWith('.opus'));
const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
console.log(`${files.length} lines, ${Math.round(bytes / 1024)} KiB`);
