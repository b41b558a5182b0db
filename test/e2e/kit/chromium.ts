// Starts real Chromiums, each with a fake microphone that plays its own tone, and notes all that goes wrong in their pages.
import { accessSync, chmodSync, constants, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { installEar } from './ear.ts';
import { type TonePart, writePartsWav, writeToneWav } from './tone.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

const isProgram = (path: string) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Path of a Chromium or Chrome: PARLEY_CHROMIUM, else the first usual name on PATH, else a usual place; undefined when there is none.
 *  @throws Error when PARLEY_CHROMIUM names no program. */
export function findChromium(): string | undefined {
  const asked = process.env['PARLEY_CHROMIUM'];
  if (asked !== undefined && asked !== '') {
    if (isProgram(asked)) return asked;
    throw new Error(`PARLEY_CHROMIUM names no program: ${asked}`);
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES].find(isProgram);
}

/** What went wrong in the pages of one browser, in the order of happening. Empty arrays are what a test wants. */
export interface PageTrouble {
  /** Exceptions that nobody caught. */
  readonly pageErrors: string[];
  /** What was written with console.error, and the browser's own error lines. */
  readonly consoleErrors: string[];
  /** Breaches of a content security policy, enforced or only reported. */
  readonly cspViolations: string[];
}

export interface ToneBrowser extends PageTrouble {
  readonly context: BrowserContext;
  /** The first page, blank. */
  readonly page: Page;
  readonly hz: number;
  readonly name: string;
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** Tone of the fake microphone, whole Hz. See TONES_HZ. */
  readonly hz: number;
  /** Who this is, for messages. */
  readonly name: string;
  /** What the fake microphone plays instead of the steady tone, over and over; it begins when the microphone is opened first. */
  readonly sound?: { readonly seconds: number; readonly parts: readonly TonePart[] };
  /** `denied`: the page's wish for a microphone is refused, as by a person. Default `granted`. */
  readonly microphone?: 'granted' | 'denied';
  /** `allowed`: pages may sound without a gesture. Default: as Chrome does it. */
  readonly autoplay?: 'default' | 'allowed';
  /** Origins to be treated as secure although they are plain HTTP, e.g. in a network namespace. */
  readonly secureOrigins?: readonly string[];
  /** Network namespace to run in (see ../net). */
  readonly netns?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Script to run in every page before its own. */
  readonly initScript?: string;
  readonly args?: readonly string[];
}

/** Starts a Chromium with an empty profile whose microphone plays a steady tone. Certificates are not checked. `close()` ends it and
 *  removes its files. @throws Error when no Chromium is found. */
export async function launchWithTone(options: LaunchOptions): Promise<ToneBrowser> {
  const program = findChromium();
  if (program === undefined) throw new Error('no Chromium found: install one or set PARLEY_CHROMIUM');
  const folder = await mkdtemp(join(tmpdir(), 'parley-chromium-'));
  try {
    const wav = join(folder, 'microphone.wav');
    if (options.sound === undefined) await writeToneWav(wav, options.hz);
    else await writePartsWav(wav, options.sound.seconds, options.sound.parts);
    const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: options.netns === undefined ? program : programInNetns({ program, netns: options.netns, folder }),
      args: argumentsOf(options, wav),
      viewport: options.viewport ?? { width: 1366, height: 768 },
      ignoreHTTPSErrors: true,
      ...(options.microphone === 'denied' ? {} : { permissions: ['microphone'] }),
    });
    const trouble = await noteTrouble(context);
    await installEar(context);
    if (options.initScript !== undefined) await context.addInitScript({ content: options.initScript });
    const page = context.pages()[0] ?? (await context.newPage());
    return { context, page, hz: options.hz, name: options.name, ...trouble, close: () => closeAll(context, folder) };
  } catch (fault) {
    await rm(folder, { recursive: true, force: true });
    throw fault;
  }
}

async function closeAll(context: BrowserContext, folder: string): Promise<void> {
  await context.close().catch(() => undefined); // it may have been ended by the test already
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

function argumentsOf(options: LaunchOptions, wav: string): string[] {
  return [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--use-fake-ui-for-media-stream${options.microphone === 'denied' ? '=deny' : ''}`,
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${wav}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Chromium refuses its sandbox to root
    ...(options.autoplay === 'allowed' ? ['--autoplay-policy=no-user-gesture-required'] : []),
    ...(options.secureOrigins?.length ? [`--unsafely-treat-insecure-origin-as-secure=${options.secureOrigins.join(',')}`] : []),
    ...(options.args ?? []),
  ];
}

/** A program that runs the browser inside a network namespace; `ip netns exec` becomes the browser, so its pid is the browser's. */
function programInNetns({ program, netns, folder }: { program: string; netns: string; folder: string }): string {
  const script = join(folder, 'chromium-in-netns.sh');
  writeFileSync(script, `#!/bin/sh\nexec ip netns exec '${netns}' '${program}' "$@"\n`);
  chmodSync(script, 0o700);
  return script;
}

const REPORT_CSP = `document.addEventListener('securitypolicyviolation', (e) =>
  window.__noteCspViolation(e.effectiveDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber + ' ' + e.sample));`;

async function noteTrouble(context: BrowserContext): Promise<PageTrouble> {
  const trouble: PageTrouble = { pageErrors: [], consoleErrors: [], cspViolations: [] };
  context.on('weberror', (error) => trouble.pageErrors.push(String(error.error().stack ?? error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error') trouble.consoleErrors.push(`${message.text()} (${message.location().url})`);
  });
  await context.exposeFunction('__noteCspViolation', (text: string) => void trouble.cspViolations.push(text));
  await context.addInitScript({ content: REPORT_CSP });
  return trouble;
}
