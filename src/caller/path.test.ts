// What the offer says and leaves out; that calls leave nothing behind is shown by the contract suite.
import { afterAll, describe, expect, it } from 'vitest';
import { endStack, openPath, withoutCandidates } from './path.ts';

afterAll(endStack);

function offerOf(slots: number): Promise<{ sdp: string; close: () => void }> {
  return new Promise((done) => {
    const path = openPath({
      servers: [],
      relayOnly: false,
      slots,
      onOffer: (sdp) => done({ sdp, close: () => path.close() }),
      onUp: () => {},
      onDown: () => {},
      onSound: () => {},
    });
  });
}

describe('the offer', () => {
  it('[N43] names a microphone and the slots, Opus without pauses, and none of our addresses', async () => {
    const { sdp, close } = await offerOf(2);
    close();
    const sections = sdp.split('m=').slice(1);
    expect(sections.map((one) => /a=(sendonly|recvonly)/.exec(one)?.[1])).toEqual(['sendonly', 'recvonly', 'recvonly']);
    for (const one of sections) expect(one).toMatch(/a=fmtp:111 .*useinbandfec=1;usedtx=0/);
    expect(sdp).not.toMatch(/a=candidate|end-of-candidates/);
    expect(sdp).toMatch(/a=fingerprint:sha-256 /);
  });

  it('[N43] loses its addresses and nothing else', () => {
    const lines = [
      'v=0',
      'm=audio 9 X 111',
      'a=mid:mic',
      'a=candidate:1 1 UDP 1 192.0.2.2 5 typ host',
      'a=end-of-candidates',
      'a=sendonly',
      '',
    ];
    expect(withoutCandidates(lines.join('\r\n'))).toBe('v=0\r\nm=audio 9 X 111\r\na=mid:mic\r\na=sendonly\r\n');
  });
});
