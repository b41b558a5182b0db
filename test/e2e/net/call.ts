// One call between a desk and a phone that are in networks of their own, and what can be seen of it from outside. Real browsers.
import type { Page } from 'playwright-core';
import { hold, joinCall, letIn, makeLink, openLink, signIn, startIncident, type Teller } from '../crew.ts';
import { evaluateQuietly, waitUntilHears } from '../kit/ear.ts';
import { type Parley, type ParleyOptions, startParley } from '../kit/parley.ts';

export const SUBJECT_HZ = 440;
export const PRIMARY_HZ = 930;
/** The set-up starts two browsers; a busy machine takes its time over it. */
export const SOON = { withinMs: 20_000 };
/** Generous: the figure is written out, the bound only ends the wait. */
export const BACK = { withinMs: 40_000 };

/** What is ended at the end of a suite, last started first. */
export class Started {
  readonly #ends: (() => Promise<unknown>)[] = [];
  keep<T>(made: T, end: (made: T) => Promise<unknown>): T {
    this.#ends.unshift(() => end(made));
    return made;
  }
  async endAll(): Promise<void> {
    for (const end of this.#ends.splice(0)) await end().catch((cause: unknown) => console.log(`could not be ended: ${String(cause)}`));
  }
}

/** An entry as the primary's own page was sent it, and when, by the wall clock in ms. */
export interface SeenEntry {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly cameMs: number;
}

export interface NetCall {
  readonly parley: Parley;
  readonly primary: Teller;
  readonly subject: Teller;
  readonly incidentId: string;
  entries(): Promise<readonly SeenEntry[]>;
}

export interface NetCallOptions {
  readonly parley: ParleyOptions;
  /** Namespaces of the two ends. */
  readonly desk: string;
  readonly phone: string;
  /** To be done when the product runs and before anybody comes. */
  readonly before?: (parley: Parley) => Promise<void>;
}

/** Makes a call in which both hear each other, the primary with the floor. @throws Error when it does not come to be. */
export async function startCall(started: Started, options: NetCallOptions): Promise<NetCall> {
  const parley = started.keep(await startParley(options.parley), (p) => p.stop());
  await options.before?.(parley);
  const who = { name: 'Anna', hz: PRIMARY_HZ, netns: options.desk, initScript: NOTE_PEERS };
  const primary = started.keep(await signIn(await parley.ownerLink(), who), (t) => t.browser.close());
  const incidentId = await startIncident(primary);
  await watch(primary.page, incidentId);
  await joinCall(primary, parley, incidentId);
  const far = { name: 'subject', hz: SUBJECT_HZ, netns: options.phone, initScript: NOTE_PEERS };
  const subject = started.keep(await openLink(await makeLink(primary), far), (t) => t.browser.close());
  await letIn(primary);
  await waitUntilHears(primary.page, SUBJECT_HZ, SOON);
  await hold(primary, 'Take the floor');
  await waitUntilHears(subject.page, PRIMARY_HZ, SOON);
  const entries = () => primary.page.evaluate(() => (window as unknown as { seen: SeenEntry[] }).seen);
  return { parley, primary, subject, incidentId, entries };
}

/** A second socket of the same person, inside the page: this process is not in the page's network. Notes every entry. */
async function watch(page: Page, incidentId: string): Promise<void> {
  await page.evaluate((id) => {
    const seen: unknown[] = [];
    Object.assign(window, { seen });
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/api/team?incident=${id}`);
    socket.onopen = () => socket.send(JSON.stringify({ t: 'hello', v: 1, after: 0, roles: [] }));
    setInterval(() => socket.readyState === 1 && socket.send('{"t":"beat"}'), 1_000);
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as { t: string; entries?: { type?: string; payload: unknown }[] };
      if (message.t !== 'entries') return;
      for (const { type, payload } of message.entries ?? []) if (type !== undefined) seen.push({ type, payload, cameMs: Date.now() });
    };
  }, incidentId);
}

/** Waits until both hear each other; gives how long after `fromMs` (wall clock), in ms. */
export async function bothHear({ primary, subject }: NetCall, fromMs: number): Promise<{ atPrimaryMs: number; atSubjectMs: number }> {
  const [p, s] = await Promise.all([waitUntilHears(primary.page, SUBJECT_HZ, BACK), waitUntilHears(subject.page, PRIMARY_HZ, BACK)]);
  return { atPrimaryMs: Math.round(p - fromMs), atSubjectMs: Math.round(s - fromMs) };
}

/** States that the line went through, as the log says. */
export async function lineStates(call: NetCall): Promise<string[]> {
  return (await call.entries()).filter(({ type }) => type === 'line-changed').map(({ payload }) => String(payload['to']));
}

// Keeps the page's connections where the test finds them.
const NOTE_PEERS = `(() => {
  const Real = window.RTCPeerConnection;
  window.__peers = [];
  window.RTCPeerConnection = class extends Real { constructor(...a) { super(...a); window.__peers.push(this); } };
})()`;

/** How a page's newest connection that stands carries sound. */
export interface PathFacts {
  /** Transport of the chosen local candidate: udp or tcp. With a relay, that to the relay is `relayProtocol`. */
  readonly protocol: string;
  readonly type: string;
  readonly relayProtocol: string;
  /** Address and type of the far candidate. */
  readonly remote: string;
  /** Formats of the microphone's section in the answer, the wanted one first, such as audio/red. */
  readonly formats: readonly string[];
  /** Over a second: bytes of a sent packet for each byte that the encoder was asked for. Chromium's statistics name the codec inside a redundant
   *  packet, never the packet, so that copies show in its size. */
  readonly sentShare: number;
  /** Copies that came and were not needed, for each packet that came. */
  readonly spareCopies: number;
  /** Addresses that the answer named. */
  readonly named: readonly string[];
}

/** Asks a page about its connection. @throws Error when none stands */
export function pathFacts(page: Page): Promise<PathFacts> {
  return evaluateQuietly<PathFacts>(
    page,
    `(async () => {
      const pc = window.__peers.filter((one) => one.connectionState === 'connected').at(-1);
      if (!pc) throw new Error('no connection stands');
      const sentBy = (all) => all.find((s) => s.type === 'outbound-rtp') ?? {};
      const early = sentBy([...(await pc.getStats()).values()]);
      await new Promise((done) => setTimeout(done, 1_000));
      const stats = [...(await pc.getStats()).values()];
      const by = new Map(stats.map((s) => [s.id, s]));
      const transport = stats.find((s) => s.type === 'transport');
      const pair = by.get(transport?.selectedCandidatePairId) ?? stats.find((s) => s.type === 'candidate-pair' && s.nominated);
      const local = by.get(pair?.localCandidateId) ?? {};
      const remote = by.get(pair?.remoteCandidateId) ?? {};
      const out = sentBy(stats);
      const ins = stats.filter((s) => s.type === 'inbound-rtp' && s.packetsDiscarded > 0);
      const sum = (name) => ins.reduce((all, s) => all + s[name], 0);
      const mic = pc.remoteDescription.sdp.split('m=audio ')[1];
      const formats = mic.split('\\r')[0].split(' ').slice(2).map((pt) => 'audio/' + new RegExp('a=rtpmap:' + pt + ' ([a-z]+)').exec(mic)?.[1]);
      return {
        protocol: local.protocol ?? '', type: local.candidateType ?? '', relayProtocol: local.relayProtocol ?? '',
        remote: remote.address + ' ' + remote.candidateType,
        formats,
        sentShare: (out.bytesSent - early.bytesSent) / (out.packetsSent - early.packetsSent) / (out.targetBitrate / 8 / 50),
        spareCopies: sum('packetsDiscarded') / Math.max(1, sum('packetsReceived')),
        named: [...new Set([...pc.remoteDescription.sdp.matchAll(/a=candidate:\\S+ 1 \\S+ \\d+ (\\S+)/g)].map((m) => m[1]))],
      };
    })()`,
  );
}
