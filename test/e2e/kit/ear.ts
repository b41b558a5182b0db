// What is audible in a page, measured: tones in every playing <audio>/<video> and in what the page's AudioContexts send to the loudspeaker.
// It looks through CDP without a user gesture, so looking never unlocks a page's sound. No word of Parley here.
import { readFileSync } from 'node:fs';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { toneDb } from './tone.ts';

/** When a tone counts as heard. A microphone of this kit arrives at about -12 dBFS. */
export interface HearRule {
  /** Level in dBFS that it must exceed. */
  readonly minDb: number;
  /** Distance in dB by which it must stand out of the noise floor of the same source, and of what lies 75 Hz beside it. */
  readonly aboveFloorDb: number;
}
const RULE: HearRule = { minDb: -55, aboveFloorDb: 10 };
const WINDOW_SAMPLES = 4096;
const STEADY_MS = 150;

/** One measured source: `db[i]` is the level of the i-th tone asked for, `floorDb[i]` what it must stand out of; in dBFS, never below -120. */
export interface EarSource {
  readonly name: string;
  readonly db: readonly number[];
  readonly floorDb: readonly number[];
}
/** Times are the wall clock of this machine in ms, with fractions: comparable between pages. */
export interface EarReading {
  readonly atMs: number;
  /** Something plays, and the browser does not let the ear listen: no reading is to be believed. */
  readonly deaf: boolean;
  readonly sources: readonly EarSource[];
}
/** A stretch of time in which one tone was heard; `toMs` is undefined when it was still heard at the end. */
export interface HeardSpan {
  readonly hz: number;
  readonly fromMs: number;
  readonly toMs: number | undefined;
  readonly maxDb: number;
  readonly floorDb: number;
  readonly source: string;
}
/** `windows`: measured windows in which anything was playing at all. `missedMs`: time that a stalled page could not measure. */
export interface Heard {
  readonly startedMs: number;
  readonly endedMs: number;
  readonly windows: number;
  readonly missedMs: number;
  readonly spans: readonly HeardSpan[];
}
export interface Listening {
  stop(): Promise<Heard>;
}

const PAGE_TEXT = `(() => { const toneDb = ${toneDb.toString()};\n${readFileSync(new URL('./ear.page.js', import.meta.url), 'utf8')} })()`;

/** Puts the ear into every page of a context before the page's own scripts, so that elements outside the document are found too. */
export async function installEar(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: PAGE_TEXT });
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** Evaluates an expression in the page with no user gesture and beyond the reach of its CSP. @throws Error with the page's error text. */
export async function evaluateQuietly<T>(page: Page, expression: string): Promise<T> {
  const session = await (sessions.get(page) ?? sessions.set(page, page.context().newCDPSession(page)).get(page));
  if (session === undefined) throw new Error('no session with the page');
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
    userGesture: false,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
}

const ask = <T>(page: Page, call: string): Promise<T> =>
  evaluateQuietly<T>(page, `(window.__ear === undefined ? ${PAGE_TEXT} : 0, window.__ear.${call})`);

/** Levels of tones (Hz) in all that sounds now in the page. An empty `sources` means that nothing is playing. */
export function readEar(page: Page, hz: readonly number[]): Promise<EarReading> {
  return ask(page, `read(${JSON.stringify(hz)})`);
}

interface Waited {
  readonly atMs?: number;
  readonly sources: readonly EarSource[];
}

interface WaitOptions {
  readonly hz: number;
  readonly silent: boolean;
  readonly withinMs: number;
  readonly rule: HearRule;
}

const look = (page: Page, options: WaitOptions) => ask<Waited>(page, `wait(${JSON.stringify({ ...options, steadyMs: STEADY_MS })})`);

/** True when the tone is audible in the page within the next 200 ms: a sound that is new to the ear takes it 85 ms. */
export async function hears(page: Page, hz: number, rule = RULE): Promise<boolean> {
  return (await look(page, { hz, silent: false, withinMs: 200, rule })).atMs !== undefined;
}

const wait = async (page: Page, what: string, options: WaitOptions) => {
  const waited = await look(page, options);
  if (waited.atMs === undefined) throw new Error(`${page.url()} ${what} within ${options.withinMs} ms; now: ${describe(waited.sources)}`);
  return waited.atMs;
};

const describe = (sources: readonly EarSource[]) =>
  sources.length === 0
    ? 'nothing is playing'
    : sources
        .map(
          ({ name, db, floorDb }) =>
            `${name}: ${db.map((x) => x.toFixed(1)).join(', ')} dBFS over a floor of ${floorDb.map((x) => x.toFixed(1)).join(', ')}`,
        )
        .join('; ');

/** Waits until the tone is audible. Gives the wall clock in ms when it was first seen. @throws Error after `withinMs`. */
export function waitUntilHears(page: Page, hz: number, { withinMs, rule = RULE }: { withinMs: number; rule?: HearRule }): Promise<number> {
  return wait(page, `did not hear ${hz} Hz`, { hz, silent: false, withinMs, rule });
}

/** Waits until the tone has been inaudible for 150 ms. Gives the wall clock in ms when that silence began.
 *  A page in which nothing plays is silent. @throws Error after `withinMs`. */
export function waitUntilSilentAt(
  page: Page,
  hz: number,
  { withinMs, rule = RULE }: { withinMs: number; rule?: HearRule },
): Promise<number> {
  return wait(page, `still heard ${hz} Hz`, { hz, silent: true, withinMs, rule });
}

let lastListening = 0;

/** Starts to listen without a gap for tones; `stop()` gives every span in which one was heard. A navigation of the page ends it,
 *  and `stop()` then throws. `windowSamples` 1024 gives finer times (21 ms) and a coarser ear (tones 190 Hz apart). */
export async function listen(page: Page, hz: readonly number[], { rule = RULE, windowSamples = WINDOW_SAMPLES } = {}): Promise<Listening> {
  const id = ++lastListening;
  await ask(page, `listen(${JSON.stringify({ id, hz, windowSamples, rule })})`);
  return {
    async stop() {
      const heard = await ask<Heard | undefined>(page, `stop(${id})`);
      if (heard === undefined) throw new Error(`${page.url()} was loaded anew while it was listened to`);
      return heard;
    },
  };
}

/** Listens for `forMs` and proves that no tone of `hz` was audible. With `whileHearing`, that tone must have been audible all the
 *  time: it proves that the ear was working. @throws Error with the time and level of what was heard, or when the page stalled. */
export async function neverHears(
  page: Page,
  hz: number | readonly number[],
  { forMs, whileHearing, rule = RULE }: { forMs: number; whileHearing?: number; rule?: HearRule },
): Promise<Heard> {
  const forbidden = typeof hz === 'number' ? [hz] : hz;
  const listening = await listen(page, whileHearing === undefined ? forbidden : [...forbidden, whileHearing], { rule });
  await new Promise((resolve) => setTimeout(resolve, forMs));
  const heard = await listening.stop();
  assertNotHeard(heard, forbidden);
  if (whileHearing !== undefined) assertHeardThroughout(heard, whileHearing);
  return heard;
}

/** @throws Error with the time and level when one of the tones was heard at all, or when listening had gaps. */
export function assertNotHeard(heard: Heard, hz: readonly number[]): void {
  const bad = heard.spans.find((span) => hz.includes(span.hz));
  if (bad !== undefined) {
    const lasted = ((bad.toMs ?? heard.endedMs) - bad.fromMs).toFixed(0);
    const after = (bad.fromMs - heard.startedMs).toFixed(0);
    throw new Error(
      `${bad.hz} Hz was heard ${after} ms after listening began, for ${lasted} ms, at up to ${bad.maxDb.toFixed(1)} dBFS over a floor of ${bad.floorDb.toFixed(1)}, from ${bad.source}`,
    );
  }
  if (heard.missedMs > 0) throw new Error(`the page stalled: ${heard.missedMs.toFixed(0)} ms could not be listened to`);
}

/** @throws Error when the tone was inaudible for longer than `maxGapMs` (default 0) while it was listened for. A loaded machine makes
 *  short holes of its own, in the browser; a path that was cut makes one of seconds. */
export function assertHeardThroughout(heard: Heard, hz: number, { maxGapMs = 0 }: { readonly maxGapMs?: number } = {}): void {
  const spans = heard.spans.filter((span) => span.hz === hz);
  let until = heard.startedMs + 200 - maxGapMs;
  const whole = spans.every((span) => {
    const joined = span.fromMs - until <= maxGapMs;
    until = span.toMs ?? heard.endedMs;
    return joined;
  });
  if (spans.length > 0 && whole && heard.endedMs - until <= maxGapMs) return;
  const times = spans.map(
    ({ fromMs, toMs }) => `${(fromMs - heard.startedMs).toFixed(0)} to ${((toMs ?? heard.endedMs) - heard.startedMs).toFixed(0)} ms`,
  );
  throw new Error(`${hz} Hz was not heard all the time, but: ${times.join(', ') || 'never'}`);
}
