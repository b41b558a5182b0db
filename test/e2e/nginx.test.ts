// Parley behind the reverse proxy that docs/deploy-nginx.conf sets up: real nginx, TLS, pages, requests and a team socket through it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { localCertificate } from '../../src/server/tls/authority.ts';
import { describeWith } from '../parts.ts';
import { freePort, type Parley, startParley } from './kit/parley.ts';
import { endChild, waitFor } from './kit/process.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

describeWith(['nginx'], 'behind nginx', ({ nginx }) => {
  let dir: string;
  let parley: Parley;
  let proxy: ChildProcess;
  let said = '';
  let ca: Buffer;
  let origin: string;
  let cookie = '';

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'parley-nginx-'));
    const [port, plainPort] = [await freePort(), await freePort()];
    origin = `https://localhost:${port}`;
    parley = await startParley({ env: { PARLEY_PUBLIC_URL: origin } });
    const { key, cert, authority } = await localCertificate({
      dir: join(dir, 'tls'),
      names: { dns: ['localhost'], ips: ['127.0.0.1'] },
      at: Date.now(),
    });
    ca = Buffer.from(`-----BEGIN CERTIFICATE-----\n${authority.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`);
    await writeFile(join(dir, 'fullchain.pem'), cert);
    await writeFile(join(dir, 'privkey.pem'), key);
    const site = (await readFile('docs/deploy-nginx.conf', 'utf8'))
      .replace('server 127.0.0.1:8080;', `server 127.0.0.1:${parley.port};`)
      .replace('listen 80;', `listen 127.0.0.1:${plainPort};`)
      .replace('listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`)
      .replaceAll('server_name parley.example;', 'server_name localhost;')
      .replaceAll('/etc/ssl/parley/', `${dir}/`);
    await writeFile(join(dir, 'site.conf'), site);
    await mkdir(join(dir, 'temp'));
    const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${dir}/temp/${name};`).join(' ');
    await writeFile(
      join(dir, 'nginx.conf'),
      `daemon off; master_process off; pid ${dir}/pid; error_log stderr warn;\nevents {}\nhttp { ${temps} include ${dir}/site.conf; }\n`,
    );
    proxy = spawn(nginx, ['-p', dir, '-c', join(dir, 'nginx.conf'), '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'pipe'] });
    proxy.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await waitFor(
      'an answer through nginx',
      () =>
        ask('GET', '/healthz').then(
          (a) => a.status === 200,
          () => false,
        ),
      { withinMs: 10_000 },
    ).catch((cause: unknown) => {
      throw new Error(`nginx does not answer: ${said}`, { cause });
    });
  }, 90_000);

  afterAll(async () => {
    if (proxy !== undefined) await endChild(proxy, 'SIGTERM');
    await parley?.stop();
    await rm(dir, { recursive: true, force: true });
  }, 30_000);

  function ask(
    method: string,
    path: string,
    {
      body,
      from = origin,
      headers = {},
    }: { readonly body?: unknown; readonly from?: string; readonly headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = { ...(body === undefined ? {} : { 'content-type': 'application/json' }), origin: from, cookie, ...headers };
      const asking = request(`${origin}${path}`, { method, ca, headers: sent, timeout: 5_000 }, (response) => {
        let text = '';
        response
          .on('data', (chunk: Buffer) => (text += chunk.toString()))
          .on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      });
      asking.on('error', reject).on('timeout', () => asking.destroy(new Error('no answer')));
      asking.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  function socket(path: string, from: string): Promise<WebSocket | number> {
    return new Promise((resolve, reject) => {
      const made = new WebSocket(`${origin.replace('https', 'wss')}${path}`, { ca, headers: { cookie, origin: from } });
      made.once('open', () => resolve(made)).once('error', reject);
      made.once('unexpected-response', (_, response) => {
        made.on('error', () => undefined);
        made.terminate();
        resolve(response.statusCode ?? 0);
      });
    });
  }

  it('[T25] serves the pages under the public name, and says HSTS', async () => {
    const page = await ask('GET', '/console');
    expect([page.status, page.headers['content-type']]).toEqual([200, expect.stringMatching(/^text\/html/)]);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['strict-transport-security']).toBe('max-age=15552000');
  });

  it("[T25] prints an owner's link of the public name, lets the owner in by it, and gives a cookie for HTTPS alone", async () => {
    const link = await parley.ownerLink();
    expect(link.startsWith(`${origin}/console#owner=`)).toBe(true);
    const entered = await ask('POST', '/api/enter', { body: { token: link.split('=')[1], name: 'Olga' } });
    expect(entered.status).toBe(200);
    const given = String(entered.headers['set-cookie']);
    expect(given).toMatch(/; Secure/);
    cookie = given.split(';')[0] ?? '';
    expect(JSON.parse((await ask('GET', '/api/me')).body)).toMatchObject({ name: 'Olga', standing: 'full' });
    expect((await ask('POST', '/api/active', { body: {}, from: 'https://evil.example' })).status).toBe(403);
  });

  it('[T25] takes the asking address from the proxy, and not from what the asker claims', async () => {
    await ask('POST', '/api/sign-out', {
      body: {},
      headers: { 'x-forwarded-for': '203.0.113.77', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
    });
    await parley.restart();
    const link = /\S+\/console#owner=\S+/g;
    const last = await waitFor('the next owner link', () => [...parley.output().matchAll(link)].map((m) => m[0])[1], { withinMs: 5_000 });
    const entered = await ask('POST', '/api/enter', {
      body: { token: last.split('=')[1], name: 'Olga' },
      headers: { 'x-forwarded-for': '203.0.113.77' },
    });
    cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
    const [person] = JSON.parse((await ask('GET', '/api/people')).body) as { sessions: { address: string }[] }[];
    expect(person?.sessions.map((s) => s.address)).toEqual(['127.0.0.1']);
    const invited = JSON.parse(
      (await ask('POST', '/api/invitations', { body: {}, headers: { 'x-forwarded-host': 'evil.example' } })).body,
    ) as { url: string };
    expect(invited.url.startsWith(`${origin}/console#invite=`)).toBe(true);
  });

  it('[T25] carries a team socket both ways, keeps it, and refuses one of another origin', async () => {
    const { id } = JSON.parse((await ask('POST', '/api/incidents', { body: { title: 'Bridge', exercise: true } })).body) as { id: string };
    expect(await socket(`/api/team?incident=${id}`, 'https://evil.example')).toBe(403);
    const open = await socket(`/api/team?incident=${id}`, origin);
    if (typeof open === 'number') throw new Error(`no socket: ${open}`);
    const heard: { t: string }[] = [];
    open.on('message', (data) => heard.push(JSON.parse(String(data)) as { t: string }));
    const keep = setInterval(() => open.send('{"t":"beat"}'), 1_000);
    open.send(JSON.stringify({ t: 'hello', v: 1, after: 0, roles: [] }));
    await waitFor('a welcome through nginx', () => heard.some((m) => m.t === 'welcome'), { withinMs: 5_000 });
    open.send(JSON.stringify({ t: 'command', id: 'command-number-one', command: { type: 'write-note', text: 'through the proxy' } }));
    await waitFor('the answer to a command', () => heard.some((m) => m.t === 'ack'), { withinMs: 5_000 });
    await waitFor('beats over some seconds', () => heard.filter((m) => m.t === 'beat').length >= 3, { withinMs: 8_000 });
    clearInterval(keep);
    expect(open.readyState).toBe(WebSocket.OPEN);
    open.terminate();
  });

  it('[T25] sends who comes in the clear to HTTPS', async () => {
    const plain = /listen 127\.0\.0\.1:(\d+);/.exec(await readFile(join(dir, 'site.conf'), 'utf8'))?.[1];
    const answer = await fetch(`http://localhost:${plain}/console?x=1`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([308, 'https://localhost/console?x=1']);
  });
});
