// Strangers at a leg's port, over real sockets: what they send must neither end the call nor get into it.
import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RTCCertificate, RTCDtlsTransport } from 'werift';
import { MediaPeer } from '../../../../test/contract/media-peer.ts';
import { systemClock } from '../../clock.ts';
import type { LegTransport } from '../transport.ts';
import { createPortAllocator } from './ports.ts';
import { weriftTransports } from './transport.ts';

const transports = weriftTransports({
  clock: systemClock,
  log: () => undefined,
  withPorts: createPortAllocator({ first: 41_900, last: 41_949 }, Math.random),
  announceIps: [],
});
/** Records in the clear (RFC 6347): "closing", "handshake failure", and a first message of a new handshake, cut short. */
const CLEAR = {
  closing: '15fefd000000000000000100020100',
  failure: '15fefd000000000000000100020228',
  hello: `16fefd0000000000000009003a0100002e000000000000002efefd${'00'.repeat(32)}00000002c02b010000`,
  /** Looks encrypted, and is an alert in the clear. */
  disguised: '15fefd000100000000000900020100',
  media: `80${'6f'.repeat(60)}`,
};

/** The engine makes one for its process and keeps it; a look-alike class has one of its own. */
function newCertificate(): Promise<RTCCertificate> {
  return class extends RTCDtlsTransport {
    static override localCertificate = undefined as unknown as RTCCertificate;
    static override localCertificatePromise = undefined as unknown as Promise<RTCCertificate>;
  }.SetupCertificate();
}

describe('the port of a leg', () => {
  let leg: LegTransport;
  let peer: MediaPeer;
  let stranger: Socket;
  let heard = 0;
  beforeEach(() => {
    heard = 0;
    leg = transports({ hearSlots: 1 });
    leg.onRtp(() => {
      heard += 1;
    });
    stranger = createSocket('udp4');
  });
  afterEach(async () => {
    stranger.close();
    leg.close();
    await peer.close();
  });

  const portOf = (answer: string): number => Number(/candidate:\S+ 1 udp \S+ \S+ (\d+)/.exec(answer)?.[1]);
  const send = (port: number, hex: string) =>
    new Promise<void>((resolve) => stranger.send(Buffer.from(hex, 'hex'), port, '127.0.0.1', () => resolve()));

  it('[P61] takes nothing from strangers: their alerts, hellos and packets do not end a call, before its handshake nor after', async () => {
    peer = new MediaPeer(600, 1);
    const answer = await leg.answer(await peer.offer());
    const port = portOf(answer);
    const flood = setInterval(() => void Object.values(CLEAR).map((hex) => send(port, hex)), 2);
    await peer.accept(answer);
    await vi.waitUntil(() => leg.state === 'connected', { timeout: 5_000, interval: 5 });
    for (let i = 0; i < 20; i += 1) await Promise.all(Object.values(CLEAR).map((hex) => send(port, hex)));
    clearInterval(flood);
    for (let i = 0; i < 25; i += 1) peer.sendOne();
    await vi.waitUntil(() => heard === 25, { timeout: 2_000, interval: 5 });
    expect(leg.state).toBe('connected');
  });

  it('[P62] lets nobody in who shows a copy of the certificate and has another key', async () => {
    const own = await newCertificate();
    const other = await newCertificate();
    peer = new MediaPeer(600, 1, [new RTCCertificate(other.privateKey, own.certPem, own.signatureHash)]);
    const states: string[] = [];
    leg.onState((state, cause) => states.push(`${state}: ${cause}`));
    const accepted = peer.accept(await leg.answer(await peer.offer())).catch(() => undefined);
    await vi.waitUntil(() => leg.state === 'closed', { timeout: 5_000, interval: 5 });
    expect(states).toEqual(['connecting: answered', 'closed: another key than that of the certificate']);
    await peer.close();
    await accepted;
    expect(heard).toBe(0);
  });
});
