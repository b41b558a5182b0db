// The field phone on real sound: paired once, rung with proof, answers by itself, and is heard only after a touch.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../parts.ts';
import { hold, joinCall, pressDown, signIn, startIncident, type Teller } from './crew.ts';
import { launchWithTone } from './kit/chromium.ts';
import { assertHeardThroughout, listen, neverHears, waitUntilHears, waitUntilSilentAt } from './kit/ear.ts';
import { type Parley, startParley } from './kit/parley.ts';
import { waitFor } from './kit/process.ts';

const PHONE_HZ = 600;
const LEADER_HZ = 930;
const SOON = { withinMs: 10_000 };

/** Stands in for what a browser without a battery, a sensor or a second window cannot show: tests set it from outside. */
const FAKES = `(() => {
  const battery = Object.assign(new EventTarget(), { level: 0.8, charging: false });
  navigator.getBattery = () => Promise.resolve(battery);
  let hidden = false;
  Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') });
  const { getUserMedia } = MediaDevices.prototype;
  const tracks = [];
  let asked = 0;
  MediaDevices.prototype.getUserMedia = async function (wish) {
    asked += 1;
    const stream = await getUserMedia.call(this, wish);
    tracks.push(...stream.getTracks());
    return stream;
  };
  window.__fakes = {
    battery: (level) => { battery.level = level; },
    hide: (on) => { hidden = on; document.dispatchEvent(new Event('visibilitychange')); },
    endMicrophone: () => { const track = tracks.at(-1); track.stop(); track.dispatchEvent(new Event('ended')); },
    asked: () => asked,
  };
})()`;

describeWith(['chromium'], 'a field phone', () => {
  let parley: Parley;
  let leader: Teller;
  let phone: Teller;

  const onPhone = (name: string | RegExp) => phone.page.getByRole('button', { name });
  const card = () => leader.page.locator('[data-line]').first();
  const cardSays = (text: string | RegExp) => card().getByText(text).first().waitFor({ timeout: 15_000 });
  const stage = () => phone.page.locator('main').getAttribute('data-stage');
  const untilStage = (wanted: string, withinMs = 15_000) =>
    waitFor(`the phone ${wanted}`, async () => (await stage()) === wanted, { withinMs });
  const fake = (call: string) => phone.page.evaluate(`window.__fakes.${call}`);

  beforeAll(async () => {
    parley = await startParley();
    leader = await signIn(await parley.ownerLink(), { name: 'Anna', hz: LEADER_HZ });
    await joinCall(leader, parley, await startIncident(leader));
    const browser = await launchWithTone({ hz: PHONE_HZ, name: 'phone', viewport: { width: 390, height: 844 } });
    phone = { browser, page: browser.page, hz: PHONE_HZ };
    await browser.context.addInitScript({ content: FAKES });
  }, 180_000);

  afterAll(async () => {
    await Promise.all([leader, phone].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 30_000);

  it('[N80] is paired once by its address, and comes back by itself without it', { timeout: 90_000 }, async () => {
    await leader.page.getByRole('button', { name: 'Add a field phone' }).click();
    const address = await waitFor(
      'the address',
      async () => /https?:\/\/[^\s/]+\/field\/#[A-Za-z0-9_-]{22,}/.exec(await allText(leader))?.[0],
      SOON,
    );
    await phone.page.goto(address);
    await onPhone('Set up this phone').click();
    await leader.page.getByRole('button', { name: 'Pair this phone' }).click({ timeout: 15_000 });
    await untilStage('standby');
    await cardSays('Phone on standby');
    expect(phone.page.url()).toBe(`${parley.url}/field/`);
    await phone.page.reload();
    await untilStage('standby');
    await phone.page.locator('main').click();
    expect(await leader.page.getByText('NOT SAFE', { exact: false }).count()).toBe(0);
  });

  it('[N85] rings only in sight, and is shown as ringing on its own word only', { timeout: 60_000 }, async () => {
    await fake('hide(true)');
    await leader.page.getByRole('button', { name: 'Ring', exact: true }).click();
    await cardSays('Asked to ring');
    await cardSays(/ITS PAGE IS NOT IN FRONT/);
    expect(await card().getAttribute('data-state')).toBe('asking');
    await fake('hide(false)');
    await untilStage('ringing');
    await cardSays('Rings at their end');
    await onPhone('Not now').click();
    await cardSays('Declined at the phone.');
  });

  it('[N83] [A38] [V25] answers by itself: it hears the floor, and is heard only after a touch, with a sign', {
    timeout: 120_000,
  }, async () => {
    await card()
      .getByLabel(/Answers by itself/)
      .click();
    await hold(leader, 'Take the floor');
    await leader.page.getByRole('button', { name: 'Ring', exact: true }).click();
    await untilStage('ringing');
    await untilStage('talking');
    await waitUntilHears(phone.page, LEADER_HZ, SOON);
    await cardSays('Answered by itself: perhaps nobody is there.');
    await neverHears(leader.page, [PHONE_HZ], { forMs: 2_000 });
    expect(await phone.page.locator('.live').isVisible()).toBe(false);
    await onPhone('Press to talk').click();
    await waitUntilHears(leader.page, PHONE_HZ, SOON);
    expect(await phone.page.locator('.live').isVisible()).toBe(true);
    await cardSays('Its microphone was opened by a touch.');
  });

  it('[N90] takes a dead microphone back by itself', { timeout: 60_000 }, async () => {
    const before = (await fake('asked()')) as number;
    await fake('endMicrophone()');
    await waitFor('a new request', async () => ((await fake('asked()')) as number) > before, SOON);
    // What was under way when it ended has been played by then.
    await phone.page.waitForTimeout(1_500);
    const listening = await listen(leader.page, [PHONE_HZ]);
    await phone.page.waitForTimeout(1_500);
    assertHeardThroughout(await listening.stop(), PHONE_HZ, { maxGapMs: 400 });
  });

  it('[N87] [V26] shows a low battery and a page out of sight on the console', { timeout: 60_000 }, async () => {
    await fake('battery(0.17)');
    await fake('hide(true)');
    await cardSays('ITS BATTERY IS LOW');
    await cardSays('ITS PAGE IS NOT IN FRONT: it cannot ring');
    await fake('battery(0.8)');
    await fake('hide(false)');
    await waitFor('no alarm', async () => (await card().locator('.alarms').count()) === 0, { withinMs: 15_000 });
  });

  it('[A39] is a loudhailer as long as the key is held', { timeout: 90_000 }, async () => {
    await hold(leader, 'End the call');
    await untilStage('standby');
    await waitUntilSilentAt(leader.page, PHONE_HZ, SOON);
    await pressDown(leader, /^Loudhailer/);
    await waitUntilHears(phone.page, LEADER_HZ, { withinMs: 15_000 });
    await neverHears(leader.page, [PHONE_HZ], { forMs: 1_000 });
    await leader.page.mouse.up();
    await waitUntilSilentAt(phone.page, LEADER_HZ, SOON);
    await neverHears(phone.page, [LEADER_HZ], { forMs: 1_500 });
    await pressDown(leader, /^Loudhailer/);
    await waitUntilHears(phone.page, LEADER_HZ, SOON);
    await leader.page.mouse.up();
    await waitUntilSilentAt(phone.page, LEADER_HZ, SOON);
    await hold(leader, 'End the call');
    await untilStage('standby');
  });

  it('[N89] weighs less than 30 KB, compressed', () => {
    const root = join(process.cwd(), 'dist', 'web');
    const html = readFileSync(join(root, 'field', 'index.html'), 'utf8');
    const parts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((found) => found[1] ?? '');
    expect(parts.length).toBeGreaterThan(1);
    const bytes = [Buffer.from(html), ...parts.map((path) => readFileSync(join(root, path)))].map((one) => gzipSync(one).length);
    const sum = bytes.reduce((a, b) => a + b, 0);
    console.log(`the phone page: ${sum} bytes compressed in ${bytes.length} files`);
    expect(sum).toBeLessThan(30 * 1024);
  });

  it('[N91] says that it tries to connect while there is no network, keeps nothing, and comes back', { timeout: 60_000 }, async () => {
    await phone.page.evaluate('navigator.serviceWorker.ready');
    expect(await phone.page.evaluate('caches.keys()')).toEqual([]);
    await parley.term();
    await phone.page.reload();
    await phone.page.getByText('Trying to connect').waitFor({ timeout: 10_000 });
    await cardSays(/./);
    await parley.restart();
    await untilStage('standby', 30_000);
  });

  it('[N92] makes no error and breaks no policy in all of this', () => {
    expect({ page: phone.browser.pageErrors, policy: phone.browser.cspViolations }).toEqual({ page: [], policy: [] });
    expect({ page: leader.browser.pageErrors, policy: leader.browser.cspViolations }).toEqual({ page: [], policy: [] });
  });
});

async function allText({ page }: Teller): Promise<string> {
  return page.evaluate(() => [document.body.innerText, ...[...document.querySelectorAll('input')].map((i) => i.value)].join('\n'));
}
