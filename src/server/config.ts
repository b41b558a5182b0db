// What the administrator sets, read once from the environment. Every value has a default that works on one laptop.

import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { DEFAULT_GATES, type Gates, gates } from '../core/incident/gates.ts';
import { isJurisdiction, JURISDICTIONS, NOTICE_LANGUAGES } from '../core/incident/notice-texts.ts';
import { reserveFor } from './disk.ts';

/** Everything the administrator may set. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Address under which the outside reaches this box, without a slash at the end; null when only the local one is known. */
  readonly publicUrl: string | null;
  /** Addresses that media candidates announce; empty: those of this machine. */
  readonly announceIps: readonly string[];
  /** UDP ports for sound, from and to. */
  readonly mediaPorts: readonly [number, number];
  readonly turn: {
    readonly urls: readonly string[];
    readonly username?: string;
    readonly credential?: string;
    readonly secret?: string;
  } | null;
  readonly relayOnly: boolean;
  /** Paths of the agency's own certificate and key (PEM); null: Parley's local authority makes one where it is needed. */
  readonly tls: { readonly certPath: string; readonly keyPath: string } | null;
  /** Port that helps phones trust the local authority and sends everybody else to HTTPS; 0: none. */
  readonly httpPort: number;
  /** Addresses and networks whose word on the asking address and scheme is taken. */
  readonly trustedProxies: readonly string[];
  /** Print a link for the owner though there is one already: the way back in for whoever controls this machine. */
  readonly ownerLink: boolean;
  /** Load the example incidents into the data folder, once. */
  readonly examples: boolean;
  /** Room that is kept for sound and log on the data volume, in bytes; 0: none. */
  readonly reserveBytes: number;
  /** What incidents opened from now on follow: the agency's demands, its law, its own words for the notice by language. */
  readonly law: { readonly gates: Gates; readonly jurisdiction: string; readonly notices: Readonly<Record<string, string>> };
}

/** Voices that two hours are reserved for unless the administrator says otherwise. */
const RESERVED_LEGS = 10;
const MEGABYTE = 1_000_000;

type Env = Readonly<Record<string, string | undefined>>;

/** A setting that cannot be used. The message names the setting and the next step. */
export class ConfigFault extends Error {
  override name = 'ConfigFault';
}

function number(env: Env, name: string, fallback: number, [low, high]: readonly [number, number]): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < low || value > high)
    throw new ConfigFault(`${name} is "${text}"; it must be a whole number from ${low} to ${high}.`);
  return value;
}

function list(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((s) => s.trim())
    .filter((s) => s !== '');
}

function ports(env: Env): readonly [number, number] {
  const [low = '', high = ''] = (env['PARLEY_MEDIA_PORTS'] ?? '40000-40499').split('-');
  const range = [Number(low), Number(high)] as const;
  if (!range.every((p) => Number.isInteger(p) && p > 1023 && p < 65536) || range[0] >= range[1])
    throw new ConfigFault('PARLEY_MEDIA_PORTS must look like 40000-40499.');
  return range;
}

function publicUrl(env: Env): string | null {
  const text = env['PARLEY_PUBLIC_URL'];
  if (text === undefined || text === '') return null;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new ConfigFault(`PARLEY_PUBLIC_URL is "${text}"; it must look like https://name.example.`);
  return new URL(text).origin;
}

function turn(env: Env): Config['turn'] {
  const urls = list(env['PARLEY_TURN_URLS']);
  if (urls.length === 0) return null;
  const [username, credential, secret] = [env['PARLEY_TURN_USER'], env['PARLEY_TURN_PASSWORD'], env['PARLEY_TURN_SECRET']];
  return {
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
    ...(secret === undefined ? {} : { secret }),
  };
}

function tls(env: Env): Config['tls'] {
  const [cert, key] = [env['PARLEY_TLS_CERT'] || undefined, env['PARLEY_TLS_KEY'] || undefined];
  if (cert === undefined && key === undefined) return null;
  if (cert === undefined || key === undefined)
    throw new ConfigFault('PARLEY_TLS_CERT and PARLEY_TLS_KEY go together: set both to the paths of PEM files, or neither.');
  return { certPath: resolve(cert), keyPath: resolve(key) };
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}

/** Behind a public name the proxy is on this machine unless said otherwise; without one there is none. */
function trustedProxies(env: Env): readonly string[] {
  const named = list(env['PARLEY_TRUSTED_PROXIES']);
  const bad = named.find((one) => one !== 'loopback' && !isNetwork(one));
  if (bad !== undefined)
    throw new ConfigFault(
      `PARLEY_TRUSTED_PROXIES names "${bad}"; it must be a list of addresses or networks like 10.0.0.5,192.168.7.0/24.`,
    );
  return named.length === 0 && publicUrl(env) !== null ? ['loopback'] : named;
}

const GATE_NAMES = { recording: 'recording', 'room-monitor': 'roomMonitor', 'open-microphone': 'openMicrophone' } as const;

/** PARLEY_GATES: only what differs from the defaults, like `recording=needs-authority`. */
function gatesOf(env: Env): Gates {
  const asked = list(env['PARLEY_GATES']).map((one) => one.split('='));
  const named = asked.map(([name = '', demand]) => [GATE_NAMES[name as keyof typeof GATE_NAMES] ?? name, demand]);
  const parsed = gates.safeParse({ ...DEFAULT_GATES, ...Object.fromEntries(named) });
  if (!parsed.success)
    throw new ConfigFault(
      `PARLEY_GATES is "${env['PARLEY_GATES'] ?? ''}"; it must be a list like recording=needs-authority,room-monitor=free. Gates: ${Object.keys(GATE_NAMES).join(', ')}; each is free or needs-authority.`,
    );
  return parsed.data;
}

function law(env: Env): Config['law'] {
  const jurisdiction = env['PARLEY_JURISDICTION'] || 'general';
  if (!isJurisdiction(jurisdiction))
    throw new ConfigFault(`PARLEY_JURISDICTION is "${jurisdiction}"; it must be one of ${Object.keys(JURISDICTIONS).join(', ')}.`);
  const own = NOTICE_LANGUAGES.map((language) => [language, (env[`PARLEY_NOTICE_${language.toUpperCase()}`] ?? '').trim()] as const);
  const long = own.find(([, text]) => text.length > 1_000);
  if (long !== undefined) throw new ConfigFault(`PARLEY_NOTICE_${long[0].toUpperCase()} is longer than 1000 characters; make it shorter.`);
  return { gates: gatesOf(env), jurisdiction, notices: Object.fromEntries(own.filter(([, text]) => text !== '')) };
}

/** Reads the settings. @throws ConfigFault */
export function readConfig(env: Env): Config {
  return {
    port: number(env, 'PARLEY_PORT', 8080, [0, 65535]),
    host: env['PARLEY_HOST'] || '127.0.0.1',
    dataDir: resolve(env['PARLEY_DATA'] || 'data'),
    publicUrl: publicUrl(env),
    announceIps: list(env['PARLEY_ANNOUNCED_IP']),
    mediaPorts: ports(env),
    turn: turn(env),
    relayOnly: env['PARLEY_RELAY_ONLY'] === '1',
    tls: tls(env),
    httpPort: number(env, 'PARLEY_HTTP_PORT', 0, [0, 65535]),
    trustedProxies: trustedProxies(env),
    ownerLink: env['PARLEY_OWNER_LINK'] === '1',
    examples: env['PARLEY_EXAMPLES'] === '1',
    reserveBytes: number(env, 'PARLEY_RESERVE_MB', Math.ceil(reserveFor(RESERVED_LEGS) / MEGABYTE), [0, 1_000_000]) * MEGABYTE,
    law: law(env),
  };
}

/** True for an address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Addresses of this machine that others may reach, IPv4 first. */
export function lanAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter((a) => !a.internal && a.family === 'IPv4')
    .map((a) => a.address);
}
