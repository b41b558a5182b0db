// What the team agrees on and looks at together: a photograph, pins on a floor plan, the coming-out plan. Leader, tactical element, primary.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePart } from '../parts.ts';
import { TEST_CARD } from '../pictures-kit.ts';
import { invite, signIn, startIncident, type Teller } from './crew.ts';
import { type Parley, startParley } from './kit/parley.ts';

const LOOK = { timeout: 15_000 };
requirePart('chromium');

describe('places and plans', () => {
  let parley: Parley;
  let leader: Teller;
  let tactical: Teller;
  let primary: Teller;

  const openBoard = async ({ page }: Teller, group: RegExp, board: RegExp) => {
    await page.getByRole('tablist', { name: 'Board', exact: true }).getByRole('tab', { name: group }).click(LOOK);
    await page
      .getByRole('tablist', { name: /^Boards:/ })
      .getByRole('tab', { name: board })
      .click(LOOK);
  };
  const picture = { name: 'flat.png', mimeType: 'image/png', buffer: TEST_CARD.png };

  beforeAll(async () => {
    parley = await startParley();
    leader = await signIn(await parley.ownerLink(), { name: 'Anna', hz: 930 });
    const incidentId = await startIncident(leader);
    const come = async (role: string, name: string) => signIn(await invite(leader, incidentId, role), { name, hz: 700 });
    [tactical, primary] = await Promise.all([come('tactical', 'Toni'), come('primary', 'Boris')]);
    for (const { page } of [tactical, primary])
      await page.getByRole('tablist', { name: 'Board', exact: true }).waitFor({ timeout: 30_000 });
  }, 120_000);

  afterAll(async () => {
    await Promise.all([leader, tactical, primary].map((one) => one?.browser.close()));
    await parley?.stop();
  }, 30_000);

  it('[T45] [D70] a photograph that is handed in is made anew and seen by another', async () => {
    await openBoard(leader, /^He/, /^Photographs/);
    await leader.page.getByLabel('Hand in a file').setInputFiles(picture);
    await leader.page.getByLabel('What it shows').fill('The flat');
    await leader.page.getByRole('button', { name: 'Put it on the board' }).click();
    await openBoard(tactical, /^He/, /^Photographs/);
    await tactical.page.locator('.board-row', { hasText: 'The flat' }).getByRole('button', { name: 'Look at it' }).click(LOOK);
    const seen = tactical.page.getByRole('dialog').getByRole('img', { name: 'The flat' });
    await seen.waitFor(LOOK);
    await expect.poll(() => seen.evaluate((img: HTMLImageElement) => img.naturalWidth), LOOK).toBe(40);
    await tactical.page.keyboard.press('Escape');
  });

  it('[V63] [D76] pins are set and moved on the plan by keys and by pointer, and another sees where they were', async () => {
    const { page } = leader;
    await openBoard(leader, /^Plan/, /^Places/);
    await page.getByRole('button', { name: 'Add a place' }).click(LOOK);
    await page.getByRole('dialog').getByLabel('Place', { exact: true }).fill('Flat, left');
    await page.getByRole('button', { name: 'Put it on the board' }).click();
    const place = (one: Teller) => one.page.locator('.board-row', { hasText: 'Flat, left' });
    await place(leader).getByLabel('Hand in its plan').setInputFiles(picture);
    await place(leader).getByRole('button', { name: 'Open the plan' }).click(LOOK);
    await page.getByRole('button', { name: 'Set a pin' }).click(LOOK);
    // The new pin has the focus: one step right, one small step up.
    await page.getByRole('button', { name: 'New pin' }).press('ArrowRight');
    await page.getByRole('button', { name: 'New pin' }).press('Shift+ArrowUp');
    await page.getByLabel('Who or what').fill('Rifle on the table');
    await page.getByLabel('Kind').selectOption('weapon');
    await page.getByLabel('Source').fill('the neighbour');
    await page.getByRole('button', { name: 'Put the pin here' }).press('Enter');
    await openBoard(tactical, /^Plan/, /^Places/);
    await place(tactical).getByRole('button', { name: 'Open the plan (1)' }).click(LOOK);
    const pin = (one: Teller) => one.page.getByRole('button', { name: '1. Rifle on the table, weapon' });
    const stands = (one: Teller) => pin(one).evaluate((button) => [button.style.left, button.style.top]);
    expect(await stands(tactical)).toEqual(['52%', '49.8%']);
    await pin(leader).press('ArrowDown');
    await pin(leader).press('Escape');
    expect(await stands(leader)).toEqual(['52%', '49.8%']);
    await pin(leader).press('ArrowDown');
    await shot(leader, 'plan-of-place');
    await pin(leader).press('Enter');
    await expect.poll(() => stands(tactical), LOOK).toEqual(['52%', '51.8%']);
    const map = await tactical.page.getByRole('img', { name: 'Plan of Flat, left' }).boundingBox();
    if (map === null) throw new Error('the plan is not on the screen');
    await pin(tactical).hover();
    await tactical.page.mouse.down();
    await tactical.page.mouse.move(map.x + map.width / 4, map.y + map.height / 4, { steps: 4 });
    await tactical.page.mouse.up();
    await expect.poll(() => stands(leader).then(([left = '']) => Math.round(Number.parseFloat(left))), LOOK).toBe(25);
    await page.locator('[data-pin]', { hasText: 'Rifle' }).getByRole('button', { name: 'History (3)' }).click(LOOK);
    await page.getByText('Across, of 1000: 520').first().waitFor(LOOK);
    for (const one of [leader, tactical]) await one.page.keyboard.press('Escape');
    for (const one of [leader, tactical]) await one.page.keyboard.press('Escape');
  });

  it('[V61] [D80] a coming-out plan is not agreed before both teams signed it', async () => {
    const { page } = leader;
    await page.getByRole('tab', { name: 'Brief' }).click(LOOK);
    await page.getByText('Coming out', { exact: true }).click(LOOK);
    await page.getByLabel('Steps, one a line').fill('Open the door\nBoth hands up, empty\n\nWalk to the blue light');
    await page.getByLabel('Words for stop at once').fill('Stop, stop');
    await page.getByRole('button', { name: 'Write version 1' }).click();
    await page.getByText('NOT AGREED').waitFor(LOOK);
    await page.getByRole('button', { name: 'Sign for the negotiation team' }).click(LOOK);
    await page.locator('[data-side="negotiation"]', { hasText: 'signed by Anna' }).waitFor(LOOK);
    await page.locator('[data-side="tactical"]', { hasText: 'signature missing' }).waitFor(LOOK);
    expect(await primary.page.getByText('Coming-out plan').count()).toBe(0);
    await tactical.page.getByRole('tab', { name: /^Brief.*needs you/ }).click(LOOK);
    await tactical.page.getByRole('button', { name: 'Sign for the tactical team' }).click(LOOK);
    for (const one of [leader, tactical]) await one.page.getByText('AGREED BY BOTH TEAMS').waitFor(LOOK);
  });

  it('[V62] [D84] the primary reads it one step at a time, and reads no more once it is changed', async () => {
    const plan = primary.page.getByRole('region', { name: 'Coming-out plan' });
    await plan.getByRole('button', { name: 'Read it step by step' }).click(LOOK);
    await plan.getByText('Open the door').waitFor(LOOK);
    expect(await plan.getByText('Both hands up').count()).toBe(0);
    expect(await plan.getByRole('button', { name: 'He said it back' }).isDisabled()).toBe(true);
    await plan.getByRole('button', { name: 'Read to him' }).click(LOOK);
    await leader.page.locator('[data-step="read"]', { hasText: 'Open the door' }).waitFor(LOOK);
    await plan.getByRole('button', { name: 'He said it back' }).click(LOOK);
    await plan.getByText('Both hands up, empty').waitFor(LOOK);
    await shot(primary, 'plan-primary');
    await shot(leader, 'plan-leader');
    await leader.page.getByText('Change the plan: a new version').click(LOOK);
    await leader.page.getByRole('button', { name: 'Write version 2' }).click(LOOK);
    await primary.page.getByText('READ NO MORE of the coming-out plan').waitFor(LOOK);
    expect(await primary.page.getByText('Both hands up').count()).toBe(0);
    await shot(primary, 'plan-recalled');
  });

  it('[V64] [D86] the bar tells place, kind and status; the leader chooses the law of the notices', async () => {
    const { page } = leader;
    await openBoard(leader, /^Plan/, /^Header/);
    await page.getByRole('button', { name: 'Fill in the header' }).click(LOOK);
    await page.getByLabel('Place', { exact: true }).fill('Mill Lane 4');
    await page.getByLabel('Kind').selectOption('barricade');
    await page.getByLabel('Where it stands').fill('he answers by text');
    await page.getByRole('button', { name: 'Put it on the board' }).click();
    for (const one of [leader, primary])
      await one.page.getByRole('banner').getByText('Mill Lane 4 · barricade · he answers by text').waitFor(LOOK);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1_366);
    await page.getByRole('button', { name: 'Authority and notice…' }).click(LOOK);
    await page.getByLabel('Whose law the notice follows').selectOption('eu');
    await page.getByRole('dialog').getByText('You can ask later what was stored about you.').waitFor(LOOK);
    await page.keyboard.press('Escape');
    await shot(leader, 'header');
  });

  it('[T4] made no page error and broke no policy', () => {
    for (const { browser } of [leader, tactical, primary])
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
  });
});

/** For the eyes of who works on the pages: in three themes, and on a tablet. */
async function shot({ page }: Teller, name: string): Promise<void> {
  const folder = process.env['PARLEY_SHOTS'];
  if (folder === undefined) return;
  for (const theme of ['night', 'dark', 'day']) {
    await page.evaluate((one) => document.documentElement.setAttribute('data-theme', one), theme);
    await page.screenshot({ path: `${folder}/${name}-${theme}.png` });
  }
  const size = page.viewportSize() ?? { width: 1366, height: 768 };
  await page.setViewportSize({ width: 1180, height: 820 });
  await page.screenshot({ path: `${folder}/${name}-tablet.png` });
  await page.setViewportSize(size);
}
