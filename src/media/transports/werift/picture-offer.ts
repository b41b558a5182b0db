// Sections of pictures in an offer and in our answer: which packings are taken, which reports are asked for. Text only, no engine.
import type { PictureCodec } from '../../pictures/packet.ts';
import { keptLines } from './lines.ts';

/** A packing that a section offers. `pt`: its payload type, as text. */
export interface OfferedFormat {
  readonly pt: string;
  readonly codec: PictureCodec;
}

/** What our answer asks for with each packing: single packets again, key pictures, a limit of the rate. Never transport-wide congestion
 *  control: with it browsers hold their rate far too low on this engine. */
const FEEDBACK = ['goog-remb', 'nack', 'nack pli'];

/** The packings of a section that can be used, VP8 first; of the many kinds of H.264 the plainest one. */
export function pictureFormats(lines: readonly string[]): OfferedFormat[] {
  const vp8 = payloadTypes(lines, /^a=rtpmap:(\d+) VP8\/90000/i)[0];
  const h264 = payloadTypes(lines, /^a=rtpmap:(\d+) H264\/90000/i).filter((pt) => /packetization-mode=1/.test(fmtpOf(lines, pt)));
  const plain = h264.find((pt) => /profile-level-id=42e0/i.test(fmtpOf(lines, pt))) ?? h264[0];
  return [
    ...(vp8 === undefined ? [] : [{ pt: vp8, codec: 'vp8' as const }]),
    ...(plain === undefined ? [] : [{ pt: plain, codec: 'h264' as const }]),
  ];
}

/** The section with nothing but what is negotiated. A camera is answered one packing, a viewing slot all that can be shown there. */
export function cleanPictureSection(lines: readonly string[], isCamera: boolean): string[] {
  const formats = pictureFormats(lines).slice(0, isCamera ? 1 : 2);
  const own = formats.flatMap(({ pt }) => lines.filter((line) => line.startsWith(`a=rtpmap:${pt} `) || line.startsWith(`a=fmtp:${pt} `)));
  return [`m=video 9 UDP/TLS/RTP/SAVPF ${formats.map(({ pt }) => pt).join(' ')}`, ...keptLines(lines), ...own];
}

/** Lines to add to an answered section of pictures. */
export function feedbackLines(answered: readonly string[]): string[] {
  return pictureFormats(answered).flatMap(({ pt }) => FEEDBACK.map((what) => `a=rtcp-fb:${pt} ${what}`));
}

function payloadTypes(lines: readonly string[], pattern: RegExp): string[] {
  return lines.map((line) => pattern.exec(line)?.[1]).filter((pt) => pt !== undefined);
}

const fmtpOf = (lines: readonly string[], pt: string): string => lines.find((line) => line.startsWith(`a=fmtp:${pt} `)) ?? '';
