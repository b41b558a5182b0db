// The lines that can be said: their words, files and packets, loaded once. Knows no call.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readOpusFile } from './ogg-reader.ts';
import { FRAME_MS } from './opus.ts';

const line = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  text: z.string().min(1),
  file: z.string().regex(/^[a-z0-9-]+\.opus$/),
  ms: z.number().int().positive(),
});
const manifest = z.strictObject({ person: z.array(line), coach: z.array(line), negotiator: z.array(line) });

/** Whose lines: the simulated person's; the whispers of the machine coach; its own words when it talks in the primary's seat. */
export type Speaker = keyof z.infer<typeof manifest>;

/** One line, ready to be sent. */
export interface Clip {
  readonly id: string;
  readonly text: string;
  readonly ms: number;
  /** Opus, 20 ms each. */
  readonly packets: readonly Uint8Array[];
}

/** Where the files lie: beside this source, and beside the built program. */
export const VOICE_FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'voice');

/** Loads all lines of one speaker, by id. @throws when the folder is not whole: a file is missing, broken, or not as long as told. */
export function loadVoice(speaker: Speaker, folder = VOICE_FOLDER): ReadonlyMap<string, Clip> {
  const known = manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  return new Map(
    known[speaker].map(({ id, text, file, ms }) => {
      const { packets } = readOpusFile(readFileSync(join(folder, file)));
      if (packets.length * FRAME_MS !== ms)
        throw new Error(`${file} has ${packets.length} packets of ${FRAME_MS} ms, not ${ms} ms: render the voice again`);
      return [id, { id, text, ms, packets }];
    }),
  );
}
