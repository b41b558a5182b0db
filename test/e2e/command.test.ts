// Tactical gate, position paper and catch-up on two consoles: the leader of the cell, and the tactical liaison.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePart } from '../parts.ts';
import { pdfText } from '../pdf-text.ts';
import { invite, signIn, startIncident, type Teller } from './crew.ts';
import { type Parley, startParley } from './kit/parley.ts';

const LOOK = { timeout: 15_000 };
requirePart('chromium');

describe('the command side', () => {
  let parley: Parley;
  let leader: Teller;
  let liaison: Teller;
  let incidentId = '';

  beforeAll(async () => {
    parley = await startParley();
    leader = await signIn(await parley.ownerLink(), { name: 'Anna', hz: 930 });
    incidentId = await startIncident(leader);
    liaison = await signIn(await invite(leader, incidentId, 'tactical-liaison'), { name: 'Toni', hz: 700 });
    await liaison.page.getByRole('tablist', { name: 'Board', exact: true }).waitFor({ timeout: 30_000 });
  }, 120_000);

  afterAll(async () => {
    await Promise.all([leader, liaison].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 30_000);

  it('[V55] [D50] an announced action stands first on every console as not clear, until the leader acknowledges it', async () => {
    await liaison.page.getByRole('tab', { name: /^Team/ }).click(LOOK);
    await liaison.page.getByRole('tab', { name: /^Tactical gate/ }).click(LOOK);
    await liaison.page.getByRole('button', { name: 'Announce a tactical action' }).click(LOOK);
    await liaison.page.getByLabel('What he will see or hear').fill('Power off in the flat');
    await liaison.page.getByRole('button', { name: 'Put it on the board' }).click();
    const strip = (one: Teller) => one.page.getByRole('region', { name: 'Tactical gate' }).first();
    for (const one of [leader, liaison])
      await strip(one)
        .getByText(/^NOT CLEAR/)
        .waitFor(LOOK);
    expect(await strip(liaison).getByRole('button', { name: 'Acknowledge' }).count()).toBe(0);
    await strip(leader).getByRole('button', { name: 'Acknowledge' }).click(LOOK);
    for (const one of [leader, liaison]) await strip(one).getByText('clear: acknowledged').waitFor(LOOK);
  });

  it('[V57] [D57] [D59] [D60] a paper is filled, signed, opened and acknowledged, and its file says what was signed', async () => {
    const { page } = leader;
    await page.getByRole('tab', { name: 'Brief' }).click(LOOK);
    await page.getByRole('button', { name: 'Fill from the boards' }).click(LOOK);
    await page.getByLabel('Recommendations').fill('Keep talking about <b>his dog</b>.');
    await page.getByRole('button', { name: 'Sign number 1' }).click();
    await liaison.page.getByRole('tab', { name: /^Brief.*needs you/ }).click(LOOK);
    const paper = liaison.page.locator('[data-paper="1"]');
    await paper.getByRole('button', { name: 'Open' }).click(LOOK);
    await paper.getByText('Keep talking about <b>his dog</b>.').waitFor(LOOK);
    await paper.getByRole('button', { name: 'Acknowledge' }).click(LOOK);
    await page.locator('[data-paper="1"]', { hasText: /Acknowledged by: Toni/ }).waitFor(LOOK);
    const numbers = await liaison.page.evaluate(
      async (path) => [...new Uint8Array(await (await fetch(path)).arrayBuffer())],
      `/api/incidents/${incidentId}/papers/1`,
    );
    const words = pdfText(Uint8Array.from(numbers)).replaceAll(/\s+/g, '');
    for (const one of ['Position paper 1', 'Signed by Anna', 'Demands open: none', '<b>his dog</b>', incidentId])
      expect(words).toContain(one.replaceAll(' ', ''));
    await page.getByRole('tab', { name: 'Log' }).click(LOOK);
    await page.getByText('took position paper 1 as a file').waitFor(LOOK);
  });

  it('[V56] the key U opens what matters on one screen, and closes it', async () => {
    const { page } = liaison;
    await page.keyboard.press('u');
    const screen = page.getByRole('main', { name: 'Catch up' });
    await screen.getByText('Power off in the flat').first().waitFor(LOOK);
    await screen.getByText(/^Anna/).first().waitFor(LOOK);
    const shots = process.env['PARLEY_SHOTS'];
    if (shots !== undefined) await page.screenshot({ path: `${shots}/catch-up.png` });
    await page.keyboard.press('u');
    await screen.waitFor({ ...LOOK, state: 'detached' });
    if (shots !== undefined) {
      await page.screenshot({ path: `${shots}/papers.png` });
      await leader.page.setViewportSize({ width: 1180, height: 820 });
      await leader.page.getByRole('tab', { name: 'Brief' }).click(LOOK);
      await leader.page.screenshot({ path: `${shots}/leader.png` });
    }
  });

  it('[T4] made no page error and broke no policy', () => {
    for (const { browser } of [leader, liaison])
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
  });
});
