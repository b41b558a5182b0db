// A newcomer alone at one laptop: one press to a call with a simulated person, and the recording of his voice.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePart } from '../parts.ts';
import { hold, signIn, type Teller } from './crew.ts';
import { decodeOgg } from './kit/ogg.ts';
import { type Parley, startParley } from './kit/parley.ts';
import { waitFor } from './kit/process.ts';

requirePart('chromium');
requirePart('ffmpeg');

/** Loudest 100 ms of a file, dBFS. */
function loudestDb(samples: Float32Array): number {
  const window = 4_800;
  let loudest = 0;
  for (let at = 0; at + window <= samples.length; at += window) {
    let sum = 0;
    for (let i = at; i < at + window; i += 1) sum += (samples[i] ?? 0) ** 2;
    loudest = Math.max(loudest, sum / window);
  }
  return 10 * Math.log10(loudest + 1e-12);
}

describe('the practice call', () => {
  let parley: Parley;
  let newcomer: Teller;

  beforeAll(async () => {
    parley = await startParley();
  }, 60_000);

  afterAll(async () => {
    await newcomer?.browser.close();
    await parley?.stop();
  }, 30_000);

  it('[S6] is one press away, waits to be let in, speaks, and leaves a recording of his voice', { timeout: 120_000 }, async () => {
    newcomer = await signIn(await parley.ownerLink(), { name: 'Nora', hz: 930 });
    const { page } = newcomer;
    await page.getByRole('button', { name: 'Practice call' }).click({ timeout: 15_000 });
    await page.getByRole('button', { name: 'Join the call' }).click({ timeout: 15_000 });
    await page.getByRole('button', { name: 'Let in' }).first().click({ timeout: 20_000 });
    await page.getByText('NOT SAFE').first().waitFor({ timeout: 15_000 });
    await hold(newcomer, 'Take the floor');
    await page.getByText('The subject hears you').first().waitFor({ timeout: 10_000 });
    // Long enough for his first line, whatever the pause before it.
    await page.waitForTimeout(12_000);
    await hold(newcomer, 'End the call');
    await waitFor('the safe light', async () => (await page.getByText('NOT SAFE').count()) === 0, { withinMs: 10_000 });
    await parley.term();
    const [incident = ''] = await readdir(join(parley.data, 'media'));
    const leg = (await readdir(join(parley.data, 'media', incident))).find((name) => name.startsWith('line.')) ?? '';
    const files = (await readdir(join(parley.data, 'media', incident, leg))).filter((name) => name.endsWith('.opus'));
    const { samples } = await decodeOgg(join(parley.data, 'media', incident, leg, files[0] ?? ''));
    expect(loudestDb(samples)).toBeGreaterThan(-35);
    expect(newcomer.browser).toMatchObject({ pageErrors: [], cspViolations: [] });
  });
});
