// Reads a browser's offer: which section is the microphone, which are listening slots, what is refused. Text only, no engine.
import { WorkerFault } from '../../fault.ts';
import { isForPictures, type TransportOptions } from '../transport.ts';
import { keptLines } from './lines.ts';
import { cleanPictureSection, pictureFormats } from './picture-offer.ts';

/** What our answer asks the far end to send: mono Opus, 50 packets a second even in silence, with repair data for loss. */
export const OPUS_FMTP = 'minptime=10;useinbandfec=1;usedtx=0';

export type SectionUse = 'mic' | 'slot' | 'camera' | 'see' | 'rejected';

export interface OfferSection {
  readonly use: SectionUse;
  readonly kind: string;
  readonly mid: string;
  /** The `m=` line, to refuse the section in the same words. */
  readonly mLine: string;
  readonly lines: readonly string[];
  /** Payload types of redundant sound and of Opus in it, where the far end prefers that to Opus alone. */
  readonly red?: { readonly red: number; readonly opus: number };
}

export interface OfferPlan {
  readonly sections: readonly OfferSection[];
  /** The offer with only the sections that are used, and in them only what this worker negotiates. */
  readonly cleanedSdp: string;
}

/**
 * Plans an answer. Sections beyond the listening or viewing ones that are allowed, one microphone or one camera are refused, as is
 * everything else; a connection for pictures carries no sound.
 * @throws WorkerFault bad-offer when it is no session description, has no certificate, or its first section cannot be used
 */
export function planOffer(sdp: string, allowed: TransportOptions): OfferPlan {
  const [session = [], ...rawSections] = splitSections(sdp);
  if (session[0] !== 'v=0' || rawSections.length === 0) throw new WorkerFault('bad-offer', 'not a session description');
  if (!/^a=fingerprint:sha-/im.test(sdp)) throw new WorkerFault('bad-offer', 'the offer has no certificate fingerprint');
  const sections = chooseUses(rawSections, allowed);
  const used = sections.filter((section) => section.use !== 'rejected');
  // The first section carries the transport of all (RFC 9143); a browser does not take an answer that refuses it.
  if (sections[0]?.use === 'rejected') throw new WorkerFault('bad-offer', 'the first section of the offer cannot be used');
  const candidates = rawSections.flat().filter(isUsableCandidate);
  const head = session.map((line) => (line.startsWith('a=group:BUNDLE') ? bundleLine(used) : line));
  const body = used.flatMap((section, index) => cleanSection(section, index === 0 ? candidates : []));
  return { sections, cleanedSdp: `${[...head, ...body].join('\r\n')}\r\n` };
}

/** `a=group` for these sections. */
export const bundleLine = (sections: readonly { mid: string }[]): string =>
  `a=group:BUNDLE ${sections.map((section) => section.mid).join(' ')}`;

/** The lines of a description, split before each `m=`; the first part is the session's. */
export function splitSections(sdp: string): string[][] {
  const parts: string[][] = [[]];
  for (const line of sdp.split(/\r?\n/)) {
    if (line === '') continue;
    if (line.startsWith('m=')) parts.push([]);
    (parts.at(-1) as string[]).push(line);
  }
  return parts;
}

function chooseUses(rawSections: readonly string[][], allowed: TransportOptions): OfferSection[] {
  const pictures = isForPictures(allowed);
  const left = { mic: pictures ? 0 : 1, slot: allowed.hearSlots, camera: allowed.camera ? 1 : 0, see: allowed.seeSlots ?? 0 };
  return rawSections.map((lines, index) => {
    const mLine = lines[0] as string;
    const kind = mLine.slice(2).split(' ')[0] ?? '';
    const mid = textAfter(lines, 'a=mid:') ?? String(index);
    const wanted = wantedUse(kind, lines);
    const use = wanted === undefined || left[wanted] === 0 ? 'rejected' : wanted;
    if (use !== 'rejected') left[use] -= 1;
    const red = use === 'mic' || use === 'slot' ? redOf(lines) : undefined;
    return { use, kind, mid, mLine, lines, ...(red === undefined ? {} : { red }) };
  });
}

function wantedUse(kind: string, lines: readonly string[]): Exclude<SectionUse, 'rejected'> | undefined {
  const direction = directionOf(lines);
  const sends = direction === 'sendonly' || direction === 'sendrecv';
  if (direction === 'inactive') return undefined;
  if (kind === 'audio' && opusPayloadType(lines) !== undefined) return sends ? 'mic' : 'slot';
  if (kind === 'video' && pictureFormats(lines).length > 0) return sends ? 'camera' : 'see';
  return undefined;
}

function directionOf(lines: readonly string[]): string {
  for (const direction of ['sendonly', 'recvonly', 'inactive']) if (lines.includes(`a=${direction}`)) return direction;
  return 'sendrecv';
}

/** The payload type of Opus in a section, as text; undefined when it offers none. */
export function opusPayloadType(lines: readonly string[]): string | undefined {
  const line = lines.find((text) => /^a=rtpmap:\d+ opus\/48000/i.test(text));
  return line?.slice('a=rtpmap:'.length).split(' ')[0];
}

/** Redundant sound is used where the offer names it before Opus, and Opus as what it is made of (RFC 2198 section 5). */
function redOf(lines: readonly string[]): OfferSection['red'] {
  const red = lines
    .find((text) => /^a=rtpmap:\d+ red\/48000/i.test(text))
    ?.slice('a=rtpmap:'.length)
    .split(' ')[0];
  const opus = opusPayloadType(lines);
  const formats = (lines[0] ?? '').split(' ').slice(3);
  if (red === undefined || opus === undefined || !lines.some((text) => text.startsWith(`a=fmtp:${red} ${opus}/${opus}`))) return undefined;
  return formats.includes(red) && formats.indexOf(red) < formats.indexOf(opus) ? { red: Number(red), opus: Number(opus) } : undefined;
}

function textAfter(lines: readonly string[], prefix: string): string | undefined {
  return lines.find((line) => line.startsWith(prefix))?.slice(prefix.length);
}

/** Names that only the far end's own network can resolve, and TCP, are of no use: its checks reach us and show the address. */
function isUsableCandidate(line: string): boolean {
  return line.startsWith('a=candidate:') && / udp /i.test(line) && !/\.local /i.test(line);
}

/** One codec for sound, one or two for pictures; no header extensions, no feedback (so no transport-wide congestion control), candidates once. */
function cleanSection(section: OfferSection, candidates: readonly string[]): string[] {
  if (section.kind === 'video') return [...cleanPictureSection(section.lines, section.use === 'camera'), ...candidates];
  const pt = opusPayloadType(section.lines) as string;
  const map = section.lines.filter((line) => line.startsWith(`a=rtpmap:${pt} `));
  return [`m=audio 9 UDP/TLS/RTP/SAVPF ${pt}`, ...keptLines(section.lines), ...map, `a=fmtp:${pt} ${OPUS_FMTP}`, ...candidates];
}
