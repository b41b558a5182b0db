// Scenes of the gallery under axe in the three themes: what a journey seldom reaches. No server takes part.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildGallery, scenesOf, serveGallery, showScene } from '../../scripts/gallery.mjs';
import { requirePart } from '../parts.ts';
import { launchWithTone, type ToneBrowser } from './kit/chromium.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SCENES = ['people', 'line-lost', 'authority-dialog', 'third-party'];

requirePart('chromium');

describe('the gallery', () => {
  let browser: ToneBrowser;

  beforeAll(async () => {
    await buildGallery();
    browser = await launchWithTone({ name: 'gallery', hz: 440 });
    await serveGallery(browser.context);
  }, 60_000);

  afterAll(() => browser?.close());

  it('[V71] shows parts in states that are seldom met, and axe finds nothing in them in any theme', { timeout: 90_000 }, async () => {
    const { page } = browser;
    expect(await scenesOf(page, 'index.html')).toEqual(expect.arrayContaining(SCENES));
    const found: string[] = [];
    for (const scene of SCENES) {
      await showScene(page, { scene });
      await page.evaluate(AXE);
      for (const theme of ['day', 'dark', 'night']) {
        const names = await page.evaluate(async (asked) => {
          document.documentElement.dataset['theme'] = asked;
          const { axe } = window as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          };
          return (await axe.run()).violations.map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 160)}`);
        }, theme);
        found.push(...names.map((one) => `${scene} ${theme}: ${one}`));
      }
    }
    expect(found).toEqual([]);
    expect(browser.pageErrors).toEqual([]);
  });
});
