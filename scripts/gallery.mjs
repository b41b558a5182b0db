// Builds the gallery of the console's states (src/web/gallery) beside the product, and hands its files to a browser without a server.
import { readFileSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'dist', 'gallery');
/** Not a real host: every request to it is answered from the folder. */
export const ORIGIN = 'http://gallery.invalid';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** Builds both pages into dist/gallery; nothing of it goes into dist/web. */
export async function buildGallery() {
  const pages = join(root, 'src', 'web', 'gallery');
  await build({
    configFile: false,
    root: pages,
    base: '/',
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
      rollupOptions: { input: ['index.html', 'far.html'].map((name) => join(pages, name)) },
    },
  });
}

/** Answers a browser context's requests to ORIGIN from dist/gallery. `context`: of playwright-core. */
export async function serveGallery(context) {
  await context.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const path = normalize(pathname === '/' ? '/index.html' : pathname);
    try {
      return route.fulfill({ body: readFileSync(join(folder, path)), contentType: TYPES[extname(path)] ?? 'application/octet-stream' });
    } catch {
      return route.fulfill({ status: 404, body: '' });
    }
  });
}

/** Names of all scenes of a page, `index.html` or `far.html`. */
export async function scenesOf(page, file) {
  await page.goto(`${ORIGIN}/${file}`);
  await page.locator('[data-scene]').first().waitFor();
  return page.locator('[data-scene]').evaluateAll((links) => links.map((link) => link.dataset.scene));
}

/** Shows one scene; resolved when it stands. @throws Error when something that the scene presses is not there. */
export async function showScene(page, { file = 'index.html', scene, theme = 'day', language = 'en' }) {
  await page.goto(`${ORIGIN}/${file}?scene=${scene}&theme=${theme}&language=${language}`);
  await page.waitForFunction((name) => document.documentElement.dataset.ready === name, scene, { timeout: 8_000 });
  const missing = await page.evaluate(() => document.documentElement.dataset.missing);
  if (missing !== undefined) throw new Error(`${scene}: there is no "${missing}" to press`);
}
