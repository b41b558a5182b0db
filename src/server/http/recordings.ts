// Files of recordings: listed and found by name, never by a path that came over the wire.
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { RecordingFile } from '../../protocol/http.ts';
import type { House } from '../rooms.ts';

const LEG = /^[a-z0-9][a-z0-9_.-]{0,63}$/;
const FILE = /^[A-Za-z0-9_-]{1,80}\.(opus|ogg|webm|mkv)$/;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  opus: 'audio/ogg',
  ogg: 'audio/ogg',
  webm: 'video/webm',
  mkv: 'video/x-matroska',
};

/** What a recording is, by its name's end. */
export function contentTypeOf(file: string): string {
  return CONTENT_TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

async function entries(path: string): Promise<readonly string[]> {
  return readdir(path).catch(() => []);
}

/** All recordings of an incident, by leg and name. */
export async function listRecordings(dataDir: string, house: House): Promise<readonly RecordingFile[]> {
  const root = join(dataDir, 'media', house.id);
  const found: RecordingFile[] = [];
  for (const leg of (await entries(root)).filter((l) => LEG.test(l))) {
    for (const file of (await entries(join(root, leg))).filter((f) => FILE.test(f))) {
      const { size } = await stat(join(root, leg, file));
      const known = house.room.state.recording.segments.findLast((s) => s.leg === leg && s.file.endsWith(file));
      found.push({ leg, file, bytes: size, sha256: known?.sha256 ?? null });
    }
  }
  return found;
}

/** The path of one recording, or null when the name is none of ours or the file is not there. */
export async function recordingPath(
  dataDir: string,
  id: string,
  { leg, file }: { readonly leg: string; readonly file: string },
): Promise<string | null> {
  if (!LEG.test(leg) || !FILE.test(file)) return null;
  const root = join(dataDir, 'media', id);
  const path = await realpath(join(root, leg, file)).catch(() => null);
  return path?.startsWith((await realpath(root)) + sep) ? path : null;
}
