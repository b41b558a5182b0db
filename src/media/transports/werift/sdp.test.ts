// Offers read and answers completed, as text: the engine is not asked.
import { describe, expect, it } from 'vitest';
import { completeAnswer, hostAddresses } from './answer.ts';
import { OPUS_FMTP, planOffer, splitSections } from './offer.ts';

const SESSION = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0 1 2 3 4', 'a=fingerprint:sha-256 AA:BB'];
const audio = (mid: number, direction: string): string[] => [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 0',
  'c=IN IP4 0.0.0.0',
  'a=candidate:1 1 udp 2113937151 aa-bb.local 50000 typ host generation 0',
  'a=candidate:2 1 udp 2113937151 192.0.2.7 50001 typ host generation 0',
  'a=candidate:3 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active',
  'a=end-of-candidates',
  'a=ice-ufrag:u',
  'a=ice-pwd:p',
  'a=setup:actpass',
  `a=mid:${mid}`,
  'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  `a=${direction}`,
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1;stereo=1',
  'a=rtpmap:63 red/48000/2',
  'a=rtpmap:0 PCMU/8000',
];
const video = (mid: number): string[] => ['m=video 9 UDP/TLS/RTP/SAVPF 96', `a=mid:${mid}`, 'a=sendonly', 'a=rtpmap:96 VP8/90000'];
const data = (mid: number): string[] => ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', `a=mid:${mid}`];
const sdp = (...sections: string[][]): string => `${[...SESSION, ...sections.flat()].join('\r\n')}\r\n`;
const usesOf = (text: string, hearSlots = 12): string[] => planOffer(text, { hearSlots }).sections.map((section) => section.use);

describe('an offer', () => {
  it('[P30] takes one microphone and the listening sections, and refuses the rest', () => {
    const all = sdp(audio(0, 'sendonly'), audio(1, 'recvonly'), video(2), audio(3, 'recvonly'), data(4));
    expect(usesOf(all)).toEqual(['mic', 'slot', 'rejected', 'slot', 'rejected']);
    expect(usesOf(all, 1)).toEqual(['mic', 'slot', 'rejected', 'rejected', 'rejected']);
    expect(usesOf(sdp(audio(0, 'sendrecv'), audio(1, 'sendonly'), audio(2, 'inactive')))).toEqual(['mic', 'rejected', 'rejected']);
    expect(usesOf(sdp(audio(0, 'recvonly')))).toEqual(['slot']);
  });

  it('[P30] asks for mono Opus in every packet, and for nothing else', () => {
    const { cleanedSdp } = planOffer(sdp(audio(0, 'sendonly'), audio(1, 'recvonly')), { hearSlots: 12 });
    for (const section of splitSections(cleanedSdp).slice(1)) {
      expect(section[0]).toBe('m=audio 9 UDP/TLS/RTP/SAVPF 111');
      expect(section.filter((line) => line.startsWith('a=fmtp'))).toEqual([`a=fmtp:111 ${OPUS_FMTP}`]);
    }
    expect(cleanedSdp).not.toMatch(/transport-cc|extmap|red|PCMU|end-of-candidates|\.local|tcptype/);
    expect(cleanedSdp.match(/a=candidate/g)).toHaveLength(2);
    expect(OPUS_FMTP).toBe('minptime=10;useinbandfec=1;usedtx=0');
  });

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['no sections', sdp()],
    ['pictures only', sdp(video(0))],
    ['pictures first', sdp(video(0), audio(1, 'sendonly'))],
    ['no certificate', sdp(audio(0, 'sendonly')).replace(/a=fingerprint.*\r\n/, '')],
    ['no Opus', sdp(audio(0, 'sendonly').filter((line) => !line.includes('opus')))],
  ])('[P2] is refused when it holds %s', (_, text) => {
    expect(() => planOffer(text, { hearSlots: 12 })).toThrow(expect.objectContaining({ code: 'bad-offer' }));
  });
});

describe('redundant sound', () => {
  const preferring = (mid: number, direction: string): string[] => [
    'm=audio 9 UDP/TLS/RTP/SAVPF 63 111',
    ...audio(mid, direction).slice(1),
    'a=fmtp:63 111/111',
  ];
  const engineFor = (mid: number, direction: string): string[] => ['m=audio 9 UDP/TLS/RTP/SAVPF 111', `a=mid:${mid}`, `a=${direction}`];

  it('[P45] is agreed to where the offer names it before Opus, and nowhere else', () => {
    const plan = planOffer(sdp(preferring(0, 'sendonly'), audio(1, 'recvonly'), preferring(2, 'recvonly')), { hearSlots: 12 });
    expect(plan.sections.map(({ red }) => red)).toEqual([{ red: 63, opus: 111 }, undefined, { red: 63, opus: 111 }]);
    const engine = ['v=0', 'a=group:BUNDLE 0 1 2', ...engineFor(0, 'recvonly'), ...engineFor(1, 'sendonly'), ...engineFor(2, 'sendonly')];
    const [, mic, plain, slot] = splitSections(completeAnswer(plan, engine.join('\r\n'), { v4: [], v6: [] }));
    for (const section of [mic, slot]) {
      expect(section?.[0]).toBe('m=audio 9 UDP/TLS/RTP/SAVPF 63 111');
      expect(section).toEqual(expect.arrayContaining(['a=rtpmap:63 red/48000/2', 'a=fmtp:63 111/111']));
    }
    expect(plain?.join()).not.toContain('red');
  });

  it('[P45] is not agreed to when it is made of something else', () => {
    const other = preferring(0, 'sendonly').map((line) => (line === 'a=fmtp:63 111/111' ? 'a=fmtp:63 0/0' : line));
    expect(planOffer(sdp(other), { hearSlots: 12 }).sections[0]?.red).toBeUndefined();
  });
});

describe('an answer', () => {
  const plan = planOffer(sdp(audio(0, 'sendonly'), video(1), data(2), audio(3, 'recvonly')), { hearSlots: 12 });
  const engine = ['v=0', 's=-', 'a=group:BUNDLE 0 3', ...answered(0, 'recvonly'), ...answered(3, 'sendonly')].join('\r\n');
  function answered(mid: number, direction: string): string[] {
    const candidates = ['a=candidate:x 1 udp 100 127.0.0.1 40001 typ host', 'a=candidate:y 1 udp 100 ::1 40002 typ host'];
    return ['m=audio 9 UDP/TLS/RTP/SAVPF 111', `a=mid:${mid}`, `a=${direction}`, ...candidates, 'a=end-of-candidates'];
  }
  const answer = completeAnswer(plan, engine, { v4: ['203.0.113.5', '127.0.0.1'], v6: ['2001:db8::5'] });

  it('[P30] has the sections of the offer in their order, refused ones with port 0 and out of the bundle', () => {
    const sections = splitSections(answer).slice(1);
    expect(sections.map((section) => section[0]?.split(' ').slice(0, 2).join(' '))).toEqual([
      'm=audio 9',
      'm=video 0',
      'm=application 0',
      'm=audio 9',
    ]);
    expect(sections.map((section) => section.find((line) => line.startsWith('a=mid')))).toEqual([
      'a=mid:0',
      'a=mid:1',
      'a=mid:2',
      'a=mid:3',
    ]);
    expect(answer).toContain('a=group:BUNDLE 0 3\r\n');
  });

  it('[N31] names every address once, each with the port of its family, in the first used section only', () => {
    const candidates = answer.split('\r\n').filter((line) => line.startsWith('a=candidate'));
    expect(candidates.map((line) => line.split(' ').slice(4, 6).join(' '))).toEqual([
      '203.0.113.5 40001',
      '127.0.0.1 40001',
      '2001:db8::5 40002',
    ]);
    const priorities = candidates.map((line) => Number(line.split(' ')[3]));
    expect([...priorities].sort((a, b) => b - a)).toEqual(priorities);
    expect(new Set(priorities).size).toBe(3);
    expect(splitSections(answer)[4]?.some((line) => line.startsWith('a=candidate'))).toBe(false);
  });

  it('[N31] knows announced addresses, those of the interfaces, and always loopback', () => {
    const entry = (address: string, internal = false) => ({ address, internal, netmask: '', mac: '', family: 'IPv4' as const, cidr: null });
    const interfaces = {
      lo: [entry('127.0.0.1', true)],
      eth0: [entry('192.0.2.9'), entry('fe80::1'), entry('2001:db8::9')],
      x: [entry('169.254.3.3')],
    };
    expect(hostAddresses(['203.0.113.5'], { interfaces })).toEqual({ v4: ['203.0.113.5', '192.0.2.9', '127.0.0.1'], v6: ['2001:db8::9'] });
    expect(hostAddresses([], { interfaces: {} })).toEqual({ v4: ['127.0.0.1'], v6: [] });
  });

  it('[N65] knows the announced addresses alone for who is to learn no others, if any are announced', () => {
    const lan = { address: '192.0.2.9', internal: false, netmask: '', mac: '', family: 'IPv4' as const, cidr: null };
    const options = { interfaces: { eth0: [lan] }, onlyAnnounced: true };
    expect(hostAddresses(['203.0.113.5', '2001:db8::1'], options)).toEqual({ v4: ['203.0.113.5'], v6: ['2001:db8::1'] });
    expect(hostAddresses([], options)).toEqual({ v4: ['192.0.2.9', '127.0.0.1'], v6: [] });
  });
});
