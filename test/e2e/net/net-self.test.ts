// Proves the bad networks themselves: packets pass, are lost, blocked and cut as asked; a relay relays; a browser runs inside.
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchWithTone } from '../kit/chromium.ts';
import { evaluateQuietly } from '../kit/ear.ts';
import { freePort } from '../kit/parley.ts';
import { waitFor } from '../kit/process.ts';
import { run } from '../kit/run.ts';
import { available, createNet, type Net, type NetNode } from './netns.ts';
import { hasTurn, startTurn } from './turn.ts';

// Answers UDP and HTTP on one port, and says so when it does.
const ECHO = `
const port = 5000;
const udp = require('dgram').createSocket('udp4').on('message', (m, from) => udp.send(m, from.port, from.address)).bind(port);
require('http').createServer((q, r) => r.setHeader('content-type', 'text/html').end('<p>here')).listen(port, () => console.log('ready'));
`;
// Sends 200 datagrams, counts the answers; then asks over HTTP.
const PROBE = `
const [host] = process.argv.slice(1);
const udp = require('dgram').createSocket('udp4');
let answers = 0, sent = 0;
udp.on('message', () => answers++);
const timer = setInterval(() => { udp.send('x', 5000, host); if (++sent === 200) { clearInterval(timer); setTimeout(ask, 150); } }, 1);
const ask = () => require('http').get('http://' + host + ':5000', { timeout: 700 }, (r) => done(r.statusCode)).on('error', () => done(0)).on('timeout', () => done(0));
const done = (http) => { console.log(JSON.stringify({ answers, http })); process.exit(0); };
`;

const probe = async (from: NetNode, to: NetNode) => {
  const { stdout } = await run('ip', ['netns', 'exec', from.netns, process.execPath, '-e', PROBE, to.address], 15_000);
  return JSON.parse(stdout.toString()) as { answers: number; http: number };
};

const can = available();

describe.skipIf(!can.ok)(`network namespaces${can.ok ? '' : ` (left out: ${can.why})`}`, () => {
  let net: Net<'box' | 'phone' | 'relay'>;
  beforeAll(async () => {
    net = await createNet(['box', 'phone', 'relay']);
    const echo = net.nodes.box.spawn(process.execPath, ['-e', ECHO]);
    await once(echo.stdout ?? echo, 'data');
  }, 30_000);
  afterAll(() => net?.close());

  it('carries all packets between nodes, until and after it is told to lose them', async () => {
    const { box, phone } = net.nodes;
    const whole = { answers: 200, http: 200 };
    expect(await probe(phone, box)).toEqual(whole);

    await phone.dropUdp(true);
    expect(await probe(phone, box)).toEqual({ answers: 0, http: 200 });
    await phone.dropUdp(false);

    await phone.blackout(true);
    expect(await probe(phone, box)).toEqual({ answers: 0, http: 0 });
    await phone.blackout(false);

    await phone.loseUdp(0.3); // each way: about half come back
    const { answers } = await probe(phone, box);
    expect(answers).toBeGreaterThan(60);
    expect(answers).toBeLessThan(140);
    await phone.loseUdp(0);

    expect(await probe(phone, box)).toEqual(whole);
  }, 30_000);

  it('gives a node a new address that works', async () => {
    const { box, phone } = net.nodes;
    const before = phone.address;
    expect(await phone.changeAddress()).not.toBe(before);
    expect(await probe(phone, box)).toEqual({ answers: 200, http: 200 });
    expect(await probe(box, box)).toMatchObject({ http: 200 });
  }, 20_000);

  it.skipIf(!hasTurn() || findChromium() === undefined)(
    'lets a browser without UDP find its relay over TCP, and use its microphone there',
    async () => {
      const { box, phone, relay } = net.nodes;
      const turn = await startTurn({ node: relay, secret: 'a shared secret' });
      const origin = `http://${box.address}:5000`;
      const browser = await launchWithTone({ hz: 440, name: 'phone', netns: phone.netns, secureOrigins: [origin] });
      const gather = (transport: 'udp' | 'tcp') =>
        evaluateQuietly<string[]>(
          browser.page,
          `(async () => {
          await navigator.mediaDevices.getUserMedia({ audio: true });
          const peer = new RTCPeerConnection({ iceTransportPolicy: 'relay', iceServers: [${JSON.stringify(turn.iceServer(transport))}] });
          peer.addTransceiver('audio');
          const found = [];
          const first = new Promise((done) => { peer.onicecandidate = (e) => { if (e.candidate?.candidate) { found.push(e.candidate.candidate); done(); } }; });
          await peer.setLocalDescription();
          await Promise.race([first, new Promise((done) => setTimeout(done, 4000))]);
          peer.close();
          return found;
        })()`,
        );
      try {
        await browser.page.goto(origin);
        await phone.dropUdp(true);
        expect(await gather('udp')).toEqual([]);
        expect((await gather('tcp')).join()).toContain(`${relay.address} `);
        await phone.dropUdp(false);
        expect((await gather('udp')).join()).toContain(`${relay.address} `);
      } finally {
        await browser.close();
        await turn.stop();
      }
    },
    60_000,
  );

  it('leaves no namespace and no process behind', async () => {
    const other = await createNet(['lone']);
    const { netns } = other.nodes.lone;
    const child = other.nodes.lone.spawn('sleep', ['60']);
    await waitFor(
      'it runs inside',
      async () => (await run('ip', ['netns', 'pids', netns])).stdout.toString().trim() === String(child.pid),
      { withinMs: 3_000 },
    );
    await other.close();
    expect((await run('ip', ['netns', 'list'])).stdout.toString()).not.toContain(netns);
    expect(child.signalCode).toBe('SIGKILL');
  });
});

describe.skipIf(!hasTurn())(`a relay on the loopback${hasTurn() ? '' : ' (left out: no turnserver)'}`, () => {
  it('relays for its own user and refuses another', async () => {
    const turn = await startTurn({ port: await freePort() });
    const client = (password: string) =>
      run(
        'turnutils_uclient',
        ['-y', '-c', '-n', '2', '-m', '1', '-p', String(turn.port), '-u', turn.username, '-w', password, turn.address],
        15_000,
      );
    try {
      expect((await client(turn.credential)).stdout.toString()).toContain('Total lost packets 0');
      expect((await client('wrong')).stdout.toString()).not.toContain('Total lost packets');
    } finally {
      await turn.stop();
    }
  }, 40_000);
});
