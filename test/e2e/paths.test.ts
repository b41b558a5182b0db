// Bad networks under a call: no path for some seconds, lost packets, another address for the phone, no UDP. Real browsers in network
// namespaces. With PARLEY_SOAK=full the long blackouts too.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../parts.ts';
import { listen, waitUntilSilentAt } from './kit/ear.ts';
import { probeOgg } from './kit/ogg.ts';
import { waitFor } from './kit/process.ts';
import { bothHear, lineStates, type NetCall, pathFacts, SOON, Started, SUBJECT_HZ, startCall } from './net/call.ts';
import { createNet, type Net } from './net/netns.ts';
import { startTurn, type Turn } from './net/turn.ts';

const SECRET = 'a-secret-that-box-and-relay-share';
const TURN_PORT = 3478;
/** Lost is said after 2 s without a packet; half a second is for the way to the screen. */
const LOST_WITHIN_MS = 2_500;
const LONG_BLACKOUTS_S = process.env['PARLEY_SOAK'] === 'full' ? [25, 60] : [];
/** With one packet in ten lost, alone, one in a hundred is lost together with the one after it. */
const LOSS = 0.1;
const LOSSY_MS = 10_000;

type Name = 'box' | 'desk' | 'phone' | 'relay';

const newNet = async (started: Started): Promise<Net<Name>> =>
  started.keep(await createNet<Name>(['box', 'desk', 'phone', 'relay']), (n) => n.close());

const boxIn = ({ nodes }: Net<Name>, env: Readonly<Record<string, string>> = {}) => ({
  host: nodes.box.address,
  netns: nodes.box.netns,
  scheme: 'https' as const,
  env,
});

function expectNoTrouble({ primary, subject }: NetCall): void {
  for (const { browser } of [primary, subject]) {
    expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
  }
}

describeWith(['netns', 'iptables', 'chromium', 'ffprobe'], 'a call on a path that breaks', () => {
  const started = new Started();
  let net: Net<Name>;
  let on: NetCall;
  let leg: string;

  beforeAll(async () => {
    net = await newNet(started);
    on = await startCall(started, { parley: boxIn(net), desk: net.nodes.desk.netns, phone: net.nodes.phone.netns });
    const recordings = (await on.entries()).filter(({ type }) => type === 'recording-started').map(({ payload }) => String(payload['leg']));
    leg = recordings.find((name) => name.startsWith('line.')) ?? '';
  }, 120_000);
  afterAll(() => started.endAll(), 60_000);

  const since = async (count: number) => (await on.entries()).slice(count);
  const live = () => waitFor('the line is live', async () => (await lineStates(on)).at(-1) === 'live', SOON);

  it('[R32] carries copies of sound both ways: of one packet in ten lost alone, hardly a word is missing', {
    timeout: 90_000,
  }, async () => {
    for (const page of [on.primary.page, on.subject.page]) {
      const facts = await pathFacts(page);
      expect(facts.formats).toEqual(['audio/red', 'audio/opus']);
      expect(facts.sentShare).toBeGreaterThan(1.5);
      expect(facts.spareCopies).toBeGreaterThan(0.05);
    }
    const { phone } = net.nodes;
    const lostBefore = await lostOf(on, leg);
    await phone.loseUdp(LOSS);
    await on.subject.page.waitForTimeout(LOSSY_MS);
    await phone.loseUdp(0);
    const share = ((await lostOf(on, leg)) - lostBefore) / (LOSSY_MS / 20);
    console.log(`packets missing in the recording at ${LOSS * 100} % loss: ${(share * 100).toFixed(1)} %`);
    expect(share).toBeLessThan(0.04);
  });

  it('[N61] a path that is gone for one second stays the same call', { timeout: 60_000 }, async () => {
    const before = (await on.entries()).length;
    const listening = await listen(on.primary.page, [SUBJECT_HZ]);
    await net.nodes.phone.blackout(true);
    await on.subject.page.waitForTimeout(1_000);
    await net.nodes.phone.blackout(false);
    const back = await bothHear(on, Date.now());
    console.log('after a blackout of 1 s:', JSON.stringify(back), JSON.stringify((await listening.stop()).spans.map((s) => s.fromMs)));
    await live();
    expect((await since(before)).map(({ type }) => type)).not.toContain('recording-started');
  });

  it.each([5, ...LONG_BLACKOUTS_S])(
    '[N61] is lost for the team within 2.5 s when there is no path for %i s, and sounds again by itself: same leg, same recording',
    { timeout: 180_000 },
    async (blackoutS) => {
      const { phone } = net.nodes;
      const before = (await on.entries()).length;
      await phone.blackout(true);
      const cutMs = Date.now();
      try {
        const lost = await waitFor(
          'the line is lost',
          async () => (await since(before)).find(({ type, payload }) => type === 'line-changed' && payload['to'] === 'lost'),
          SOON,
        );
        await on.primary.page.getByText('Lost: no sound from them').first().waitFor({ timeout: 2_000 });
        console.log(`lost after ${lost.cameMs - cutMs} ms`);
        expect(lost.cameMs - cutMs).toBeLessThan(LOST_WITHIN_MS);
        await waitUntilSilentAt(on.primary.page, SUBJECT_HZ, SOON);
        await on.subject.page.waitForTimeout(Math.max(0, blackoutS * 1_000 - (Date.now() - cutMs)));
      } finally {
        await phone.blackout(false);
      }
      console.log(`after a blackout of ${blackoutS} s:`, JSON.stringify(await bothHear(on, Date.now())));
      await live();
      const legs = (await since(before)).filter(({ type }) => type === 'recording-started' || type === 'device-knocked');
      expect(legs.map(({ type }) => type)).toEqual([]);
    },
  );

  it('[N62] goes on when the phone gets another address in the middle of it', { timeout: 90_000 }, async () => {
    await net.nodes.phone.changeAddress();
    const changedMs = Date.now();
    await waitUntilSilentAt(on.primary.page, SUBJECT_HZ, SOON);
    console.log('after a change of address:', JSON.stringify(await bothHear(on, changedMs)));
    await live();
    expectNoTrouble(on);
  });

  it('[R34] the recording of all that is as long as the call was', { timeout: 60_000 }, async () => {
    const first = (await on.entries()).find(({ type, payload }) => type === 'recording-started' && payload['leg'] === leg);
    const folder = join(on.parley.data, 'media', on.incidentId, leg);
    const startedMs = Number(first?.payload['atMs']);
    await on.primary.page.waitForTimeout(1_500); // what is written each second
    const files = (await readdir(folder)).filter((name) => name.endsWith('.opus'));
    const lengths = await Promise.all(files.map(async (name) => (await probeOgg(join(folder, name))).durationS));
    const recordedS = lengths.reduce((sum, one) => sum + one, 0);
    const callS = (Date.now() - startedMs) / 1_000;
    console.log(`recorded ${recordedS.toFixed(2)} s of ${callS.toFixed(2)} s in ${files.length} files`);
    expect(Math.abs(recordedS - callS)).toBeLessThan(3);
  });
});

/** Packets of a leg that are missing in its recording so far, as its index counts them. */
async function lostOf({ parley, incidentId }: NetCall, leg: string): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // a line a second
  const lines = (await readFile(join(parley.data, 'media', incidentId, leg, 'leg.idx.jsonl'), 'utf8')).trim().split('\n');
  const seconds = lines.map((line) => JSON.parse(line) as { at: string; lost?: number }).filter(({ at }) => at === 'second');
  return seconds.at(-1)?.lost ?? 0;
}

describeWith(['netns', 'iptables', 'chromium'], 'a call where no UDP passes and there is no relay', () => {
  const started = new Started();
  let on: NetCall;
  beforeAll(async () => {
    const net = await newNet(started);
    const { desk, phone } = net.nodes;
    const before = async () => {
      for (const node of [desk, phone]) await node.dropUdp(true);
    };
    on = await startCall(started, { parley: boxIn(net), desk: desk.netns, phone: phone.netns, before });
  }, 120_000);
  afterAll(() => started.endAll(), 60_000);

  it('[N63] sounds both ways over TCP, straight to the box', { timeout: 60_000 }, async () => {
    await bothHear(on, Date.now());
    for (const { page } of [on.primary, on.subject]) expect(await pathFacts(page)).toMatchObject({ protocol: 'tcp' });
    expect((await lineStates(on)).at(-1)).toBe('live');
    expectNoTrouble(on);
  });
});

describeWith(['netns', 'iptables', 'chromium', 'turnserver'], 'a call where no UDP passes, with a relay', () => {
  const started = new Started();
  let on: NetCall;
  let turn: Turn;
  beforeAll(async () => {
    const net = await newNet(started);
    const { relay, desk, phone } = net.nodes;
    turn = started.keep(await startTurn({ node: relay, secret: SECRET, port: TURN_PORT }), (t) => t.stop());
    const env = {
      PARLEY_TURN_URLS: `turn:${relay.address}:${TURN_PORT}?transport=tcp`,
      PARLEY_TURN_SECRET: SECRET,
      PARLEY_RELAY_ONLY: '1',
    };
    const before = async () => {
      for (const node of [desk, phone]) await node.dropUdp(true);
    };
    on = await startCall(started, { parley: boxIn(net, env), desk: desk.netns, phone: phone.netns, before });
  }, 120_000);
  afterAll(() => started.endAll(), 60_000);

  it('[N64] sounds both ways through the relay, over TCP, with credentials that the box made', { timeout: 60_000 }, async () => {
    await bothHear(on, Date.now());
    for (const { page } of [on.primary, on.subject]) expect(await pathFacts(page)).toMatchObject({ type: 'relay', relayProtocol: 'tcp' });
    expect(turn.log()).toMatch(/tcp/i);
    expect((await lineStates(on)).at(-1)).toBe('live');
    expectNoTrouble(on);
  });
});
