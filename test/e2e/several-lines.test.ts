// Two callers on real sound: the second rings while the first is in a call, the first is held, the second is let in, and back.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePart } from '../parts.ts';
import { hold, joinCall, letIn, makeLink, openLink, signIn, startIncident, type Teller } from './crew.ts';
import { neverHears, waitUntilHears, waitUntilSilentAt } from './kit/ear.ts';
import { type Parley, startParley } from './kit/parley.ts';
import { waitFor } from './kit/process.ts';

const TEAM_HZ = 930;
const FIRST_HZ = 440;
const SECOND_HZ = 610;
const SOON = { withinMs: 10_000 };
const LOOK = { timeout: 10_000 };

requirePart('chromium');

describe('two callers', () => {
  let parley: Parley;
  let team: Teller;
  let first: Teller;
  let second: Teller;

  beforeAll(async () => {
    parley = await startParley();
    team = await signIn(await parley.ownerLink(), { name: 'Anna', hz: TEAM_HZ });
    const incidentId = await startIncident(team);
    await joinCall(team, parley, incidentId);
    const one = await makeLink(team);
    await team.page.getByRole('button', { name: 'Make a link' }).click(LOOK);
    const two = await waitFor('the second address', () => otherAddress(team, one), { withinMs: 10_000 });
    first = await openLink(one, { name: 'first', hz: FIRST_HZ });
    await letIn(team);
    await waitUntilHears(team.page, FIRST_HZ, SOON);
    await hold(team, /^Take the floor/);
    await waitUntilHears(first.page, TEAM_HZ, SOON);
    second = await openLink(two, { name: 'second', hz: SECOND_HZ });
  }, 120_000);

  afterAll(async () => {
    await Promise.all([team, first, second].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 30_000);

  it('[N120] [N122] [N123] [V73] rings for the second while the first is in a call, and is an alarm when nobody answers', async () => {
    const { page } = team;
    await page.locator('[data-caller]').waitFor(LOOK);
    await waitFor('the title', async () => (await page.title()).startsWith('●') || undefined, { withinMs: 5_000 });
    await page.getByText('NOBODY ANSWERS', { exact: true }).first().waitFor(LOOK);
    // The key answers nobody while the other one talks: holding is a step of its own.
    await page.keyboard.press('w');
    await neverHears(second.page, [TEAM_HZ], { forMs: 500 });
    expect(await page.locator('[data-caller]').count()).toBe(1);
  });

  it('[N121] [N124] [A1] holds the first, lets the second in by one key, and only the second hears the floor', async () => {
    const { page } = team;
    await page.getByRole('button', { name: /^Hold .* first$/ }).click(LOOK);
    await waitUntilSilentAt(first.page, TEAM_HZ, SOON);
    await page.getByRole('button', { name: 'Answer next' }).waitFor(LOOK);
    await page.keyboard.press('w');
    await waitUntilHears(second.page, TEAM_HZ, SOON);
    await waitUntilHears(page, SECOND_HZ, SOON);
    await neverHears(first.page, [TEAM_HZ, SECOND_HZ], { forMs: 700 });
    await neverHears(page, [FIRST_HZ], { forMs: 300 });
  });

  it('[N124] [V73] switches back by one press', async () => {
    const { page } = team;
    await page.getByRole('button', { name: /^Switch to this line/ }).click(LOOK);
    await waitUntilHears(first.page, TEAM_HZ, SOON);
    await waitUntilSilentAt(second.page, TEAM_HZ, SOON);
    await waitUntilHears(page, FIRST_HZ, SOON);
    await neverHears(second.page, [TEAM_HZ, FIRST_HZ], { forMs: 700 });
    for (const { browser } of [team, first, second])
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
  });
});

/** An address on the screen that is not this one. */
async function otherAddress({ page }: Teller, known: string): Promise<string | undefined> {
  const all = await page.evaluate(() => [...document.querySelectorAll('input')].map((input) => input.value));
  return all.find((value) => /^https?:\/\/[^\s/]+\/#[A-Za-z0-9_-]{22,}$/.test(value) && value !== known);
}
