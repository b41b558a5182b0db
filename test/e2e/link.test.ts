// The link, attacked: scanners, strangers, crowds, thieves and garbage, while one real phone is on the line.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toField } from '../../src/protocol/field.ts';
import { describeWith } from '../parts.ts';
import { openLink, type Teller } from './crew.ts';
import { launchWithTone } from './kit/chromium.ts';
import { type Parley, startParley } from './kit/parley.ts';
import { waitFor } from './kit/process.ts';
import { Desk, Device, trySocket } from './plain.ts';

const SOON = { withinMs: 8_000 };
const LOUD_DB = -40;
/** A name that would be an element, a script and a lie about direction, were it anything but text. */
const NASTY = '<img src=x onerror=document.title="owned"><b>Olga</b>\u202Egnp.exe\u2066';
const BOTS = [
  'WhatsApp/2.23.20.0',
  'facebookexternalhit/1.1',
  'Slackbot-LinkExpanding 1.0',
  'TelegramBot (like TwitterBot)',
  'Mozilla/5.0 (compatible; Googlebot/2.1)',
];

describeWith(['chromium'], 'a link that everybody has', () => {
  let parley: Parley;
  let desk: Desk;
  let subject: Teller;
  let lineId: string;
  let token: string;
  let address: string;
  let leg: string;
  const told: string[] = [];

  beforeAll(async () => {
    parley = await startParley();
    desk = await Desk.open(parley.url, await parley.ownerLink(), NASTY);
    ({ lineId, token, url: address } = await desk.link());
    leg = `line.${lineId}`;
  }, 60_000);

  afterAll(async () => {
    desk?.close();
    await subject?.browser.close();
    await parley?.stop();
  }, 30_000);

  it('[N20] is opened by fifty previews and scanners, and nothing has changed', async () => {
    const before = desk.entries.length;
    const asks = Array.from({ length: 50 }, (_, i) => {
      const headers = { 'user-agent': BOTS[i % BOTS.length] ?? '' };
      return fetch(i % 2 === 0 ? address : `${parley.url}/?link=${token}`, { method: i % 3 === 0 ? 'HEAD' : 'GET', headers });
    });
    const answers = await Promise.all(asks);
    expect(new Set(answers.map((a) => a.status))).toEqual(new Set([200]));
    expect(answers.flatMap((a) => a.headers.getSetCookie())).toEqual([]);
    // A note after them proves that the desk has heard of everything that came before it.
    await desk.ask({ type: 'write-note', text: 'after the scanners' });
    await waitFor('the note', () => desk.entries.length > before, SOON);
    expect(desk.entries.slice(before).map((e) => e.type)).toEqual(['note-written']);
  });

  it('[T7] has no socket for a page of another origin, of none, or of one that looks alike', async () => {
    const before = desk.entries.length;
    const { cookie, incidentId } = desk;
    const base = parley.url.replace('http', 'ws');
    const others = [
      'https://evil.example',
      'null',
      `${parley.url}.evil.example`,
      `${parley.url}/`,
      parley.url.replace('127.0.0.1', '127.0.0.2'),
    ];
    for (const path of ['/api/field', `/api/team?incident=${incidentId}`]) {
      for (const origin of others) expect(await trySocket(base + path, { cookie, origin }), `${path} ${origin}`).toBe(403);
      expect(await trySocket(base + path, { cookie }), `${path} without an origin`).toBe(403);
      expect(await trySocket(base + path, { cookie, origin: parley.url })).toBe('open');
    }
    await desk.ask({ type: 'write-note', text: 'after the strangers' });
    await waitFor('the note', () => desk.entries.length > before, SOON);
    expect(desk.entries.slice(before).map((e) => e.type)).toEqual(['note-written']);
  });

  it('[N21] keeps the first device on the line while nineteen others wait and are told nothing else', { timeout: 60_000 }, async () => {
    subject = await openLink(address, { name: 'subject', hz: 440 });
    subject.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => void told.push(String(payload))));
    await subject.page.reload(); // so that its whole session is seen
    await subject.page.getByRole('button').first().click({ timeout: 10_000 });
    await desk.admit(lineId);
    await desk.until('sound of the first device', (now) => now.legs[leg]?.state === 'up' && (now.legs[leg]?.db ?? -100) > LOUD_DB);
    const fromMs = Date.now();
    const others = await Promise.all(Array.from({ length: 19 }, () => Device.open(parley.url)));
    for (const other of others) await other.knock(token);
    await Promise.all(others.map((o) => o.until('wait')));
    await waitFor('nineteen who wait', () => desk.of('device-knocked', lineId).length === 20, SOON);
    await desk.until('two beats more', () => others.every((o) => o.messages.filter((m) => m.t === 'beat').length >= 2));
    expect(new Set(others.map((o) => o.heard.join(' ')))).toEqual(new Set(['nonce wait']));
    expect(desk.of('device-admitted', lineId).length).toBe(1);
    const kept = desk.since(fromMs, leg);
    expect(kept.states).toEqual(['up']);
    expect(kept.minDb).toBeGreaterThan(LOUD_DB);
    for (const other of others) other.socket.close();
  });

  it('[P3] closes the socket of who sends garbage, and the call of another device goes on', { timeout: 60_000 }, async () => {
    const fromMs = Date.now();
    const before = desk.entries.length;
    const thief = await Device.open(parley.url);
    const stolen = await thief.knockText(token);
    const bad: Record<string, string | Buffer> = {
      'no JSON': '{"t":',
      'an unknown kind': '{"t":"admit","lineId":"x"}',
      'a field too many': '{"t":"beat","mic":"ok","foreground":true,"role":"leader"}',
      'a wrong type': '{"t":"beat","mic":7,"foreground":"yes"}',
      'a deep nest': '['.repeat(50_000),
      'an offer before a knock': '{"t":"offer","req":1,"sdp":"v=0"}',
      'a goodbye before a knock': '{"t":"bye"}',
      'a signature for another nonce': stolen,
      bytes: Buffer.from([0, 1, 2, 255]),
    };
    for (const [what, message] of Object.entries(bad)) {
      const device = await Device.open(parley.url);
      device.socket.send(message);
      expect(await device.untilClosed(), what).toBe(4400);
      expect(device.heard, what).toEqual(['nonce']);
    }
    const big = await Device.open(parley.url);
    big.socket.send(`{"t":"bye","x":"${'x'.repeat(300 * 1024)}"}`);
    expect(await big.untilClosed()).toBe(1009);
    thief.socket.send(stolen);
    thief.socket.send(stolen);
    expect(await thief.untilClosed()).toBe(4400);
    const rest = desk.entries.slice(before).map((e) => e.type);
    expect(rest.filter((t) => t !== 'device-knocked')).toEqual(rest.filter((t) => /^(digest|segment|recording|recorder)/.test(t)));
    const kept = desk.since(fromMs, leg);
    expect(kept.states).toEqual(['up']);
    expect(kept.minDb).toBeGreaterThan(LOUD_DB);
  });

  it("[V11] shows a device's words and a person's name as text, whatever is in them", { timeout: 60_000 }, async () => {
    const fresh = await desk.link();
    const stranger = await Device.open(parley.url, { agent: '<script>document.title="owned"</script><h1 id=planted>Phone</h1>' });
    await stranger.knock(fresh.token);
    await stranger.until('wait');
    const browser = await launchWithTone({ hz: 930, name: 'console' });
    try {
      const [name = '', value = ''] = desk.cookie.split('=');
      await browser.context.addCookies([{ name, value, url: parley.url }]);
      await browser.page.goto(`${parley.url}/console#incident=${desk.incidentId}`);
      await browser.page.getByText('<h1 id=planted>', { exact: false }).first().waitFor({ timeout: 10_000 });
      const seen = await browser.page.evaluate(() => ({
        title: document.title,
        text: document.body.innerText,
        planted: document.querySelectorAll('#planted, img[src="x"], body script:not([src])').length,
      }));
      expect(seen.text).toContain('<img src=x onerror=');
      expect(seen.text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
      expect({ planted: seen.planted, owned: seen.title.includes('owned') }).toEqual({ planted: 0, owned: false });
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
    } finally {
      await browser.close();
    }
  });

  it('[N22] is revoked: the page stops within a second and its sound is ended at the worker', { timeout: 30_000 }, async () => {
    const askedMs = Date.now();
    await desk.ask({ type: 'revoke-line', lineId, reason: 'a test' });
    await waitFor('"gone" at the page', () => told.some((text) => text.includes('"gone"')), { withinMs: 1_000 });
    const toldAfterMs = Date.now() - askedMs;
    console.log(`revoked: the page was told after ${toldAfterMs} ms`);
    expect(toldAfterMs).toBeLessThan(1_000);
    await desk.until('no sound of the line', (now) => now.legs[leg] === undefined);
    await waitFor('the line is safe', () => desk.of('line-confirmed-silent', lineId).length === 1, SOON);
    const late = await Device.open(parley.url);
    await late.knock(token);
    await late.until('gone');
    expect(late.heard).toEqual(['nonce', 'gone']);
  });

  it('[N23] has told the page of the subject nothing that is not on the list, in a whole session', () => {
    const messages = told.map((text) => JSON.parse(text) as { t: string });
    expect(messages.map((m) => toField.safeParse(m).success).filter((ok) => !ok)).toEqual([]);
    const kinds = new Set(messages.map((m) => m.t));
    expect([...kinds].sort()).toEqual(expect.arrayContaining(['admitted', 'answer', 'beat', 'gone', 'nonce', 'wait']));
    expect(told.join(' ')).not.toMatch(/Olga|Bridge|primary|coach|leader/);
    expect({ page: subject.browser.pageErrors, policy: subject.browser.cspViolations }).toEqual({ page: [], policy: [] });
  });
});
