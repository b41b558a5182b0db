// Takes a picture of every scene of the gallery: the console in three themes and two sizes, the far end's pages on two phones.
// usage: node scripts/screens.mjs [word in a scene's name...]     pictures go to screenshots/ (not in git)
import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { buildGallery, scenesOf, serveGallery, showScene } from './gallery.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'screenshots');
const words = process.argv.slice(2);
const isWanted = (scene) => words.length === 0 || words.some((word) => scene.includes(word));

const THEMES = ['day', 'dark', 'night'];
const DESKS = [
  { width: 1366, height: 768, hasTouch: false },
  { width: 1180, height: 820, hasTouch: true },
];
const PHONES = [
  { width: 360, height: 640 },
  { width: 320, height: 568 },
];
const LANGUAGES = ['en', 'ar'];

function chromiumPath() {
  const asked = process.env.PARLEY_CHROMIUM;
  if (asked) return asked;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const places = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = places.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error('no Chromium found: install one or set PARLEY_CHROMIUM');
  return found;
}

/** Every scene in one size; what goes wrong in the page is told and does not stop the rest. */
async function walk(browser, { file, folder, options, variants }) {
  const context = await browser.newContext(options);
  await serveGallery(context);
  const page = await context.newPage();
  let scene = '';
  page.on('pageerror', (fault) => told.push(`${scene}: ${fault.message}`));
  page.on('console', (message) => message.type() === 'error' && told.push(`${scene}: ${message.text()}`));
  const scenes = (await scenesOf(page, file)).filter(isWanted);
  for (scene of scenes) {
    for (const variant of variants) {
      const name = `${scene.replace(':', '-')}-${Object.values(variant).join('-')}.png`;
      try {
        await showScene(page, { file, scene, ...variant });
        await page.screenshot({ path: join(out, folder, name) });
        count += 1;
      } catch (fault) {
        told.push(`${scene}: ${fault.message.split('\n')[0]}`);
      }
    }
  }
  await context.close();
}

const told = [];
let count = 0;
await buildGallery();
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
for (const { width, height, hasTouch } of DESKS) {
  const folder = `console-${width}x${height}`;
  mkdirSync(join(out, folder), { recursive: true });
  const options = { viewport: { width, height }, hasTouch };
  await walk(browser, { file: 'index.html', folder, options, variants: THEMES.map((theme) => ({ theme })) });
}
for (const viewport of PHONES) {
  const folder = `far-${viewport.width}x${viewport.height}`;
  mkdirSync(join(out, folder), { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    const options = { viewport, colorScheme, hasTouch: true, isMobile: true };
    const variants = LANGUAGES.map((language) => ({ language, colorScheme }));
    await walk(browser, { file: 'far.html', folder, options, variants });
  }
}
await browser.close();
console.log(`${count} pictures in ${out}`);
for (const line of new Set(told)) console.log(`TROUBLE ${line}`);
process.exitCode = told.length > 0 ? 1 : 0;
