// Under which names and addresses browsers may reach this box. No certificates here.
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { type Config, isLoopback } from '../config.ts';

/** Names as a certificate lists them: lower case, sorted, each once. */
export interface Names {
  readonly dns: readonly string[];
  readonly ips: readonly string[];
}

const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const WILDCARDS = ['0.0.0.0', '::'];

function unique(all: readonly string[]): readonly string[] {
  return [...new Set(all)].sort();
}

/** Addresses of this machine on its networks. IPv6 only when asked: its temporary addresses come and go. Link-local ones are left out. */
function networkAddresses(withV6: boolean): readonly string[] {
  const all = Object.values(networkInterfaces())
    .flatMap((one) => one ?? [])
    .filter((a) => !a.internal);
  return all.filter((a) => a.family === 'IPv4' || (withV6 && !a.address.startsWith('fe80:'))).map((a) => a.address);
}

/** All names of this box as its settings and its network say now. */
export function namesOf(config: Pick<Config, 'host' | 'publicUrl'>): Names {
  const own = hostname().toLowerCase();
  const asked = [config.host, ...(config.publicUrl === null ? [] : [new URL(config.publicUrl).hostname.replace(/^\[|\]$/g, '')])].map((h) =>
    h.toLowerCase(),
  );
  const bound = networkAddresses(config.host.includes(':'));
  const dns = ['localhost', own, own.includes('.') ? own : `${own}.local`, ...asked.filter((h) => isIP(h) === 0)].filter((h) =>
    HOST.test(h),
  );
  const ips = ['127.0.0.1', '::1', ...asked.filter((h) => isIP(h) !== 0 && !WILDCARDS.includes(h)), ...bound];
  return { dns: unique(dns), ips: unique(ips) };
}

/** One name or address that other devices on the network can use; the loopback when there is no network. */
export function reachableHost(config: Pick<Config, 'host'>): string {
  const host = WILDCARDS.includes(config.host) ? (networkAddresses(false)[0] ?? '127.0.0.1') : config.host;
  return host.includes(':') ? `[${host}]` : host;
}

/** Origins of pages that this box serves on a port with a scheme. */
export function originsOf(
  { dns, ips }: Names,
  { scheme, port }: { readonly scheme: 'http' | 'https'; readonly port: number },
): readonly string[] {
  return [...dns, ...ips.map((ip) => (ip.includes(':') ? `[${ip}]` : ip))].map((host) => new URL(`${scheme}://${host}:${port}`).origin);
}

/** True when pages are served over TLS: everywhere but on the loopback, and there too with the agency's own certificate. */
export function usesTls(config: Pick<Config, 'host' | 'tls'>): boolean {
  return config.tls !== null || !isLoopback(config.host);
}
