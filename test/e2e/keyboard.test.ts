// A whole incident by the keyboard alone: Tab, letters, arrows, Enter, held keys. No pointer touches the page, and the page would tell.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallerProcess, comeIn, type Room, startCaller } from '../contract/caller-desk.ts';
import { requirePart } from '../parts.ts';
import { invite, signIn, type Teller } from './crew.ts';
import { type Parley, startParley } from './kit/parley.ts';
import { waitFor } from './kit/process.ts';
import { Told, watchPage } from './kit/told.ts';

const LOOK = { timeout: 15_000 };
const SOON = { withinMs: 15_000 };
/** More stops than any screen has. */
const MOST_TABS = 150;
/** Counts what a pointer does, before anything else hears of it. */
const POINTER = `window.__pointer = 0;
for (const one of ['pointerdown', 'mousedown', 'touchstart']) addEventListener(one, () => { window.__pointer += 1; }, true);`;

requirePart('chromium');

/** What stands on the thing that has the focus: its label, its own words, its placeholder. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (one === null || one === document.body) return '';
    const label = one.getAttribute('aria-label') ?? (one as HTMLInputElement).labels?.[0]?.textContent ?? '';
    const words = [...one.querySelectorAll('[aria-hidden="true"]')].reduce(
      (text, hidden) => text.replace(hidden.textContent ?? '', ''),
      one.textContent ?? '',
    );
    return (label === '' ? words : label).replace(/\s+/g, ' ').trim();
  });

/** Goes on by Tab until it is there. @throws Error with all stops when it is nowhere. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const stops: string[] = [];
  for (let n = 0; n < MOST_TABS; n += 1) {
    const now = await focused(page);
    if (name.test(now)) return;
    stops.push(now);
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by Tab to ${name}: ${stops.join(' | ')}`);
}

async function enterOn(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** Keeps a key down until the page shows what it is held for. */
async function holdKey(page: Page, key: string, until: () => Promise<unknown>): Promise<void> {
  await page.keyboard.down(key);
  try {
    await until();
  } finally {
    await page.keyboard.up(key);
  }
}

describe('a whole incident by keyboard', () => {
  let parley: Parley;
  let anna: Teller;
  let page: Page;
  let told = new Told();
  let coach: Room;
  let caller: CallerProcess;
  const coachTold = new Told();

  beforeAll(async () => {
    parley = await startParley();
    // Typed and entered: this is by the keyboard, too.
    anna = await signIn(await parley.ownerLink(), { name: 'Anna', hz: 930, initScript: POINTER }, (blank) => {
      told = watchPage(blank);
    });
    ({ page } = anna);
  }, 90_000);

  afterAll(async () => {
    caller?.signal('SIGKILL');
    coach?.close();
    await anna?.browser.close();
    await parley?.stop();
  }, 30_000);

  it('[V72] starts, makes a link, lets in, takes the floor by a held key', { timeout: 90_000 }, async () => {
    await page.getByRole('button', { name: 'Start an incident' }).waitFor(LOOK);
    await enterOn(page, /^Start an incident$/);
    await page.getByRole('tablist', { name: 'Board', exact: true }).waitFor({ timeout: 30_000 });
    const incidentId = /#incident=([a-z0-9_-]+)/.exec(page.url())?.[1] ?? '';
    coach = await comeIn(parley, await invite(anna, incidentId, 'coach'), { name: 'Boris', id: incidentId, tap: coachTold });
    await enterOn(page, /^Join the call/);
    await tabTo(page, /^Who is it for/);
    await page.keyboard.type('Tower');
    await page.keyboard.press('Enter');
    const address = await waitFor(
      'the address on the card',
      () =>
        page
          .getByLabel('Address to send')
          .inputValue({ timeout: 500 })
          .catch(() => undefined),
      SOON,
    );
    caller = startCaller(['--url', address, '--tone', '440']);
    await page.getByRole('button', { name: 'Let in' }).first().waitFor(LOOK);
    await enterOn(page, /^Let in/);
    await caller.until('sound', { withinMs: 20_000 });
    await waitFor('own sound', () => told.state.legs[`person.${told.personId}`]?.state === 'up', SOON);
    await holdKey(page, 'f', () => page.locator('.bar').getByText('You', { exact: true }).waitFor(LOOK));
  });

  it('[V72] writes a note and a demand, finds it again, mutes, hands the floor over', { timeout: 90_000 }, async () => {
    await page.keyboard.press('F2');
    await page.locator('.quick-line input:focus').waitFor(LOOK);
    await page.keyboard.type('He stands at the window');
    await page.keyboard.press('Enter');
    await page.locator('.entries .entry', { hasText: 'He stands at the window' }).waitFor(LOOK);
    await page.locator('.quick-line').waitFor({ ...LOOK, state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('add a demand');
    await page.getByRole('option', { name: /^Add a demand/, selected: true }).waitFor(LOOK);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Add a demand' }).waitFor(LOOK);
    await tabTo(page, /^His exact words/);
    await page.keyboard.type('I want my brother');
    await enterOn(page, /^Put it on the board/);
    await waitFor('the demand', () => Object.values(told.state.demands)[0]?.fields.words === 'I want my brother', SOON);
    await page.getByRole('dialog').waitFor({ ...LOOK, state: 'detached' });
    await page.keyboard.press('/');
    await page.keyboard.type('broth');
    await page.locator('.search-hit mark', { hasText: 'brother' }).waitFor(LOOK);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.entry.is-sought', { hasText: 'I want my brother' }).waitFor(LOOK);
    await page.keyboard.press('m');
    await page.locator('button.mute[aria-pressed="true"]').waitFor(LOOK);
    await page.keyboard.press('m');
    await page.locator('button.mute[aria-pressed="false"]').waitFor(LOOK);
    await coach.join({ hz: 1_580 });
    await page.getByRole('button', { name: 'Offer the floor' }).waitFor(LOOK);
    await enterOn(page, /^Offer the floor$/);
    await coach.until('the offer', ({ type }) => type === 'floor-offered');
    await coach.command({ type: 'accept-floor' });
    await page.locator('.bar').getByText('Boris', { exact: true }).waitFor(LOOK);
  });

  it('[V72] ends the call and closes the incident, and no pointer was needed', { timeout: 90_000 }, async () => {
    await tabTo(page, /^End the call/);
    await holdKey(page, 'Enter', () => page.getByRole('status', { name: 'SAFE', exact: true }).waitFor(LOOK));
    await enterOn(page, /^This incident/);
    await page.getByRole('dialog', { name: 'Close the incident' }).waitFor(LOOK);
    await tabTo(page, /^In words/);
    await page.keyboard.type('came out by himself');
    await tabTo(page, /^Close the incident/);
    await holdKey(page, 'Enter', () => page.getByText('CLOSED', { exact: true }).first().waitFor(LOOK));
    await waitFor('the close', () => told.state.incident.closedAt !== null, SOON);
    expect(await page.evaluate(() => (window as unknown as { readonly __pointer: number }).__pointer)).toBe(0);
    expect({ page: anna.browser.pageErrors, policy: anna.browser.cspViolations, wire: told.wrongs }).toEqual({
      page: [],
      policy: [],
      wire: [],
    });
  });
});
