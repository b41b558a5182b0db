// Builds the answer that the browser gets from what the engine answered: refused sections put back, every address of this machine named.
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { LegPort } from './ice-tcp.ts';
import { bundleLine, type OfferPlan, type OfferSection, splitSections } from './offer.ts';
import { feedbackLines } from './picture-offer.ts';

/** Addresses of this machine where a far end may reach it. */
export interface HostAddresses {
  readonly v4: readonly string[];
  readonly v6: readonly string[];
}

type Interfaces = ReturnType<typeof networkInterfaces>;

/**
 * The addresses to put in an answer: announced ones first, then those of the interfaces that are up, then loopback, so that a
 * console on the same machine keeps its sound when every network is gone. With `onlyAnnounced` the announced ones alone, if any: who
 * comes in by a public name need not learn the addresses inside.
 */
export function hostAddresses(
  announced: readonly string[],
  { interfaces = networkInterfaces(), onlyAnnounced = false }: { readonly interfaces?: Interfaces; readonly onlyAnnounced?: boolean } = {},
): HostAddresses {
  if (onlyAnnounced && announced.length > 0)
    return { v4: announced.filter((one) => isIPv4(one)), v6: announced.filter((one) => !isIPv4(one)) };
  const local = Object.values(interfaces)
    .flatMap((entries) => entries ?? [])
    .filter((entry) => !entry.internal && !entry.address.startsWith('fe80') && !entry.address.startsWith('169.254.'))
    .map((entry) => entry.address);
  const all = [...new Set([...announced, ...local])];
  return { v4: [...all.filter((address) => isIPv4(address)), '127.0.0.1'], v6: all.filter((address) => !isIPv4(address)) };
}

/** The engine's answer made whole: same number and order of sections as in the offer. `tcpFamilies`: where the same port is open for TCP. */
export function completeAnswer(plan: OfferPlan, engineSdp: string, addresses: HostAddresses, tcpFamilies: readonly (4 | 6)[] = []): string {
  const [session = [], ...answered] = splitSections(engineSdp);
  const used = plan.sections.filter((section) => section.use !== 'rejected');
  const byMid = new Map(answered.map((lines) => [lines.find((line) => line.startsWith('a=mid:'))?.slice(6), lines]));
  const candidates = [...udpLines(answered.flat(), addresses), ...tcpLines(answered.flat(), addresses, tcpFamilies)];
  const head = session.map((line) => (line.startsWith('a=group:BUNDLE') ? bundleLine(used) : line));
  const body = plan.sections.flatMap((section) => {
    const lines = section.use === 'rejected' ? undefined : byMid.get(section.mid);
    if (lines === undefined) return rejectedSection(section);
    const withCopies = section.kind === 'video' ? lines : withRed(section, lines);
    const plain = withCopies.filter((line) => !line.startsWith('a=candidate:') && line !== 'a=end-of-candidates');
    const own = section.kind === 'video' ? [...plain, ...feedbackLines(plain)] : plain;
    return section.mid === used[0]?.mid ? [...own, ...candidates, 'a=end-of-candidates'] : own;
  });
  return `${[...head, ...body].join('\r\n')}\r\n`;
}

/** Names redundant sound before Opus, as the offer did. The engine knows nothing of it: its packets pass as they are. */
function withRed({ red }: OfferSection, lines: readonly string[]): readonly string[] {
  const [mLine = '', ...rest] = lines;
  if (red === undefined) return lines;
  const parts = mLine.split(' ');
  const named = [...parts.slice(0, 3), red.red, ...parts.slice(3)].join(' ');
  return [named, ...rest, `a=rtpmap:${red.red} red/48000/2`, `a=fmtp:${red.red} ${red.opus}/${red.opus}`];
}

/** RFC 3264 section 6: port 0, and one format, named as in the offer. */
function rejectedSection({ mLine, mid, lines }: OfferSection): string[] {
  const [kind, , protocol, format] = mLine.split(' ');
  const names = lines.filter((line) => line.startsWith(`a=rtpmap:${format} `));
  return [`${kind} 0 ${protocol} ${format}`, 'c=IN IP4 0.0.0.0', `a=mid:${mid}`, 'a=inactive', ...names];
}

/** The ports that the engine opened, one a family. */
export function enginePorts(engineSdp: string): readonly LegPort[] {
  return ([4, 6] as const).flatMap((family) => {
    const port = portOf(engineSdp.split(/\r?\n/), family);
    return port === undefined ? [] : [{ family, port }];
  });
}

function portOf(engineLines: readonly string[], family: 4 | 6): number | undefined {
  const found = engineLines
    .filter((line) => line.startsWith('a=candidate:'))
    .map((line) => line.split(' '))
    .find((parts) => isIPv4(parts[4] ?? '') === (family === 4))?.[5];
  return found === undefined ? undefined : Number(found);
}

/** The engine opens one socket on all addresses and names one of them; the same port is good on each of the others. */
function udpLines(engineLines: readonly string[], { v4, v6 }: HostAddresses): string[] {
  const lines = (addresses: readonly string[], port: number | undefined, base: number): string[] =>
    port === undefined
      ? []
      : addresses.map(
          (address, i) => `a=candidate:${base + i} 1 udp ${priority(UDP_PREFERENCE, 65_535 - base - i)} ${address} ${port} typ host`,
        );
  return [...lines(v4, portOf(engineLines, 4), 1), ...lines(v6, portOf(engineLines, 6), 101)];
}

/** For far ends from where no UDP passes (RFC 6544 section 4.5); they connect to us. */
function tcpLines(engineLines: readonly string[], { v4, v6 }: HostAddresses, families: readonly (4 | 6)[]): string[] {
  return families.flatMap((family) => {
    const [addresses, base, port] = [family === 4 ? v4 : v6, family === 4 ? 201 : 301, portOf(engineLines, family)];
    return addresses.map(
      (address, i) =>
        `a=candidate:${base + i} 1 tcp ${priority(TCP_PREFERENCE, 65_535 - base - i)} ${address} ${port} typ host tcptype passive`,
    );
  });
}

/** Type preferences of host candidates; TCP is the second choice (RFC 6544 section 4.2). */
const UDP_PREFERENCE = 126;
const TCP_PREFERENCE = 90;

/** RFC 8445 section 5.1.2.1 for component 1. */
const priority = (typePreference: number, localPreference: number): number => typePreference * 2 ** 24 + localPreference * 2 ** 8 + 255;
