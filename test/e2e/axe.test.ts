// axe over what the team looks at: the first screen of each role, the windows over it, texts, chat and brief, in the three themes. One page.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePart } from '../parts.ts';
import { invite, makeLink, signIn, startIncident, type Teller } from './crew.ts';
import { type Parley, startParley } from './kit/parley.ts';
import { askOn, WIRES } from './kit/told.ts';
import { Device } from './plain.ts';

const LOOK = { timeout: 15_000 };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const THEMES = ['day', 'dark', 'night'];
const BASIS = { source: 'on the line', confidence: 'likely' };
/** So that screens have something to show. */
const SCENE = [
  { type: 'add-demand', rowId: 'row-1', fields: { words: 'I want my brother', need: '', sort: 'command', heardBy: '' }, ...BASIS },
  { type: 'add-deadline', rowId: 'row-1', fields: { words: 'By ten', dueAt: 1, whose: 'subject', threat: '' }, ...BASIS },
  {
    type: 'add-promise',
    rowId: 'row-1',
    fields: { what: 'He sees his dog', to: 'him', madeBy: '', approvedBy: '', dueAt: null },
    ...BASIS,
  },
  { type: 'record-authority', basis: 'emergency', words: '', officer: 'Carla', scope: ['recording'] },
  { type: 'say-in-chat', messageId: 'said-1', channel: 'all', text: 'Quiet now', asksRead: true },
  { type: 'write-note', text: 'He stands at the window' },
  { type: 'sign-paper', number: 1, to: ['command'], basis: '', status: 'He talks', assessment: '', recommendations: 'Go on' },
];

requirePart('chromium');

/** What axe finds on the page in each theme, a line each. */
async function finds(page: Page, scene: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of THEMES) {
    const names = await page.evaluate(async (asked) => {
      document.documentElement.dataset['theme'] = asked;
      const { axe } = window as unknown as {
        axe: {
          run(on: Document, how: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
        };
      };
      const { violations } = await axe.run(document, { resultTypes: ['violations'] });
      return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 160)} ${node.failureSummary?.slice(0, 200)}`));
    }, theme);
    found.push(...names.map((one) => `${scene} ${theme}: ${one}`));
  }
  return found;
}

/** In a field of search the first Escape takes back the words, the next one shuts the window. */
async function shut(page: Page): Promise<void> {
  for (let n = 0; n < 2 && (await page.getByRole('dialog').count()) > 0; n += 1) await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ ...LOOK, state: 'detached' });
}

describe('axe', () => {
  let parley: Parley;
  let leader: Teller;
  let page: Page;
  let device: Device;
  let incidentId = '';

  beforeAll(async () => {
    parley = await startParley();
    leader = await signIn(await parley.ownerLink(), { name: 'Anna', hz: 930, initScript: WIRES });
    ({ page } = leader);
    incidentId = await startIncident(leader);
    const address = await makeLink(leader);
    device = await Device.open(parley.url);
    await device.knock(address.split('#')[1] ?? '');
    for (const command of SCENE) {
      const answer = await askOn(page, { ...command, id: randomBytes(12).toString('base64url') });
      if (answer.t !== 'ack') throw new Error(`${command.type}: ${JSON.stringify(answer)}`);
    }
    await page.getByRole('button', { name: 'Let in' }).first().waitFor(LOOK);
    // A script of the test's own, put in past the page's policy as a debugger would.
    await page.evaluate(AXE);
  }, 120_000);

  afterAll(async () => {
    device?.socket.terminate();
    await leader?.browser.close();
    await parley?.stop();
  }, 30_000);

  it('[V77] finds nothing on the first screen of any role, in any theme', { timeout: 180_000 }, async () => {
    const found: string[] = [];
    const menu = page.locator('.view-menu > summary');
    const choice = page.getByLabel('Screen', { exact: true });
    const names = await choice.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names.filter((one) => one !== '')) {
      await menu.click(LOOK);
      await choice.selectOption(name, LOOK);
      await menu.click(LOOK);
      await page.locator(`.screen[data-arrangement="${name}"]`).waitFor(LOOK);
      found.push(...(await finds(page, name)));
    }
    await menu.click(LOOK);
    await choice.selectOption('leader', LOOK);
    found.push(...(await finds(page, 'menu of the screen')));
    await menu.click(LOOK);
    expect(found).toEqual([]);
  });

  it('[V77] finds nothing in texts, chat, brief and in the windows over the screen', { timeout: 180_000 }, async () => {
    const found: string[] = [];
    const tabs = page.getByRole('tablist', { name: 'Board', exact: true });
    for (const name of [/^Text/, /^Chat/, /^Brief/]) {
      await tabs.getByRole('tab', { name }).click(LOOK);
      found.push(...(await finds(page, String(name))));
    }
    await page.getByText('Relief', { exact: true }).click(LOOK);
    found.push(...(await finds(page, 'relief')));
    await page.getByText('Hours', { exact: true }).click(LOOK);
    found.push(...(await finds(page, 'hours')));
    const windows: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['search', () => page.keyboard.press('/').then(() => page.keyboard.insertText('bro'))],
      ['palette', () => page.keyboard.press('Control+k').then(() => page.keyboard.insertText('add'))],
      ['close', () => page.getByRole('button', { name: 'This incident…' }).click(LOOK)],
      ['invite', () => page.getByRole('button', { name: 'Invite people' }).first().click(LOOK)],
    ];
    for (const [name, open] of windows) {
      await tabs.getByRole('tab', { name: 'Log' }).focus();
      await open();
      await page.getByRole('dialog').waitFor(LOOK);
      if (name === 'search') await page.locator('.search-hit').first().waitFor(LOOK);
      found.push(...(await finds(page, name)));
      await shut(page);
    }
    await page.keyboard.press('u');
    await page.getByRole('main', { name: 'Catch up' }).waitFor(LOOK);
    found.push(...(await finds(page, 'catch-up')));
    expect(found).toEqual([]);
  });

  it('[V77] finds nothing on the screen of a third party', { timeout: 90_000 }, async () => {
    const third = await signIn(await invite(leader, incidentId, 'third-party'), { name: 'Theo', hz: 700 });
    await third.page.getByRole('button', { name: 'Join the call' }).waitFor(LOOK);
    await third.page.evaluate(AXE);
    expect(await finds(third.page, 'third party')).toEqual([]);
    await third.browser.close();
  });
});
