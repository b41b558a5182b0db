// Builds the answer that the browser gets from what the engine answered: refused sections put back, every address of this machine named.
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { bundleLine, type OfferPlan, type OfferSection, splitSections } from './offer.ts';
import { feedbackLines } from './picture-offer.ts';

/** Addresses of this machine where a far end may reach it. */
export interface HostAddresses {
  readonly v4: readonly string[];
  readonly v6: readonly string[];
}

/**
 * The addresses to put in an answer: announced ones first, then those of the interfaces that are up, then loopback, so that a
 * console on the same machine keeps its sound when every network is gone.
 */
export function hostAddresses(announced: readonly string[], interfaces = networkInterfaces()): HostAddresses {
  const local = Object.values(interfaces)
    .flatMap((entries) => entries ?? [])
    .filter((entry) => !entry.internal && !entry.address.startsWith('fe80') && !entry.address.startsWith('169.254.'))
    .map((entry) => entry.address);
  const all = [...new Set([...announced, ...local])];
  return { v4: [...all.filter((address) => isIPv4(address)), '127.0.0.1'], v6: all.filter((address) => !isIPv4(address)) };
}

/** The engine's answer made whole: same number and order of sections as in the offer. */
export function completeAnswer(plan: OfferPlan, engineSdp: string, addresses: HostAddresses): string {
  const [session = [], ...answered] = splitSections(engineSdp);
  const used = plan.sections.filter((section) => section.use !== 'rejected');
  const byMid = new Map(answered.map((lines) => [lines.find((line) => line.startsWith('a=mid:'))?.slice(6), lines]));
  const candidates = candidateLines(answered.flat(), addresses);
  const head = session.map((line) => (line.startsWith('a=group:BUNDLE') ? bundleLine(used) : line));
  const body = plan.sections.flatMap((section) => {
    const lines = section.use === 'rejected' ? undefined : byMid.get(section.mid);
    if (lines === undefined) return rejectedSection(section);
    const plain = lines.filter((line) => !line.startsWith('a=candidate:') && line !== 'a=end-of-candidates');
    const own = section.kind === 'video' ? [...plain, ...feedbackLines(plain)] : plain;
    return section.mid === used[0]?.mid ? [...own, ...candidates, 'a=end-of-candidates'] : own;
  });
  return `${[...head, ...body].join('\r\n')}\r\n`;
}

/** RFC 3264 section 6: port 0, and one format, named as in the offer. */
function rejectedSection({ mLine, mid, lines }: OfferSection): string[] {
  const [kind, , protocol, format] = mLine.split(' ');
  const names = lines.filter((line) => line.startsWith(`a=rtpmap:${format} `));
  return [`${kind} 0 ${protocol} ${format}`, 'c=IN IP4 0.0.0.0', `a=mid:${mid}`, 'a=inactive', ...names];
}

/** The engine opens one socket on all addresses and names one of them; the same port is good on each of the others. */
function candidateLines(engineLines: readonly string[], addresses: HostAddresses): string[] {
  const port = (v4: boolean): string | undefined =>
    engineLines
      .filter((line) => line.startsWith('a=candidate:'))
      .map((line) => line.split(' '))
      .find((parts) => isIPv4(parts[4] ?? '') === v4)?.[5];
  const lines = (family: readonly string[], atPort: string | undefined, base: number): string[] =>
    atPort === undefined
      ? []
      : family.map((address, i) => `a=candidate:${base + i} 1 udp ${priority(65_535 - base - i)} ${address} ${atPort} typ host`);
  return [...lines(addresses.v4, port(true), 1), ...lines(addresses.v6, port(false), 101)];
}

/** RFC 8445 section 5.1.2.1 for a host candidate of component 1. */
const priority = (localPreference: number): number => 126 * 2 ** 24 + localPreference * 2 ** 8 + 255;
