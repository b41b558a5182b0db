// The screens of all roles in one console: what fits, what is found, what one key writes. One server, one browser, a commander at the end.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePart } from '../parts.ts';
import { invite, signIn, startIncident, type Teller } from './crew.ts';
import { type Parley, startParley } from './kit/parley.ts';

const LOOK = { timeout: 15_000 };
const SIZES = [
  [1366, 768],
  [1180, 820],
] as const;
const LINES = [
  'He walks up and down behind the window',
  'd: I want my brother here, and nobody else, before it gets dark',
  'x: Before it gets dark',
  'h: his dog Rex',
  'b: the word hospital',
  'f: has worked nights for three weeks',
  'w: kitchen knife',
  'q: Does the back door open outwards?',
];

requirePart('chromium');

const logRow = (page: Page, text: string) => page.locator('.entries .entry', { hasText: text });

/** Writes a line by the one key, and gives how long that took from the key press to the log, ms. */
async function writeByKey(page: Page, text: string): Promise<number> {
  const start = performance.now();
  await page.keyboard.press('n');
  await page.locator('.quick-line input:focus').waitFor(LOOK);
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
  await logRow(page, text.replace(/^.: /, '')).first().waitFor(LOOK);
  const tookMs = performance.now() - start;
  await page.locator('.quick-line').waitFor({ ...LOOK, state: 'detached' });
  return tookMs;
}

/** Chooses a screen in the menu of the bar, and shuts the menu. */
async function choose(page: Page, name: string): Promise<void> {
  await page.locator('.view-menu > summary').click(LOOK);
  await page.getByLabel('Screen', { exact: true }).selectOption(name, LOOK);
  await page.locator('.view-menu > summary').click(LOOK);
  await page.locator(`.screen[data-arrangement="${name}"]`).waitFor(LOOK);
}

/** What of the screen does not fit its room: the page, the bar, the dock, a column, a panel too low to read. */
const misfits = (page: Page) =>
  page.evaluate(() => {
    const { innerWidth, innerHeight } = window;
    const name = (box: Element) => `${box.className} ${box.getAttribute('data-panel') ?? box.getAttribute('aria-label') ?? ''}`;
    const root = document.documentElement;
    const boxes = [
      ...document.querySelectorAll(
        '.bar, .bar > *, .bar-end button, .dock, .dock button, .column, .slot, .slot > .panel, .wallboard, .wall-tile',
      ),
    ];
    return [
      ...(root.scrollHeight > innerHeight || root.scrollWidth > innerWidth ? [`page ${root.scrollWidth} x ${root.scrollHeight}`] : []),
      ...boxes.flatMap((box) => {
        const { left, top, right, bottom } = box.getBoundingClientRect();
        return left < -0.5 || top < -0.5 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5 ? [`${name(box)}: outside`] : [];
      }),
      ...[...document.querySelectorAll('.column, .slot > .panel, .wall-tile, .work-body')].flatMap((box) =>
        box.scrollWidth > box.clientWidth + 1 ? [`${name(box)}: ${box.scrollWidth} in ${box.clientWidth}`] : [],
      ),
      ...[...document.querySelectorAll('.slot:not(.is-folded)')].flatMap((box) =>
        box.clientHeight < 120 ? [`${name(box)}: ${box.clientHeight} high`] : [],
      ),
      ...[...document.querySelectorAll('.wall-tile')].flatMap((box) =>
        box.scrollHeight > box.clientHeight + 1 ? [`${name(box)}: cut off`] : [],
      ),
      ...[...document.querySelectorAll('.bar button, .dock button, .slot button')].flatMap((box) =>
        box.clientHeight > 0 && box.getBoundingClientRect().height < 43.5 ? [`${box.textContent}: lower than 44`] : [],
      ),
    ];
  });

describe('the screens of the roles', () => {
  let parley: Parley;
  let leader: Teller;
  let page: Page;
  let incidentId: string;

  beforeAll(async () => {
    parley = await startParley();
    leader = await signIn(await parley.ownerLink(), { name: 'Anna', hz: 930 });
    ({ page } = leader);
    incidentId = await startIncident(leader);
    await page.getByRole('tablist', { name: 'Board', exact: true }).waitFor({ timeout: 30_000 });
  }, 120_000);

  afterAll(async () => {
    await leader?.browser.close();
    await parley?.stop();
  }, 30_000);

  it('[D94] [D95] one key opens a line whose time is that of the key press, and Enter writes it', { timeout: 60_000 }, async () => {
    const took: number[] = [];
    for (const line of LINES) took.push(await writeByKey(page, line));
    process.stdout.write(`one-key lines, key press to log: ${took.map((ms) => Math.round(ms)).join(' ')} ms\n`);
    await page.keyboard.press('n');
    await page.locator('.quick-line input:focus').waitFor(LOOK);
    const told = await page.locator('.quick-line label > span').innerText();
    await page.keyboard.insertText('seen a little earlier');
    await page.waitForFunction((from) => Date.now() - from > 1_100, await page.evaluate(() => Date.now()));
    await page.keyboard.press('Enter');
    const time = /\d+:\d\d:\d\d/.exec(told)?.[0] ?? 'no time';
    await logRow(page, 'seen a little earlier').getByText(`(${time})`).waitFor(LOOK);
    await page.keyboard.press('n');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.quick-line').count(), LOOK).toBe(0);
  });

  it('[D90] [V66] search opens by one key, and Enter goes to the entry in the log', { timeout: 60_000 }, async () => {
    await page.keyboard.press('/');
    await page.keyboard.insertText('win');
    await page.locator('.search-hit', { hasText: 'behind the window' }).waitFor(LOOK);
    await page.keyboard.insertText(' nowhere');
    await page.getByText('Nothing found').waitFor(LOOK);
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('bro');
    await page.locator('.search-hit mark', { hasText: 'brother' }).waitFor(LOOK);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.entry.is-sought', { hasText: 'I want my brother here' }).waitFor(LOOK);
    await page.getByRole('button', { name: 'To the newest' }).click(LOOK);
    await expect.poll(() => page.locator('.entry.is-sought').count(), LOOK).toBe(0);
  });

  it('[V67] the palette offers what the screen offers, acts, and does not shorten a held press', { timeout: 60_000 }, async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: /^Invite people/ }).waitFor(LOOK);
    expect(await page.getByRole('option', { name: /^Let in/ }).count()).toBe(0);
    await page.keyboard.insertText('add prom');
    await page.getByRole('option', { name: /^Add a promise/, selected: true }).waitFor(LOOK);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Add a promise' }).waitFor(LOOK);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.keyboard.insertText('show demands');
    await page.keyboard.press('Enter');
    await page.locator('.work [data-board="demands"]').waitFor(LOOK);
    await page.keyboard.press('Control+k');
    await page.keyboard.insertText('take floor');
    await page.getByRole('option', { name: /^Take the floor/, selected: true }).waitFor(LOOK);
    await page.keyboard.press('Enter');
    await page.locator('button.held:focus', { hasText: 'Take the floor' }).waitFor(LOOK);
    expect(await page.locator('.bar').getByText('Nobody', { exact: true }).count()).toBe(1);
  });

  it('[V68] the first screen of every role fits without scrolling the page', { timeout: 90_000 }, async () => {
    const found: string[] = [];
    const shots = process.env['PARLEY_SHOTS'];
    const names = await page
      .getByLabel('Screen', { exact: true })
      .locator('option')
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    expect(names.length).toBeGreaterThan(10);
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      // The phone's screen goes by the size of the window and has a journey of its own.
      for (const name of names.filter((one) => one !== '' && one !== 'phone')) {
        await choose(page, name);
        found.push(...(await misfits(page)).map((what) => `${name} ${width}: ${what}`));
        if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}-${width}.png` });
      }
    }
    expect(found).toEqual([]);
  });

  it('[V69] widths and order are changed by the keyboard, and are there again after a reload', { timeout: 60_000 }, async () => {
    await choose(page, 'coach');
    const divider = page.getByRole('separator', { name: /Lines, People/ });
    const before = Number(await divider.getAttribute('aria-valuenow'));
    await divider.focus();
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
    await page.locator('.view-menu > summary').click(LOOK);
    await page.getByRole('button', { name: 'Arrange', exact: true }).click(LOOK);
    await page.getByRole('button', { name: 'Move up: People' }).click(LOOK);
    await page.getByRole('button', { name: 'Fold: Themes' }).click(LOOK);
    await page.getByRole('button', { name: 'Done arranging' }).click(LOOK);
    await page.locator('.view-menu > summary').click(LOOK);
    expect(await misfits(page)).toEqual([]);
    await page.reload();
    await choose(page, 'coach');
    await expect.poll(() => page.getByRole('separator').first().getAttribute('aria-valuenow'), LOOK).toBe(String(before + 3));
    expect(
      await page
        .locator('.column')
        .first()
        .locator('.slot')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-panel'))),
    ).toEqual(['people', 'lines']);
    await page.getByRole('button', { name: 'Unfold: Themes' }).click(LOOK);
    await page.locator('[data-panel="board:themes"] .board').waitFor(LOOK);
  });

  it('[V68] the commander gets the wallboard, with nothing on it to press', { timeout: 60_000 }, async () => {
    const chief = await signIn(await invite(leader, incidentId, 'commander'), { name: 'Chief', hz: 700 });
    const wall = chief.page.getByRole('main', { name: 'Wallboard' });
    await wall.getByText('SAFE', { exact: true }).waitFor(LOOK);
    await wall.getByText('Nobody', { exact: true }).waitFor(LOOK);
    expect(await wall.locator('button, a, input, select, [tabindex]').count()).toBe(0);
    expect(await chief.page.locator('.dock').count()).toBe(0);
    expect({ page: chief.browser.pageErrors, policy: chief.browser.cspViolations }).toEqual({ page: [], policy: [] });
    await chief.browser.close();
  });

  it('[T4] made no page error and broke no policy', () => {
    expect({ page: leader.browser.pageErrors, policy: leader.browser.cspViolations }).toEqual({ page: [], policy: [] });
  });
});
