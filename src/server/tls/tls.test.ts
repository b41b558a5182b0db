// TLS as a client sees it: the chain of the local authority, its names and limits, the agency's own certificate, the door without TLS.
import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { get, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type PeerCertificate, type Server } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NoCallers, NoSound, SetClock } from '../../../test/doors-kit.ts';
import { freePort } from '../../../test/e2e/kit/parley.ts';
import { openMemoryFiles } from '../../adapters/files/memory/files.ts';
import { MemoryPictures } from '../../adapters/pictures/memory/pictures.ts';
import { openMemoryStore } from '../../adapters/store/memory/store.ts';
import { openMemorySearch } from '../../adapters/store/search/memory/search.ts';
import { type Config, ConfigFault, readConfig } from '../config.ts';
import { type Server as Parley, startServer } from '../server.ts';
import { fingerprintOf, type LocalCertificate, localCertificate } from './authority.ts';
import { Certificates } from './certificate.ts';
import { namesOf } from './names.ts';

const DAY_MS = 24 * 3600_000;
const NAMES = { dns: ['box.local', 'localhost'], ips: ['127.0.0.1', '192.168.7.20', '::1'] };

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'parley-tls-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

function pemOf(der: Buffer): string {
  return new X509Certificate(der).toString();
}

/** What a client that trusts `ca` and asks for `name` gets: the peer's certificate, or the reason of its refusal. */
async function visit(
  { key, cert }: { key: string; cert: string },
  { ca, name }: { readonly ca: string; readonly name: string },
): Promise<PeerCertificate | string> {
  const server: Server = createServer({ key, cert }, (socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  try {
    return await new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', ca, servername: name }, () => {
        resolve(socket.getPeerCertificate());
        socket.destroy();
      });
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(`${error.code}: ${error.message}`));
    });
  } finally {
    server.close();
  }
}

describe('the local authority', () => {
  const at = Date.now();
  let made: LocalCertificate;
  beforeAll(async () => {
    made = await localCertificate({ dir: join(dir, 'first'), names: NAMES, at });
  }, 60_000);

  it('[T22] makes a chain that a TLS client verifies which trusts the authority, and no other client', async () => {
    const ca = pemOf(made.authority);
    expect(await visit(made, { ca, name: 'box.local' })).toMatchObject({ subject: { CN: 'Parley' } });
    const stranger = await localCertificate({ dir: join(dir, 'stranger'), names: NAMES, at });
    expect(await visit(made, { ca: pemOf(stranger.authority), name: 'box.local' })).toMatch(/SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY/);
    expect(await visit(made, { ca, name: 'other.local' })).toMatch(/^ERR_TLS_CERT_ALTNAME_INVALID/);
  });

  it('[T22] lists every name and address, lasts 397 days at most, and is for servers alone', () => {
    const leaf = new X509Certificate(made.cert);
    for (const name of NAMES.dns) expect(leaf.checkHost(name), name).toBe(name);
    for (const ip of NAMES.ips) expect(leaf.checkIP(ip), ip).toBe(ip);
    expect(leaf.checkIP('192.168.7.21')).toBeUndefined();
    expect((Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / DAY_MS).toBeLessThanOrEqual(397);
    expect(Date.parse(leaf.validFrom)).toBeLessThan(at);
    expect([leaf.ca, leaf.keyUsage]).toEqual([false, ['1.3.6.1.5.5.7.3.1']]);
    expect(leaf.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
    const authority = new X509Certificate(made.authority);
    expect(authority.ca).toBe(true);
    expect((Date.parse(authority.validTo) - Date.parse(authority.validFrom)) / DAY_MS).toBe(3650);
  });

  it('[T22] cannot vouch for a public name, even when its own key signs for one', async () => {
    const folder = join(dir, 'limited');
    await localCertificate({ dir: folder, names: NAMES, at });
    // Its own list says yes, so a certificate is made; what is burnt into the authority says no to every client.
    await writeFile(
      join(folder, 'ca.json'),
      JSON.stringify({ domains: ['example.com', 'local', 'localhost'], networks: ['0.0.0.0/0', '::/0'] }),
    );
    const forged = await localCertificate({ dir: folder, names: { dns: ['box.local', 'www.example.com'], ips: [] }, at });
    expect(new X509Certificate(forged.cert).checkHost('www.example.com')).toBe('www.example.com');
    expect(await visit(forged, { ca: pemOf(forged.authority), name: 'www.example.com' })).toMatch(/permitted subtree violation/);
    const forgedIp = await localCertificate({ dir: folder, names: { dns: ['box.local'], ips: ['8.8.8.8'] }, at });
    expect(await visit(forgedIp, { ca: pemOf(forgedIp.authority), name: 'box.local' })).toMatch(/permitted subtree violation/);
  });

  it('[T22] keeps its keys for its owner alone', async () => {
    const folder = join(dir, 'first');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777, name).toBe(0o600);
  });

  it('[T22] stays as it is at the next start, and makes a new certificate under the same authority when an address or the time asks for it', async () => {
    const folder = join(dir, 'first');
    const again = await localCertificate({ dir: folder, names: NAMES, at: at + DAY_MS });
    expect([again.made, again.cert]).toEqual(['nothing', made.cert]);
    const moved = await localCertificate({ dir: folder, names: { ...NAMES, ips: ['10.1.2.3', '127.0.0.1', '::1'] }, at: at + DAY_MS });
    expect(moved.made).toBe('leaf');
    expect(new X509Certificate(moved.cert).checkIP('10.1.2.3')).toBe('10.1.2.3');
    expect(moved.authority.equals(made.authority)).toBe(true);
    const late = await localCertificate({ dir: folder, names: { ...NAMES, ips: ['10.1.2.3', '127.0.0.1', '::1'] }, at: at + 367 * DAY_MS });
    expect([late.made, late.authority.equals(made.authority)]).toEqual(['leaf', true]);
    expect(Date.parse(new X509Certificate(late.cert).validTo)).toBeGreaterThan(at + 700 * DAY_MS);
  });

  it('[T22] leaves out a public name that came after it was made, and says which', async () => {
    const folder = join(dir, 'first');
    const now = await localCertificate({
      dir: folder,
      names: { dns: ['box.local', 'www.example.com'], ips: ['127.0.0.1', '203.0.113.9'] },
      at,
    });
    expect(now.leftOut).toEqual(['www.example.com', '203.0.113.9']);
    expect(new X509Certificate(now.cert).checkHost('www.example.com')).toBeUndefined();
  });

  it('[T22] is not made anew when its key is there and cannot be used as a file: devices trust it', async () => {
    const folder = join(dir, 'unreadable');
    await localCertificate({ dir: folder, names: NAMES, at });
    await rm(join(folder, 'ca.key'));
    // A folder in its place cannot be read as a file, for root neither.
    await mkdir(join(folder, 'ca.key'));
    await expect(localCertificate({ dir: folder, names: NAMES, at })).rejects.toMatchObject({
      name: 'CertificateFault',
      code: 'unreadable',
    });
  });

  it('[T22] names this machine: its network addresses, its host name, and what the settings say', () => {
    const { dns, ips } = namesOf({ host: '0.0.0.0', publicUrl: 'https://talk.example:8443' });
    expect(dns).toEqual(expect.arrayContaining(['localhost', 'talk.example']));
    expect(ips).toEqual(expect.arrayContaining(['127.0.0.1', '::1']));
    expect(ips).not.toContain('0.0.0.0');
    expect(namesOf({ host: '10.3.2.1', publicUrl: null }).ips).toContain('10.3.2.1');
  });
});

describe("the agency's own certificate", () => {
  const at = Date.now();
  let files: { certPath: string; keyPath: string };
  let other: LocalCertificate;
  const warnings: string[] = [];

  beforeEach(async () => {
    warnings.length = 0;
    const made = await localCertificate({ dir: join(dir, 'own-a'), names: NAMES, at });
    other = await localCertificate({ dir: join(dir, 'own-b'), names: NAMES, at });
    files = { certPath: join(dir, 'own.crt'), keyPath: join(dir, 'own.key') };
    await put(made);
  }, 60_000);

  async function put({ cert, key }: { cert: string; key: string }): Promise<void> {
    await writeFile(files.certPath, cert);
    await writeFile(files.keyPath, key);
    await utimes(files.certPath, new Date(), new Date());
  }
  const open = (when = at) =>
    Certificates.open({ tls: files, dataDir: dir, host: '0.0.0.0', publicUrl: null }, when, (message) => warnings.push(message));

  it('[T23] is served, its days are counted, and a new pair is taken up while it runs', async () => {
    const certificates = await open();
    expect(certificates.daysLeft(at)).toBe(394);
    expect(certificates.current.authority).toBeNull();
    expect(await certificates.refresh(at)).toBe(false);
    await put(other);
    expect(await certificates.refresh(at)).toBe(true);
    expect(certificates.current.key).toBe(other.key);
  });

  it('[T23] that is missing, no PEM, of another key, or out of time is named with the next step', async () => {
    const faults: Record<string, string> = {};
    const failing = async (code: string, when = at) => {
      const fault = await open(when).then(
        () => null,
        (cause: unknown) => cause as Error & { code: string },
      );
      faults[code] = fault?.message ?? '';
      expect(fault, code).toMatchObject({ name: 'CertificateFault', code });
    };
    await failing('expired', at + 500 * DAY_MS);
    await failing('not-valid-yet', at - 500 * DAY_MS);
    await writeFile(files.keyPath, other.key);
    await failing('mismatched');
    await writeFile(files.certPath, 'not a certificate');
    await failing('unreadable');
    await rm(files.certPath);
    await failing('unreadable');
    expect(faults['expired']).toMatch(/own\.crt.*expired on .*Put a new one there/);
    expect(faults['mismatched']).toMatch(/own\.key is not the key.*Put the pair/);
    expect(() => readConfig({ PARLEY_TLS_CERT: 'x' })).toThrow(ConfigFault);
  });

  it('[T23] that goes bad while it runs is told once and the good one stays in use', async () => {
    const certificates = await open();
    const before = certificates.current;
    await writeFile(files.certPath, other.cert);
    for (let i = 0; i < 3; i += 1) expect(await certificates.refresh(at)).toBe(false);
    expect(certificates.current).toBe(before);
    expect(warnings).toEqual([expect.stringMatching(/was not changed: .*own\.key is not the key/)]);
  });
});

describe('a server that other devices reach', () => {
  let parley: Parley;
  let config: Config;
  let ca: string;

  const start = (env: Record<string, string>) => {
    config = readConfig({ PARLEY_PORT: '0', PARLEY_DATA: join(dir, 'served'), ...env });
    const { store, vault } = openMemoryStore();
    return startServer({
      config,
      store,
      vault,
      search: openMemorySearch(),
      media: new NoSound(),
      callers: new NoCallers(),
      files: openMemoryFiles(),
      pictures: new MemoryPictures(),
      clock: Object.assign(new SetClock(), { ms: Date.now() }),
      webDir: dir,
    });
  };
  afterEach(() => parley?.detach());

  const fetchFrom = (url: string, options: RequestOptions = {}) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const hear = (response: import('node:http').IncomingMessage) => {
        const parts: Buffer[] = [];
        response
          .on('data', (part: Buffer) => parts.push(part))
          .on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString('latin1') }),
          );
      };
      if (url.startsWith('https:')) get(url, { ca, ...options }, hear).on('error', reject);
      else
        void import('node:http').then((http) =>
          http
            .request(url, { ...options }, hear)
            .on('error', reject)
            .end(),
        );
    });

  it('[T22, T24] speaks TLS alone, with a certificate for its address that a client verifies, tells HSTS and the days that are left', async () => {
    parley = await start({ PARLEY_HOST: '0.0.0.0' });
    ca = await readFile(join(dir, 'served', 'tls', 'ca.crt'), 'utf8');
    expect(parley.url).toMatch(/^https:\/\//);
    expect(parley.trust?.fingerprint).toBe(fingerprintOf(new X509Certificate(ca).raw));
    const port = new URL(parley.url).port;
    const local = await fetchFrom(`https://127.0.0.1:${port}/healthz`);
    expect(JSON.parse(local.body)).toMatchObject({ ok: true, certificateDaysLeft: 394 });
    expect(local.headers['strict-transport-security']).toBeUndefined();
    const named = await fetchFrom(`https://127.0.0.1:${port}/healthz`, { servername: 'localhost', headers: { host: `box.local:${port}` } });
    expect(named.headers['strict-transport-security']).toBe('max-age=15552000');
    await expect(fetchFrom(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
    const address = new URL(parley.url).hostname;
    expect((await fetchFrom(`${parley.url}/healthz`)).status, address).toBe(200);
  }, 60_000);

  it('[T24] gives a phone the authority and the steps without TLS, and sends everything else to HTTPS and nowhere else', async () => {
    const plainPort = await freePort();
    parley = await start({ PARLEY_HOST: '0.0.0.0', PARLEY_HTTP_PORT: String(plainPort) });
    ca = await readFile(join(dir, 'served', 'tls', 'ca.crt'), 'utf8');
    const plain = `http://127.0.0.1:${plainPort}`;
    const { port } = new URL(parley.url);
    const page = await fetchFrom(`${plain}/trust`);
    expect(page.status).toBe(200);
    expect(page.body).not.toMatch(/<script|style=| on[a-z]+=/i);
    expect(page.body).toContain(parley.trust?.fingerprint);
    for (const word of ['iPhone', 'Android', 'Windows', 'macOS']) expect(page.body).toContain(word);
    const file = await fetchFrom(`${plain}/trust/parley-ca.crt`);
    expect(file.headers['content-type']).toBe('application/x-x509-ca-cert');
    expect(new X509Certificate(Buffer.from(file.body, 'latin1')).fingerprint256).toBe(new X509Certificate(ca).fingerprint256);
    expect((await fetchFrom(`${plain}/trust/qr.svg`)).headers['content-type']).toBe('image/svg+xml');
    expect((await fetchFrom(`${parley.url.replace(/\/\/[^:]+/, '//127.0.0.1')}/trust`)).status).toBe(200);
    const sent = async (path: string, host: string) => {
      const { status, headers } = await fetchFrom(`${plain}${path}`, { headers: { host } });
      return `${status} ${String(headers['location'])}`;
    };
    expect(await sent('/console?x=1', `127.0.0.1:${plainPort}`)).toBe(`308 https://127.0.0.1:${port}/console?x=1`);
    expect(await sent('/console', 'evil.example')).toBe(`308 ${parley.url}/console`);
    expect(await sent('//evil.example/x', `127.0.0.1:${plainPort}`)).toBe(`308 https://127.0.0.1:${port}/`);
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await fetchFrom(`${plain}/api/sign-in`, { method })).status, method).toBe(403);
  }, 60_000);

  it('[T24] stays plain on the loopback, with no certificate, no HSTS and nothing to trust', async () => {
    parley = await start({ PARLEY_HOST: '127.0.0.1' });
    expect([parley.url.slice(0, 17), parley.trust]).toEqual(['http://127.0.0.1:', null]);
    const health = await fetchFrom(`${parley.url}/healthz`);
    expect(JSON.parse(health.body)).toMatchObject({ ok: true, certificateDaysLeft: null });
    expect(health.headers['strict-transport-security']).toBeUndefined();
    expect((await fetchFrom(`${parley.url}/trust/parley-ca.crt`)).status).toBe(404);
  });

  it('[T25] believes only the proxies it was told of', () => {
    expect(readConfig({}).trustedProxies).toEqual([]);
    expect(readConfig({ PARLEY_PUBLIC_URL: 'https://talk.example' }).trustedProxies).toEqual(['loopback']);
    expect(readConfig({ PARLEY_TRUSTED_PROXIES: '10.0.0.5, 192.168.7.0/24,fd00::/8' }).trustedProxies).toEqual([
      '10.0.0.5',
      '192.168.7.0/24',
      'fd00::/8',
    ]);
    for (const bad of ['proxy', '10.0.0.5/33', '10.0.0', 'fd00::/129', '10.0.0.0/8/8', '1.2.3.4/x'])
      expect(() => readConfig({ PARLEY_TRUSTED_PROXIES: bad }), bad).toThrow(/PARLEY_TRUSTED_PROXIES/);
  });
});
