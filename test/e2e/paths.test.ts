// Bad networks under a call: UDP blocked, no path for some seconds, another address for the phone. Real browsers in network namespaces.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../parts.ts';
import { hold, joinCall, letIn, makeLink, openLink, signIn, startIncident, type Teller } from './crew.ts';
import { waitUntilHears, waitUntilSilentAt } from './kit/ear.ts';
import { type Parley, startParley } from './kit/parley.ts';
import { waitFor } from './kit/process.ts';
import { createNet, type Net, type NetNode } from './net/netns.ts';
import { startTurn, type Turn } from './net/turn.ts';

const SUBJECT_HZ = 440;
const PRIMARY_HZ = 930;
const SOON = { withinMs: 20_000 };
/** Generous: the figure is written out, the bound only ends the wait. */
const BACK = { withinMs: 40_000 };
const BLACKOUT_MS = 5_000;
const SECRET = 'a secret that box and relay share';
const TURN_PORT = 3478;

type Name = 'box' | 'desk' | 'phone' | 'relay';

/** One call between a desk and a phone, each in a network of its own. */
interface Call {
  readonly net: Net<Name>;
  readonly parley: Parley;
  readonly primary: Teller;
  readonly subject: Teller;
}

interface Setting {
  readonly net: Net<Name>;
  readonly env?: Readonly<Record<string, string>>;
  /** Held before anybody calls. */
  readonly noUdp?: readonly NetNode[];
}

const started: (() => Promise<unknown>)[] = [];
const keep = <T>(made: T, end: (made: T) => Promise<unknown>): T => {
  started.unshift(() => end(made));
  return made;
};
async function endAll(): Promise<void> {
  for (const end of started.splice(0)) await end();
}

async function call({ net, env = {}, noUdp = [] }: Setting): Promise<Call> {
  const { box, desk, phone } = net.nodes;
  const parley = keep(await startParley({ host: box.address, netns: box.netns, scheme: 'https', env }), (p) => p.stop());
  for (const node of noUdp) await node.dropUdp(true);
  const who = { name: 'Anna', hz: PRIMARY_HZ, netns: desk.netns };
  const primary = keep(await signIn(await parley.ownerLink(), who), (t) => t.browser.close());
  const incidentId = await startIncident(primary);
  await watch(primary.page, incidentId);
  await joinCall(primary, parley, incidentId);
  const far = { name: 'subject', hz: SUBJECT_HZ, netns: phone.netns };
  const subject = keep(await openLink(await makeLink(primary), far), (t) => t.browser.close());
  await letIn(primary);
  await waitUntilHears(primary.page, SUBJECT_HZ, SOON);
  await hold(primary, 'Take the floor');
  await waitUntilHears(subject.page, PRIMARY_HZ, SOON);
  return { net, parley, primary, subject };
}

/** A second socket of the same person, inside the page: this process is not in the page's network. Notes where each line went. */
async function watch(page: Page, incidentId: string): Promise<void> {
  await page.evaluate((id) => {
    const states: string[] = [];
    Object.assign(window, { lineStates: states });
    const socket = new WebSocket(`wss://${location.host}/api/team?incident=${id}`);
    socket.onopen = () => socket.send(JSON.stringify({ t: 'hello', v: 1, after: 0, roles: [] }));
    setInterval(() => socket.readyState === 1 && socket.send('{"t":"beat"}'), 1_000);
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as { t: string; entries?: { type: string; payload: { to: string } }[] };
      if (message.t === 'entries') {
        for (const { type, payload } of message.entries ?? []) if (type === 'line-changed') states.push(payload.to);
      }
    };
  }, incidentId);
}

const lineStates = (page: Page) => page.evaluate(() => (window as unknown as { lineStates: string[] }).lineStates);

/** Waits until both hear each other; gives when, ms after `fromMs`. */
async function bothHear({ primary, subject }: Call, fromMs: number): Promise<string> {
  const at = await Promise.all([waitUntilHears(primary.page, SUBJECT_HZ, BACK), waitUntilHears(subject.page, PRIMARY_HZ, BACK)]);
  const [atPrimary, atSubject] = at.map((ms) => Math.round(ms - fromMs));
  return `heard again at the primary after ${atPrimary} ms, at the subject after ${atSubject} ms`;
}

describeWith(['netns', 'iptables', 'chromium'], 'a call on a path that breaks', () => {
  let on: Call;
  beforeAll(async () => {
    on = await call({ net: keep(await createNet(['box', 'desk', 'phone', 'relay']), (n) => n.close()) });
  }, 120_000);
  afterAll(endAll, 60_000);

  it('[N26] is lost for the team while there is no path, and sounds again by itself when there is one', { timeout: 90_000 }, async () => {
    const { phone } = on.net.nodes;
    const before = (await lineStates(on.primary.page)).length;
    await phone.blackout(true);
    try {
      await waitUntilSilentAt(on.primary.page, SUBJECT_HZ, SOON);
      await waitFor('the line is lost', async () => (await lineStates(on.primary.page)).slice(before).includes('lost'), SOON);
      await on.subject.page.waitForTimeout(BLACKOUT_MS);
    } finally {
      await phone.blackout(false);
    }
    console.log(`after a blackout: ${await bothHear(on, Date.now())}`);
    await waitFor('the line is live', async () => (await lineStates(on.primary.page)).at(-1) === 'live', SOON);
    expect((await lineStates(on.primary.page)).slice(before)).toEqual(expect.arrayContaining(['lost', 'live']));
  });

  it('[N27] goes on when the phone gets another address in the middle of it', { timeout: 90_000 }, async () => {
    await on.net.nodes.phone.changeAddress();
    const changedMs = Date.now();
    await waitUntilSilentAt(on.primary.page, SUBJECT_HZ, SOON);
    console.log(`after a change of address: ${await bothHear(on, changedMs)}`);
    await waitFor('the line is live', async () => (await lineStates(on.primary.page)).at(-1) === 'live', SOON);
  });
});

describeWith(['netns', 'iptables', 'chromium', 'turnserver'], 'a call where no UDP passes', () => {
  let on: Call;
  let turn: Turn;
  beforeAll(async () => {
    const net = keep(await createNet(['box', 'desk', 'phone', 'relay']), (n) => n.close());
    const { relay, desk, phone } = net.nodes;
    turn = keep(await startTurn({ node: relay, secret: SECRET, port: TURN_PORT }), (t) => t.stop());
    const env = {
      PARLEY_TURN_URLS: `turn:${relay.address}:${TURN_PORT}?transport=tcp`,
      PARLEY_TURN_SECRET: SECRET,
      PARLEY_RELAY_ONLY: '1',
    };
    on = await call({ net, env, noUdp: [desk, phone] });
  }, 120_000);
  afterAll(endAll, 60_000);

  it('[N25] sounds both ways through the relay, over TCP, with credentials that the box made', { timeout: 60_000 }, async () => {
    await bothHear(on, Date.now());
    expect(turn.log()).toMatch(/tcp/i);
    expect((await lineStates(on.primary.page)).at(-1)).toBe('live');
    for (const { browser } of [on.primary, on.subject]) {
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
    }
  });
});
