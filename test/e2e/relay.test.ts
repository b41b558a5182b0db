// A van on a mobile network behind a small public host, as docs/deploy.md sets it up: nginx and coturn with the files of docs/, a private
// link, a phone that reaches the public host and nothing else. Real browsers in network namespaces; the link stands for a WireGuard tunnel.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localCertificate } from '../../src/server/tls/authority.ts';
import { describeWith } from '../parts.ts';
import { hold } from './crew.ts';
import { waitUntilHears } from './kit/ear.ts';
import { endChild, waitFor } from './kit/process.ts';
import { run } from './kit/run.ts';
import { BACK, bothHear, lineStates, type NetCall, PRIMARY_HZ, pathFacts, Started, SUBJECT_HZ, startCall } from './net/call.ts';
import { createNet, type Net, type NetNode } from './net/netns.ts';

const SECRET = 'a-secret-that-box-and-relay-share';
type Name = 'van' | 'relay' | 'phone';

/** Puts values into a documented file. @throws Error when the file does not have them: then it is not the file that people use */
async function documented(name: string, values: Readonly<Record<string, string>>): Promise<string> {
  let text = await readFile(join('docs', name), 'utf8');
  for (const [from, to] of Object.entries(values)) {
    if (!text.includes(from)) throw new Error(`docs/${name} does not say "${from}"`);
    text = text.replaceAll(from, to);
  }
  return text;
}

/** Starts a program in a node and waits until it says or does what is waited for. */
async function startIn(
  started: Started,
  node: NetNode,
  given: { command: string; args: readonly string[]; ready: (said: string) => boolean | Promise<boolean> },
) {
  const child = started.keep(node.spawn(given.command, given.args), (c) => endChild(c, 'SIGTERM'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await waitFor(`${given.command} is ready`, () => given.ready(said), { withinMs: 20_000, everyMs: 200 }).catch((cause: unknown) => {
    throw new Error(`${given.command}: ${said}`, { cause });
  });
  return () => said;
}

describeWith(['netns', 'iptables', 'chromium', 'turnserver', 'nginx'], 'a van behind a public host', ({ nginx, turnserver }) => {
  const started = new Started();
  let net: Net<Name>;
  let on: NetCall;
  let relaySaid: () => string;
  let boxAddress: string;

  beforeAll(async () => {
    net = started.keep(await createNet<Name>(['van', 'relay', 'phone']), (n) => n.close());
    const { van, relay, phone } = net.nodes;
    const dir = started.keep(await mkdtemp(join(tmpdir(), 'parley-relay-')), (d) => rm(d, { recursive: true, force: true }));
    const [relayEnd, boxEnd] = await net.link('relay', 'van');
    boxAddress = boxEnd;
    await net.block('phone', 'van');
    await net.block('van', 'phone');
    await net.block('relay', 'van', { onlyNew: true });
    const publicUrl = `https://${relay.address}`;

    const turnConf = await documented('deploy-relay-coturn.conf', {
      '198.51.100.7': relay.address,
      '10.8.0.1': relayEnd,
      '10.8.0.2': boxEnd,
      'change-this-to-a-long-random-text': SECRET,
    });
    await writeFile(join(dir, 'turnserver.conf'), turnConf);
    const turnArgs = ['-c', join(dir, 'turnserver.conf'), '--simple-log', '--log-file', 'stdout', '-v'];
    const files = ['--userdb', join(dir, 'turn.db'), '--pidfile', join(dir, 'turn.pid')];
    relaySaid = await startIn(started, relay, {
      command: turnserver,
      args: [...turnArgs, ...files],
      ready: (said) => /TCP listener opened/.test(said),
    });

    const startProxy = async (data: string, port: number) => {
      const { key, cert } = await localCertificate({ dir: join(dir, 'tls'), names: { dns: [], ips: [relay.address] }, at: Date.now() });
      await writeFile(join(dir, 'fullchain.pem'), cert);
      await writeFile(join(dir, 'privkey.pem'), key);
      await writeFile(join(dir, 'box-ca.crt'), await readFile(join(data, 'tls', 'ca.crt')));
      const site = await documented('deploy-relay-nginx.conf', {
        '10.8.0.2:8080': `${boxEnd}:${port}`,
        'parley.example': relay.address,
        '/etc/ssl/parley/': `${dir}/`,
      });
      await mkdir(join(dir, 'temp'));
      const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${dir}/temp/${name};`).join(' ');
      const whole = `daemon off; master_process off; pid ${dir}/pid; error_log stderr warn;\nevents {}\nhttp { ${temps}\n${site}\n}\n`;
      await writeFile(join(dir, 'nginx.conf'), whole);
      const ask = ['netns', 'exec', phone.netns, process.execPath, '-e', ASK, `${publicUrl}/healthz`];
      await startIn(started, relay, {
        command: nginx,
        args: ['-p', dir, '-c', join(dir, 'nginx.conf'), '-e', 'stderr'],
        ready: async () => (await run('ip', ask, 10_000)).stdout.toString().trim() === '200',
      });
    };

    on = await startCall(started, {
      parley: {
        host: boxEnd,
        netns: van.netns,
        scheme: 'https',
        env: {
          PARLEY_PUBLIC_URL: publicUrl,
          PARLEY_TRUSTED_PROXIES: relayEnd,
          PARLEY_ANNOUNCED_IP: boxEnd,
          PARLEY_TURN_URLS: `turn:${relay.address}:3478?transport=udp,turn:${relay.address}:3478?transport=tcp`,
          PARLEY_TURN_SECRET: SECRET,
          PARLEY_RELAY_ONLY: '1',
        },
      },
      desk: van.netns,
      phone: phone.netns,
      before: ({ data, port }) => startProxy(data, port),
    });
  }, 180_000);
  afterAll(() => started.endAll(), 60_000);

  it('[N68] [N69] a phone that reaches only the public host and a van that is reached by nobody hear each other', {
    timeout: 60_000,
  }, async () => {
    await bothHear(on, Date.now());
    expect(await pathFacts(on.subject.page)).toMatchObject({ type: 'relay' });
    expect((await lineStates(on)).at(-1)).toBe('live');
    expect(relaySaid()).toContain(boxAddress);
    for (const { browser } of [on.primary, on.subject]) {
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
    }
  });

  it("[N65] the answer to the phone names the announced address and no other of the box's", { timeout: 20_000 }, async () => {
    expect((await pathFacts(on.subject.page)).named).toEqual([boxAddress]);
    expect((await pathFacts(on.primary.page)).named).toEqual(expect.arrayContaining([boxAddress, net.nodes.van.address]));
  });

  it('[N68] the phone comes back by itself when the link of the van was away for 5 s', { timeout: 90_000 }, async () => {
    const link = (state: 'up' | 'down') => run('ip', ['-n', net.nodes.van.netns, 'link', 'set', 'link0', state]);
    await link('down');
    await on.subject.page.waitForTimeout(5_000);
    await link('up');
    const upMs = Date.now();
    const heardMs = await waitUntilHears(on.primary.page, SUBJECT_HZ, BACK);
    console.log(`after the link of the van was away for 5 s: heard again after ${Math.round(heardMs - upMs)} ms`);
    // The primary's own sound went by the relay too: who is away for 2 s has lost the floor, and one held press takes it again.
    await hold(on.primary, 'Take the floor');
    await waitUntilHears(on.subject.page, PRIMARY_HZ, BACK);
  });
});

const ASK = `require('https').get(process.argv[1], { rejectUnauthorized: false, timeout: 5000 }, (r) => { console.log(r.statusCode); r.resume(); }).on('error', (e) => { console.log(e.message); process.exit(1); });`;
