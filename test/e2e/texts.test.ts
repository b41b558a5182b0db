// Text beside the call, on real pages: two people send, the subject answers over a lost line, and everything odd stays text.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toField } from '../../src/protocol/field.ts';
import { requirePart } from '../parts.ts';
import { CORPUS, HIDDEN } from './corpus.ts';
import { invite, letIn, makeLink, signIn, startIncident, type Teller } from './crew.ts';
import { launchWithTone } from './kit/chromium.ts';
import { type Parley, startParley } from './kit/parley.ts';

const LOOK = { timeout: 15_000 };
const NASTY = '<img id=planted src=x onerror=window.owned=1>\u202EBoris';
const AGENT = '<h1 id=planted>Phone</h1><script>window.owned=1</script>';
/** Lets the test cut the page's sockets, and gives it a network with a hostile name. */
const CUT = `(() => {
  const Real = WebSocket; const all = new Set(); window.__cut = (on) => { window.__isCut = on; if (on) for (const one of all) one.close(); };
  window.WebSocket = class extends Real { constructor(...a) { if (window.__isCut) throw new Error('cut'); super(...a); all.add(this); } };
  Object.defineProperty(navigator, 'connection', { value: { type: '<b id=planted>net\\u202E</b>', addEventListener() {} } });
})()`;

requirePart('chromium');

const tab = (page: Page, name: RegExp) => page.getByRole('tablist', { name: 'Board', exact: true }).getByRole('tab', { name }).click(LOOK);
const message = (page: Page, text: string) => page.locator('.message', { hasText: text });

/** What of a page would not be there if everything were text in its own box. */
const harm = (page: Page, boxes: string) =>
  page.evaluate((selector) => {
    const found: string[] = [];
    if ('owned' in window) found.push('a script ran');
    const planted = document.querySelectorAll('#planted, iframe, base, math, a[href^="javascript"], body script:not([src]), img[src="x"]');
    found.push(...[...planted].map((one) => `an element was made: ${one.outerHTML.slice(0, 80)}`));
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide`);
    for (const box of document.querySelectorAll<HTMLElement>(selector)) {
      const inside = [...box.querySelectorAll('*')].filter((one) => one.tagName !== 'BDI');
      found.push(...inside.map((one) => `${one.tagName} in somebody's words`));
      const outer = box.closest('ol')?.getBoundingClientRect();
      const { left, right } = box.getBoundingClientRect();
      if (outer !== undefined && (left < outer.left - 1 || right > outer.right + 1))
        found.push(`out of its box: ${box.textContent?.slice(0, 40)}`);
      if (!['clip', 'hidden'].includes(getComputedStyle(box).overflowX)) found.push('not kept in its box');
      if (getComputedStyle(box).unicodeBidi !== 'isolate') found.push('not isolated');
    }
    return found;
  }, boxes);

describe('text with the subject', () => {
  let parley: Parley;
  let leader: Teller;
  let coach: Teller;
  let subject: Teller;
  const told: string[] = [];

  beforeAll(async () => {
    parley = await startParley();
    leader = await signIn(await parley.ownerLink(), { name: 'Anna', hz: 930 });
    const incidentId = await startIncident(leader);
    coach = await signIn(await invite(leader, incidentId, 'coach'), { name: NASTY, hz: 700 });
    const browser = await launchWithTone({
      name: 'subject',
      hz: 440,
      viewport: { width: 390, height: 844 },
      args: [`--user-agent=${AGENT}`],
      initScript: CUT,
    });
    browser.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => told.push(String(payload))));
    subject = { browser, page: browser.page, hz: 440 };
    await subject.page.goto(await makeLink(leader));
    await subject.page.getByRole('button').first().click(LOOK);
  }, 120_000);

  afterAll(async () => {
    await Promise.all([leader, coach, subject].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 30_000);

  it('[V52] [D43] a note of the coach comes onto the card of the primary, and he clears it', { timeout: 60_000 }, async () => {
    const field = coach.page.getByLabel('Note to the primary').getByRole('textbox');
    await field.fill('Ask about his <b>dog</b>', LOOK);
    await field.press('Enter');
    const card = leader.page.getByRole('region', { name: 'Note to you' });
    await card.getByText('Ask about his <b>dog</b>').waitFor(LOOK);
    await coach.page
      .getByRole('region', { name: 'Note to the primary' })
      .getByText(/^shown /)
      .waitFor(LOOK);
    await leader.page.keyboard.press('g');
    await card.waitFor({ ...LOOK, state: 'detached' });
  });

  it('[N110] has no field for the subject before he is let in, and one in the call', { timeout: 60_000 }, async () => {
    await leader.page.getByRole('button', { name: 'Let in' }).first().waitFor(LOOK);
    expect(await subject.page.locator('textarea:visible').count()).toBe(0);
    await letIn(leader);
    await subject.page.locator('textarea:visible').waitFor(LOOK);
  });

  it('[D30] [D35] [N111] [N113] is drafted by one, agreed to by another, and shown as text with nothing of the team', {
    timeout: 60_000,
  }, async () => {
    await tab(coach.page, /^Text/);
    await coach.page.getByLabel('Draft a text to the subject').fill('I am <b>here</b> with you.', LOOK);
    await coach.page.keyboard.press('Enter');
    await tab(leader.page, /^Text/);
    const draft = message(leader.page, 'I am <b>here</b> with you.');
    await draft.getByText('DRAFT, not sent').waitFor(LOOK);
    expect(await message(coach.page, 'with you').getByRole('button', { name: 'Agree and send' }).count()).toBe(0);
    expect(await subject.page.locator('.theirs').count()).toBe(0);
    await draft.getByRole('button', { name: 'Agree and send' }).click(LOOK);
    await subject.page.locator('.theirs', { hasText: 'I am <b>here</b> with you.' }).waitFor(LOOK);
    await message(coach.page, 'with you').getByText('shown on his device').waitFor(LOOK);
    const messages = told.map((text) => JSON.parse(text) as { t: string });
    expect(messages.filter((m) => m.t === 'text')).toEqual([{ t: 'text', n: 1, text: 'I am <b>here</b> with you.' }]);
    expect(messages.filter((m) => !toField.safeParse(m).success)).toEqual([]);
    expect(told.join(' ')).not.toMatch(/Anna|Boris|coach|leader|primary|draft/);
  });

  it('[N112] [D36] [V53] keeps what he writes while the line is lost; it comes once, in order, and calls the coach', {
    timeout: 60_000,
  }, async () => {
    await tab(coach.page, /^Log/);
    await subject.page.evaluate('window.__cut(true)');
    const field = subject.page.locator('textarea');
    for (const text of ['first', 'second']) {
      await field.fill(text);
      await field.press('Enter');
    }
    await subject.page.getByText('Not sent yet').nth(1).waitFor(LOOK);
    await subject.page.evaluate('window.__cut(false)');
    const strip = coach.page.getByRole('alert', { name: 'Text' });
    await strip.getByText('2 texts not read').waitFor(LOOK);
    await coach.page.keyboard.press('s');
    await message(coach.page, 'second').waitFor(LOOK);
    expect(await coach.page.locator('.message.theirs .message-text').allInnerTexts()).toEqual(['first', 'second']);
    await coach.page.getByRole('button', { name: 'I have read them' }).click(LOOK);
    await message(leader.page, 'second').getByText('read by:').waitFor(LOOK);
    expect(await coach.page.locator('.is-new').count()).toBe(0);
  });

  it('[V54] takes a corpus of markup, scripts and marks through every field, and all of it stays text in its box', {
    timeout: 90_000,
  }, async () => {
    const field = subject.page.locator('textarea');
    for (const text of CORPUS) {
      await field.fill(text);
      await field.press('Enter');
    }
    await expect.poll(() => leader.page.locator('.message.theirs').count(), LOOK).toBe(CORPUS.length + 2);
    const raw = await subject.page.locator('.mine .said').allTextContents();
    expect(raw.slice(-CORPUS.length)).toEqual(CORPUS.map((text) => text.trim()));
    expect(await harm(subject.page, '.said')).toEqual([]);
    for (const [width, height] of [
      [1366, 768],
      [1024, 768],
    ] as const) {
      await leader.page.setViewportSize({ width, height });
      expect(await harm(leader.page, '.message-text'), `${width}`).toEqual([]);
    }
    const shown = await leader.page.locator('.message.theirs .message-text').allTextContents();
    expect(shown.filter((text) => HIDDEN.test(text))).toEqual([]);
    expect(shown.join(' ')).toContain('[U+202E]gnp.exe');
    expect(shown.join(' ')).toMatch(/Z[\u0300\u0316]{6}\[\+\d+ marks\]/);
    await tab(leader.page, /^Log/);
    await leader.page.locator('.entry', { hasText: 'over the line' }).waitFor(LOOK);
    expect(await harm(leader.page, '.message-text')).toEqual([]);
    expect(HIDDEN.test((await leader.page.locator('body').innerText()).replaceAll(/[\n\t\r]/g, ' '))).toBe(false);
  });

  it('[D44] [V53] an alarm of one stands on the console of the other until it is cleared', { timeout: 60_000 }, async () => {
    await leader.page.keyboard.press('a');
    await leader.page.getByLabel('What is it').fill('Shot fired', LOOK);
    await leader.page.keyboard.press('Enter');
    const alarm = coach.page.getByRole('alert', { name: 'ALARM' });
    await alarm.getByText('Shot fired').waitFor(LOOK);
    expect(await alarm.getByRole('button').count()).toBe(0);
    await leader.page.getByRole('alert', { name: 'ALARM' }).getByRole('button', { name: 'Clear' }).click(LOOK);
    await alarm.waitFor({ ...LOOK, state: 'detached' });
  });

  it('[T4] made no page error and broke no policy', () => {
    for (const { browser } of [leader, coach, subject])
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
  });
});
