// Parley's own certificate authority for one box: made at first start, limited to the names of this box and of private networks.
// Keys stay in its folder, readable by their owner only.
import { createHash, createPrivateKey, KeyObject, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { BlockList, isIP } from 'node:net';
import { join } from 'node:path';
import { CertificateFault } from './fault.ts';
import type { Names } from './names.ts';

const DAY_MS = 24 * 3600_000;
/** Ten years, and 397 days as browsers allow, each begun a day early for clocks that are behind. */
const AUTHORITY_DAYS = 3650;
const LEAF_DAYS = 396;
const RENEW_DAYS = 30;
const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const NAME_CONSTRAINTS = '2.5.29.30';

/** Networks and domains that no public name lies in: a stolen authority is worth nothing outside. */
const PRIVATE_NETWORKS = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '127.0.0.0/8',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
];
const PRIVATE_DOMAINS = ['localhost', 'local', 'lan', 'internal', 'home.arpa'];

/** A key and a chain, leaf first, as PEM text. */
export interface KeyAndChain {
  readonly key: string;
  readonly cert: string;
}

/** The local authority's certificate for this box. */
export interface LocalCertificate extends KeyAndChain {
  /** The authority, DER: what a phone is to trust. */
  readonly authority: Buffer;
  /** Names that the authority may not vouch for: they came after it was made. */
  readonly leftOut: readonly string[];
  readonly made: 'nothing' | 'leaf' | 'authority';
}

interface Permits {
  readonly domains: readonly string[];
  readonly networks: readonly string[];
}

interface Signer {
  readonly key: string;
  readonly cert: string;
  readonly permits: Permits;
}

/** The certificate for these names: the kept one while it fits and lasts 30 days, else a new one. `at`: ms. `dir`: made when missing. */
export async function localCertificate({
  dir,
  names,
  at,
}: {
  readonly dir: string;
  readonly names: Names;
  readonly at: number;
}): Promise<LocalCertificate> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const kept = await keptAuthority(dir, at);
  const signer = kept ?? (await makeAuthority(dir, names, at));
  const allowed = within(signer.permits, names);
  const leftOut = [...names.dns, ...names.ips].filter((one) => !allowed.dns.includes(one) && !allowed.ips.includes(one));
  const leaf = await keptLeaf(dir, { signer, names: allowed, at });
  const { key, cert } = leaf ?? (await makeLeaf(dir, { signer, names: allowed, at }));
  const authority = new X509Certificate(signer.cert).raw;
  return {
    key,
    cert: cert + signer.cert,
    authority,
    leftOut,
    made: kept === undefined ? 'authority' : leaf === undefined ? 'leaf' : 'nothing',
  };
}

/** SHA-256 of a certificate as people compare it: pairs of hex digits with colons. */
export function fingerprintOf(der: Buffer): string {
  return (createHash('sha256').update(der).digest('hex').toUpperCase().match(/../g) ?? []).join(':');
}

/** Undefined when there is no such file. One that is there and cannot be read must not be made anew: devices trust it. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CertificateFault('unreadable', `${path} cannot be read. Check that the user who runs Parley owns the data folder.`, {
      cause,
    });
  }
}

/** Whole or not at all, and for the owner's eyes. */
async function keep(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

function parse(cert: string | undefined, key: string | undefined): X509Certificate | undefined {
  try {
    const parsed = new X509Certificate(cert ?? '');
    return parsed.checkPrivateKey(createPrivateKey(key ?? '')) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function lasts(cert: X509Certificate, at: number): boolean {
  return Date.parse(cert.validFrom) <= at && Date.parse(cert.validTo) - at > RENEW_DAYS * DAY_MS;
}

async function keptAuthority(dir: string, at: number): Promise<Signer | undefined> {
  const [key, cert, permits] = await Promise.all(['ca.key', 'ca.crt', 'ca.json'].map((name) => textOf(join(dir, name))));
  const parsed = parse(cert, key);
  if (parsed === undefined || !lasts(parsed, at) || permits === undefined) return undefined;
  return { key: key ?? '', cert: cert ?? '', permits: JSON.parse(permits) as Permits };
}

async function keptLeaf(
  dir: string,
  { signer, names, at }: { readonly signer: Signer; readonly names: Names; readonly at: number },
): Promise<KeyAndChain | undefined> {
  const [key, cert] = await Promise.all(['leaf.key', 'leaf.crt'].map((name) => textOf(join(dir, name))));
  const parsed = parse(cert, key);
  if (parsed === undefined || !lasts(parsed, at) || !parsed.verify(new X509Certificate(signer.cert).publicKey)) return undefined;
  return sanOf(parsed) === [...names.dns, ...names.ips].sort().join() ? { key: key ?? '', cert: cert ?? '' } : undefined;
}

/** Names of a certificate in one form, to compare. */
function sanOf({ subjectAltName }: X509Certificate): string {
  const all = (subjectAltName ?? '').split(', ').map((one) => one.replace(/^(DNS|IP Address):/, ''));
  return all
    .map((one) => (isIP(one) === 6 ? new URL(`http://[${one}]`).hostname.slice(1, -1) : one))
    .sort()
    .join();
}

/** The library and keys for it. Loaded only when something is to be made: reading needs nothing but Node. */
async function library() {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

async function newKeys() {
  const keys = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  return { keys, pem: String(KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' })) };
}

function importKey(pem: string) {
  return webcrypto.subtle.importKey('pkcs8', createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' }), P256, false, ['sign']);
}

function period(at: number, days: number) {
  return { notBefore: new Date(at - DAY_MS), notAfter: new Date(at + (days - 1) * DAY_MS) };
}

/** Positive and without a leading zero byte. */
function serial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

async function makeAuthority(dir: string, names: Names, at: number): Promise<Signer> {
  const x509 = await library();
  const { keys, pem } = await newKeys();
  const permits: Permits = {
    domains: [...new Set([...PRIVATE_DOMAINS, ...names.dns])],
    networks: [...PRIVATE_NETWORKS, ...names.ips.map((ip) => `${ip}/${ip.includes(':') ? 128 : 32}`)],
  };
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    // Two boxes in one list of trusted authorities must be told apart.
    name: `CN=Parley local authority ${randomBytes(3).toString('hex')}, O=Parley`,
    ...period(at, AUTHORITY_DAYS),
    signingAlgorithm: P256,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      new x509.Extension(NAME_CONSTRAINTS, true, Uint8Array.from(constraints(permits))),
    ],
  });
  const cert = `${made.toString('pem')}\n`;
  await keep(join(dir, 'ca.json'), JSON.stringify(permits));
  await keep(join(dir, 'ca.key'), pem);
  await keep(join(dir, 'ca.crt'), cert);
  return { key: pem, cert, permits };
}

async function makeLeaf(
  dir: string,
  { signer, names, at }: { readonly signer: Signer; readonly names: Names; readonly at: number },
): Promise<KeyAndChain> {
  const x509 = await library();
  const { keys, pem } = await newKeys();
  const issuer = new x509.X509Certificate(signer.cert);
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: 'CN=Parley, O=Parley',
    issuer: issuer.subject,
    ...period(at, LEAF_DAYS),
    signingAlgorithm: P256,
    publicKey: keys.publicKey,
    signingKey: await importKey(signer.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...names.dns.map((value) => ({ type: 'dns' as const, value })),
        ...names.ips.map((value) => ({ type: 'ip' as const, value })),
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const cert = `${made.toString('pem')}\n`;
  await keep(join(dir, 'leaf.key'), pem);
  await keep(join(dir, 'leaf.crt'), cert);
  return { key: pem, cert };
}

/** The names that the authority may vouch for. */
function within({ domains, networks }: Permits, names: Names): Names {
  const allowed = new BlockList();
  for (const [address = '', bits = ''] of networks.map((one) => one.split('/')))
    allowed.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return {
    dns: names.dns.filter((name) => domains.some((domain) => name === domain || name.endsWith(`.${domain}`))),
    ips: names.ips.filter((ip) => allowed.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4')),
  };
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

/** NameConstraints of RFC 5280, 4.2.1.10: permitted subtrees only; dNSName is [2], iPAddress is [7] with address and mask. */
function constraints({ domains, networks }: Permits): Buffer {
  const names = [...domains.map((name) => der(0x82, Buffer.from(name, 'ascii'))), ...networks.map((one) => der(0x87, addressAndMask(one)))];
  return der(0x30, der(0xa0, Buffer.concat(names.map((name) => der(0x30, name)))));
}

function addressAndMask(network: string): Buffer {
  const [address = '', bits = '0'] = network.split('/');
  const bytes = isIP(address) === 6 ? v6Bytes(address) : Buffer.from(address.split('.').map(Number));
  const mask = Buffer.from(bytes.map((_, i) => (0xff00 >> Math.min(8, Math.max(0, Number(bits) - 8 * i))) & 0xff));
  return Buffer.concat([bytes, mask]);
}

function v6Bytes(address: string): Buffer {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string) =>
    text
      .split(':')
      .filter((g) => g !== '')
      .map((g) => Number.parseInt(g, 16));
  const [left, right] = [groups(head), groups(tail)];
  const all = [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
  return Buffer.from(all.flatMap((g) => [g >> 8, g & 0xff]));
}
