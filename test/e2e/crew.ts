// The people of a journey: opens pages as they would, presses what they would press. Knows the names of buttons, nothing of the inside.
import type { Page } from 'playwright-core';
import { type LaunchOptions, launchWithTone, type ToneBrowser } from './kit/chromium.ts';
import type { Parley } from './kit/parley.ts';
import { waitFor } from './kit/process.ts';

const LOOK_MS = 30_000;
/** Longer than the longest held press of the console, that of the close. */
const HOLD_MS = 1_500;

export interface Teller {
  readonly browser: ToneBrowser;
  readonly page: Page;
  readonly hz: number;
}

/** A team member with a tone for a microphone, signed in by a one-time address. `first`: what is done with the page while it is blank. */
export async function signIn(address: string, who: LaunchOptions, first: (page: Page) => void = () => {}): Promise<Teller> {
  const browser = await launchWithTone(who);
  const { page } = browser;
  first(page);
  await page.goto(address);
  await page.getByRole('textbox').first().fill(who.name);
  await page.getByRole('textbox').first().press('Enter');
  return { browser, page, hz: who.hz };
}

/** Starts an incident from the first page. Returns its id. */
export async function startIncident({ page }: Teller): Promise<string> {
  await page.getByRole('button', { name: 'Start an incident' }).click({ timeout: LOOK_MS });
  return waitFor('the incident in the address', () => /#incident=([a-z0-9_-]+)/.exec(page.url())?.[1], { withinMs: LOOK_MS });
}

/** An invitation to this incident with a role, as the leader's console asks for it. */
export function invite({ page }: Pick<Teller, 'page'>, incidentId: string, role: string): Promise<string> {
  return page.evaluate(
    async (body) => {
      const answer = await fetch('/api/invitations', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(await answer.text());
      return ((await answer.json()) as { url: string }).url;
    },
    { incidentId, role },
  );
}

/** Goes to the incident (if not there yet) and joins its call. */
export async function joinCall({ page }: Teller, parley: Parley, incidentId: string): Promise<void> {
  if (!page.url().includes(incidentId)) await page.goto(`${parley.url}/console#incident=${incidentId}`);
  await page.getByRole('button', { name: 'Join the call' }).click({ timeout: LOOK_MS });
}

/** Makes a link and reads its address from the line card. */
export async function makeLink({ page }: Teller): Promise<string> {
  await page.getByRole('button', { name: 'Make a link' }).click({ timeout: LOOK_MS });
  return waitFor('the address on the line card', () => addressOn(page), { withinMs: LOOK_MS });
}

async function addressOn(page: Page): Promise<string | undefined> {
  const text = await page.evaluate(() => {
    const fields = [...document.querySelectorAll('input')].map((i) => i.value);
    return [document.body.innerText, ...fields].join('\n');
  });
  return /https?:\/\/[^\s/]+\/#[A-Za-z0-9_-]{22,}/.exec(text)?.[0];
}

/** The far end: opens the address and taps the one button. */
export async function openLink(address: string, who: LaunchOptions): Promise<Teller> {
  const browser = await launchWithTone({ ...who, viewport: { width: 390, height: 844 } });
  await browser.page.goto(address);
  await browser.page.getByRole('button').first().click({ timeout: LOOK_MS });
  return { browser, page: browser.page, hz: who.hz };
}

/** Lets the first waiting device in. */
export async function letIn({ page }: Teller): Promise<void> {
  await page.getByRole('button', { name: 'Let in' }).first().click({ timeout: LOOK_MS });
}

/** Presses and holds a button long enough for a held press. */
export async function hold({ page }: Teller, name: string | RegExp): Promise<void> {
  await pressDown({ page }, name);
  await page.waitForTimeout(HOLD_MS);
  await page.mouse.up();
}

/** Presses a button and keeps it down; `page.mouse.up()` lets go. */
export async function pressDown({ page }: Pick<Teller, 'page'>, name: string | RegExp): Promise<void> {
  const button = page.getByRole('button', { name }).first();
  await button.scrollIntoViewIfNeeded({ timeout: LOOK_MS });
  const box = await button.boundingBox();
  if (box === null) throw new Error(`"${name}" is not on the screen`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
}
