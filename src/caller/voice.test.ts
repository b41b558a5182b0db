// The rendered lines are whole, small, and what the scene needs.
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { EarDecoder, FRAME_MS } from './opus.ts';
import { ENDINGS, ON_INTERRUPTION, ON_RETURN, ON_SILENCE, STORY } from './practice.ts';
import { levelDb } from './speech-sense.ts';
import { loadVoice, VOICE_FOLDER } from './voice.ts';

const person = loadVoice('person');
const coach = loadVoice('coach');
const negotiator = loadVoice('negotiator');

describe('the voice', () => {
  it('[S2] has every line of the scene, and no line that the scene does not use', () => {
    const used = [...STORY.flat(), ...ON_SILENCE, ...ON_INTERRUPTION, ON_RETURN, ...Object.values(ENDINGS)];
    expect([...person.keys()].sort()).toEqual([...new Set(used)].sort());
    expect(coach.size).toBe(6);
  });

  it('[S2] is small enough for the repository, with no file that is not named', () => {
    const files = readdirSync(VOICE_FOLDER).filter((name) => name.endsWith('.opus'));
    expect(files.length).toBe(person.size + coach.size + negotiator.size);
    expect(files.reduce((sum, name) => sum + statSync(join(VOICE_FOLDER, name)).size, 0)).toBeLessThan(600 * 1024);
  });

  it.each([...person.values(), ...coach.values(), ...negotiator.values()].map((clip) => [clip.text, clip] as const))(
    '[S2] sounds, in packets of 20 ms without a gap: %s',
    (_, { packets }) => {
      const decoder = new EarDecoder();
      const frames = packets.map((packet) => decoder.decode(packet) ?? new Int16Array());
      expect(new Set(frames.map((pcm) => pcm.length))).toEqual(new Set([16 * FRAME_MS]));
      // A packet of one or two bytes would be the codec falling silent on the wire.
      expect(Math.min(...packets.map((packet) => packet.length))).toBeGreaterThan(2);
      expect(Math.max(...frames.map(levelDb))).toBeGreaterThan(-22);
    },
  );
});

describe('a folder of lines', () => {
  const folders: string[] = [];
  const copy = () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-voice-'));
    folders.push(folder);
    cpSync(VOICE_FOLDER, folder, { recursive: true });
    return folder;
  };
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  it('is refused when a file is missing, cut, or not as long as told', () => {
    const missing = copy();
    rmSync(join(missing, 'coach-slow.opus'));
    expect(() => loadVoice('coach', missing)).toThrow('coach-slow.opus');
    const cut = copy();
    truncateSync(join(cut, 'coach-slow.opus'), 4_000);
    expect(() => loadVoice('coach', cut)).toThrow('cut short');
    const swapped = copy();
    cpSync(join(swapped, 'coach-open.opus'), join(swapped, 'coach-slow.opus'));
    expect(() => loadVoice('coach', swapped)).toThrow('render the voice again');
  });

  it('is refused when its list names a file elsewhere', () => {
    const folder = copy();
    writeFileSync(
      join(folder, 'manifest.json'),
      JSON.stringify({ person: [], coach: [{ id: 'a', text: 'a', file: '../a.opus', ms: 20 }] }),
    );
    expect(() => loadVoice('coach', folder)).toThrow();
  });
});
