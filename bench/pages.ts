// Figure: how long until a page can be used, in Chromium with an empty cache; beside a page of one button from the same server.
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startChromium } from './kit/browser.ts';
import { type Figure, runFigure } from './kit/figure.ts';
import { p50p95max, rounded } from './kit/numbers.ts';
import { enterAsOwner, type Program, startParleyOn } from './kit/program.ts';
import { distFolder, newFolder, sleep } from './kit/system.ts';

const RUNS = 7;
const LIMIT_MS = 20_000;
/** Fewer runs on a slow machine. */
const ALL_LIMIT_MS = 40_000;
const EMPTY_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Empty</title><button>Go</button>';

/** Ready: a button, link or field is in the page, has a size, is not hidden and not disabled. Looked for before each frame. */
const NOTE_READY = `(() => {
  const isUsable = (e) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && !e.disabled && getComputedStyle(e).visibility === 'visible';
  };
  const look = () => {
    const found = [...document.querySelectorAll('button, a[href], input, select, textarea')].find(isUsable);
    if (found === undefined) return requestAnimationFrame(look);
    window.__ready = { ms: performance.now(), what: (found.textContent || found.getAttribute('aria-label') || found.tagName).trim() };
  };
  requestAnimationFrame(look);
})()`;

/** The built server, copied beside a folder of pages that holds one page more. */
function copyOfParley(folder: string): string {
  for (const name of readdirSync(distFolder).filter((one) => /^[a-z-]+\.js$/.test(one))) cpSync(join(distFolder, name), join(folder, name));
  for (const name of ['web', 'voice']) cpSync(join(distFolder, name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'web', 'empty.html'), EMPTY_PAGE);
  return join(folder, 'main.js');
}

interface Loaded {
  readonly ms: number;
  readonly what: string;
  readonly gzKb: number;
}

async function loadOnce(browser: Browser, url: string, cookie?: string): Promise<Loaded> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  try {
    if (cookie !== undefined) await giveCookie(context, url, cookie);
    await context.addInitScript({ content: NOTE_READY });
    const page = await context.newPage();
    const bodies: Promise<number>[] = [];
    page.on('response', (answer) => {
      if (/\.(js|css|svg|html)$|\/$|\/console/.test(new URL(answer.url()).pathname))
        bodies.push(
          answer
            .body()
            .then((body) => gzipSync(body).length)
            .catch(() => 0),
        );
    });
    await page.goto(url, { timeout: LIMIT_MS });
    const ready = await readyOf(page);
    const sizes = await Promise.all(bodies);
    return { ...ready, gzKb: sizes.reduce((sum, size) => sum + size, 0) / 1024 };
  } finally {
    await context.close();
  }
}

async function readyOf(page: Page): Promise<{ ms: number; what: string }> {
  const endMs = performance.now() + LIMIT_MS;
  for (;;) {
    const ready = (await page.evaluate('window.__ready')) as { ms: number; what: string } | undefined;
    if (ready !== undefined) return ready;
    if (performance.now() > endMs) throw new Error(`${page.url()} was not ready within ${LIMIT_MS} ms`);
    await sleep(20);
  }
}

async function giveCookie(context: BrowserContext, url: string, cookie: string): Promise<void> {
  const [name = '', ...value] = cookie.split('=');
  await context.addCookies([{ name, value: value.join('='), url: new URL(url).origin, httpOnly: true, sameSite: 'Strict' }]);
}

type Kinds = Readonly<Record<'console' | 'link' | 'empty', Loaded[]>>;

async function loadAll(server: Program): Promise<Kinds> {
  const owner = await enterAsOwner(server);
  const { id } = await owner.post<{ id: string }>('/api/incidents', { title: 'Bench', exercise: true });
  const link = await owner.post<{ url: string }>(`/api/incidents/${id}/links`, { label: 'Bench', kind: 'link' });
  const browser = await startChromium();
  const kinds: Kinds = { console: [], link: [], empty: [] };
  try {
    const endMs = performance.now() + ALL_LIMIT_MS;
    // In turns, and the first turn is not counted: the browser's own processes start in it.
    for (let run = 0; run <= RUNS && performance.now() < endMs; run++) {
      const empty = await loadOnce(browser, `${server.url}/empty.html`);
      const page = await loadOnce(browser, link.url);
      const desk = await loadOnce(browser, `${server.url}/console`, owner.cookie);
      if (run === 0) continue;
      kinds.empty.push(empty);
      kinds.link.push(page);
      kinds.console.push(desk);
    }
  } finally {
    await browser.close();
  }
  return kinds;
}

async function measure(): Promise<Figure> {
  const folder = newFolder();
  const data = newFolder();
  const server = await startParleyOn(data, { entry: copyOfParley(folder) });
  try {
    return figureOf(await loadAll(server));
  } finally {
    await server.end();
    for (const one of [folder, data]) rmSync(one, { recursive: true, force: true, maxRetries: 5 });
  }
}

function figureOf(kinds: Kinds): Figure {
  const ms = (loads: Loaded[]) => p50p95max(loads.map((one) => one.ms));
  const kb = (loads: Loaded[]) => ({ gzip: rounded(loads.at(-1)?.gzKb ?? Number.NaN) });
  const what = 'a page of one button, same server';
  const time = { what, values: ms(kinds.empty) };
  const size = { what, values: kb(kinds.empty) };
  return {
    figure: 'pages',
    rows: [
      { what: 'console ready, cold cache, signed in', unit: 'ms', ours: ms(kinds.console), baseline: time, target: '<= 250 ms' },
      { what: "subject's page ready, cold cache", unit: 'ms', ours: ms(kinds.link), baseline: time, target: '<= 100 ms' },
      { what: 'console, all that it loads', unit: 'KB', ours: kb(kinds.console), baseline: size },
      { what: "subject's page, all that it loads", unit: 'KB', ours: kb(kinds.link), baseline: size, target: '< 60 KB' },
    ],
    facts: {
      runs: kinds.console.length,
      consoleReadyWhenSeen: kinds.console.at(-1)?.what ?? '',
      subjectReadyWhenSeen: kinds.link.at(-1)?.what ?? '',
    },
    leftOut: [],
  };
}

await runFigure(measure);
