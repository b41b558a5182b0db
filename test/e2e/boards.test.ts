// The boards on two consoles: a leader, and a primary who must see no clock and no restricted note.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePart } from '../parts.ts';
import { invite, signIn, startIncident, type Teller } from './crew.ts';
import { type Parley, startParley } from './kit/parley.ts';

const LOOK = { timeout: 15_000 };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

requirePart('chromium');

async function openBoard(page: Page, group: RegExp, board: RegExp): Promise<void> {
  await page.getByRole('tablist', { name: 'Board', exact: true }).getByRole('tab', { name: group }).click(LOOK);
  await page
    .getByRole('tablist', { name: /^Boards:/ })
    .getByRole('tab', { name: board })
    .click(LOOK);
}

const inMinutes = (minutes: number) => {
  const date = new Date(Date.now() + minutes * 60_000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

const row = (page: Page, text: string) => page.locator('.board-row', { hasText: text });

/** By how many pixels the page, or a part of the place of work, is wider than its room. */
const overflow = (page: Page) =>
  page.evaluate(() =>
    Math.max(
      ...[document.documentElement, ...document.querySelectorAll('.work, .work-body, .board, .board-rows, .tabs')].map(
        (box) => box.scrollWidth - box.clientWidth,
      ),
    ),
  );

/** What axe finds in the boards now, in a line each. */
const axeFinds = (page: Page) =>
  page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(on: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    return (await axe.run('.boards')).violations.map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 160)}`);
  });

describe('boards', () => {
  let parley: Parley;
  let leader: Teller;
  let primary: Teller;

  beforeAll(async () => {
    parley = await startParley();
    leader = await signIn(await parley.ownerLink(), { name: 'Anna', hz: 930 });
    const incidentId = await startIncident(leader);
    primary = await signIn(await invite(leader, incidentId, 'primary'), { name: 'Boris', hz: 700 });
    await primary.page.getByRole('tablist', { name: 'Board', exact: true }).waitFor({ timeout: 30_000 });
  }, 120_000);

  afterAll(async () => {
    await Promise.all([leader, primary].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 30_000);

  it('[V7] [D10] a demand written down by one stands on the other console, and counts when it is said again', {
    timeout: 60_000,
  }, async () => {
    await openBoard(primary.page, /^Deal/, /^Demands/);
    await primary.page.getByRole('button', { name: 'Add a demand' }).click(LOOK);
    await primary.page.getByLabel('His exact words').fill('I want my brother here');
    await primary.page.getByLabel('Source').fill('on the line');
    await primary.page.getByRole('button', { name: 'Put it on the board' }).click();
    await openBoard(leader.page, /^Deal/, /^Demands/);
    await row(leader.page, 'I want my brother here').waitFor(LOOK);
    await row(leader.page, 'I want my brother here').getByRole('button', { name: 'He said it again' }).click(LOOK);
    await row(primary.page, 'said again: 1 ×').waitFor(LOOK);
  });

  it('[D2] [D3] is corrected with its history, and a withdrawn row stays to be seen', { timeout: 60_000 }, async () => {
    const { page } = leader;
    const dialog = page.getByRole('dialog');
    await row(page, 'I want my brother here').getByRole('button', { name: 'Correct' }).click(LOOK);
    await dialog.getByLabel('His exact words').fill('I want my brother on the phone');
    await dialog.getByLabel('Why is it corrected?').fill('heard again on the recording');
    await dialog.getByRole('button', { name: 'Correct', exact: true }).click();
    await row(primary.page, 'I want my brother on the phone').getByRole('button', { name: 'History' }).click(LOOK);
    const history = primary.page.getByRole('dialog');
    await history.getByText('I want my brother here').waitFor(LOOK);
    await history.getByText('heard again on the recording').waitFor(LOOK);
    await history.getByRole('button', { name: 'Close' }).click();
    await row(page, 'I want my brother on the phone').getByRole('button', { name: 'Correct' }).click(LOOK);
    await dialog.getByLabel('Why is it corrected?').fill('said by a neighbour');
    await dialog.getByRole('button', { name: 'Withdraw' }).click();
    await primary.page.getByText('Withdrawn (1)').click(LOOK);
    await primary.page.locator('.board-row.is-withdrawn', { hasText: 'I want my brother on the phone' }).waitFor(LOOK);
  });

  it('[D12] [D14] [V41] a deadline two minutes away is counted down for the leader and warned of; the primary sees no clock', {
    timeout: 60_000,
  }, async () => {
    await openBoard(primary.page, /^Deal/, /^Deadlines/);
    await primary.page.getByRole('button', { name: 'Add a deadline' }).click(LOOK);
    await primary.page.getByLabel('His exact words').fill('Two more minutes');
    await primary.page.getByLabel('When').fill(inMinutes(2));
    await primary.page.getByRole('button', { name: 'Put it on the board' }).click();
    const strip = leader.page.getByRole('region', { name: 'His deadlines, running' }).locator('[data-clock]');
    await strip.getByText(/left$/).waitFor(LOOK);
    await leader.page.getByRole('tab', { name: 'Log' }).click(LOOK);
    await leader.page.getByText('5 minutes or less').waitFor(LOOK);
    await row(primary.page, 'Two more minutes').waitFor(LOOK);
    await primary.page.getByRole('tab', { name: 'Log' }).click(LOOK);
    await primary.page.getByText('Everything').click(LOOK);
    await primary.page.locator('.entry-deadline-added').waitFor(LOOK);
    expect(await primary.page.locator('[data-clock]').count()).toBe(0);
    expect(await primary.page.locator('.entry-deadline-warned').count()).toBe(0);
  });

  it('[V42] a deadline that is over calls for eyes on the tab of the leader, and not of the primary', { timeout: 60_000 }, async () => {
    await openBoard(leader.page, /^Deal/, /^Deadlines/);
    await row(leader.page, 'Two more minutes').getByRole('button', { name: 'Correct' }).click(LOOK);
    const dialog = leader.page.getByRole('dialog');
    await dialog.getByLabel('When').fill(inMinutes(-1));
    await dialog.getByRole('button', { name: 'Correct', exact: true }).click();
    await leader.page
      .getByRole('region', { name: 'His deadlines, running' })
      .getByText(/^OVER FOR/)
      .waitFor(LOOK);
    await leader.page.getByRole('tab', { name: /^Deadlines.*needs you/ }).waitFor(LOOK);
    await leader.page.getByRole('tab', { name: 'Log' }).click(LOOK);
    await leader.page.getByText('ITS TIME HAS COME').waitFor(LOOK);
    await primary.page.getByRole('tab', { name: /^Deal/ }).waitFor(LOOK);
    expect(await primary.page.getByRole('tab', { name: /needs you/ }).count()).toBe(0);
  });

  it('[D21] [V43] a restricted note is not on the console of the primary, nor in its log', { timeout: 60_000 }, async () => {
    await openBoard(leader.page, /^Team/, /^Liaison/);
    await leader.page.getByRole('button', { name: 'Add a liaison note' }).click(LOOK);
    await leader.page.getByLabel('Note', { exact: true }).fill('Team goes to the roof');
    await leader.page.getByRole('button', { name: 'Put it on the board' }).click();
    await row(leader.page, 'Team goes to the roof').waitFor(LOOK);
    await leader.page.getByRole('tab', { name: /^Requests/ }).click(LOOK);
    await leader.page.getByRole('button', { name: 'Ask for information' }).click(LOOK);
    await leader.page.getByLabel('Question').fill('Has he eaten?');
    await leader.page.getByLabel('To', { exact: true }).selectOption('negotiation');
    await leader.page.getByRole('button', { name: 'Put it on the board' }).click();
    // What comes later has come: so the note would be there by now.
    await primary.page.getByRole('tab', { name: /^Team.*needs you/ }).click(LOOK);
    await row(primary.page, 'Has he eaten?').waitFor(LOOK);
    expect(await primary.page.getByRole('tab', { name: /^Liaison/ }).count()).toBe(0);
    await primary.page.getByRole('tab', { name: 'Log' }).click(LOOK);
    await primary.page.getByText('Everything').click(LOOK);
    expect(await primary.page.getByText('Team goes to the roof').count()).toBe(0);
  });

  it('[D20] a request is marked as read, and stops to call', { timeout: 60_000 }, async () => {
    await openBoard(primary.page, /^Team/, /^Requests/);
    await row(primary.page, 'Has he eaten?').getByRole('button', { name: 'I have read it' }).click(LOOK);
    await row(leader.page, 'read by: Boris').waitFor(LOOK);
    await expect.poll(() => primary.page.getByRole('tab', { name: /needs you/ }).count(), LOOK).toBe(0);
  });

  it('[V45] goes along the tabs by the arrow keys', { timeout: 30_000 }, async () => {
    const { page } = leader;
    await page.getByRole('tab', { name: 'Log' }).click(LOOK);
    await page.keyboard.press('ArrowRight');
    await page.locator('[role="tab"][aria-selected="true"]:focus', { hasText: 'Team' }).waitFor(LOOK);
    await page.keyboard.press('End');
    await page.locator('[role="tab"][aria-selected="true"]:focus', { hasText: 'Around' }).waitFor(LOOK);
    await page.locator('[data-board="carriers"]').waitFor(LOOK);
  });

  it('[V44] every board fits, its keys are large enough, and axe finds nothing, in all themes', { timeout: 180_000 }, async () => {
    const { page } = leader;
    const found: string[] = [];
    for (const [width, height] of [
      [1366, 768],
      [1024, 768],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const group of ['Team', 'Deal', 'He', 'Danger', 'Plan']) {
        await page.getByRole('tablist', { name: 'Board', exact: true }).getByRole('tab', { name: group }).click(LOOK);
        const tabs = page.getByRole('tablist', { name: /^Boards:/ }).getByRole('tab');
        for (const tab of await tabs.all()) {
          await tab.click(LOOK);
          if ((await overflow(page)) > 0) found.push(`${width} ${group} ${await tab.innerText()}: too wide`);
        }
        const low = await page.evaluate(() =>
          [...document.querySelectorAll('.work button')].filter((b) => b.getBoundingClientRect().height < 44).map((b) => b.textContent),
        );
        found.push(...low.map((text) => `${width} ${group}: ${text} is lower than 44 px`));
      }
    }
    // A script of the test's own, put in past the page's policy as a debugger would.
    await page.evaluate(AXE);
    for (const theme of ['day', 'dark', 'night']) {
      await page.evaluate((t) => document.documentElement.setAttribute('data-theme', t), theme);
      for (const group of ['Team', 'Deal', 'He', 'Danger', 'Plan']) {
        await page.getByRole('tablist', { name: 'Board', exact: true }).getByRole('tab', { name: group }).click(LOOK);
        found.push(...(await axeFinds(page)).map((id) => `${theme} ${group}: ${id}`));
      }
    }
    expect(found).toEqual([]);
  });

  it('[T4] made no page error and broke no policy', () => {
    for (const { browser } of [leader, primary])
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
  });
});
