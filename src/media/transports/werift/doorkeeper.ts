// Keeps strangers' datagrams from the engine. It takes what comes from anywhere as its far end's: an alert in the clear, of fifteen bytes,
// ends its connection. Here only addresses count that proved themselves by a check, and after the handshake only what is encrypted.
import type { RTCDtlsTransport, RTCPeerConnection } from 'werift';
import { WorkerFault } from '../../fault.ts';
import { type KeptMessage, provesItsKey } from './far-proof.ts';

type Address = readonly [host: string, port: number];
type Ice = RTCPeerConnection['iceTransports'][number]['connection'];
type Dtls = NonNullable<RTCDtlsTransport['dtls']>;

/** The engine's sockets, which its types do not show. */
interface Socketed {
  readonly protocols?: readonly { readonly transport?: { onData: (data: Buffer, from: Address) => void } }[];
}

/** First bytes up to this are those of checks, which the engine authenticates (RFC 7983). */
const LAST_STUN_BYTE = 3;
const HEADER_BYTES = 13;
const ALERT = 21;
const HANDSHAKE = 22;
const APPLICATION = 23;

/** From now on nothing but checks is taken from an address that made none. @throws WorkerFault when the engine is not as expected */
export function keepStrangersOut(ice: Ice): void {
  const { protocols } = ice as unknown as Socketed;
  if (protocols === undefined || protocols.length === 0) throw new WorkerFault('bad-offer', 'no socket to guard');
  for (const { transport } of protocols) {
    if (transport === undefined) throw new WorkerFault('bad-offer', 'no socket to guard');
    const take = transport.onData;
    let last: Address = ['', 0];
    transport.onData = (data, from) => {
      const isKnown = from[0] === last[0] && from[1] === last[1];
      if ((data[0] ?? 0) > LAST_STUN_BYTE && !isKnown) {
        if (!isFarEnd(ice, from)) return;
        last = from;
      }
      take(data, from);
    };
  }
}

function isFarEnd(ice: Ice, [host, port]: Address): boolean {
  const pairs = ice.nominated === undefined ? ice.checkList : [...ice.checkList, ice.nominated];
  return pairs.some(({ remoteAddr }) => remoteAddr[0] === host && remoteAddr[1] === port);
}

/** To be called when the handshake is over, before anything is sent or taken: false when the far end did not prove its key; else only
 *  encrypted records are taken from now on. */
export function handshakeHolds({ dtls }: RTCDtlsTransport): boolean {
  if (dtls === undefined) return false;
  const messages: readonly KeptMessage[] = dtls.dtls.sortedHandshakeCache;
  const exchanged = dtls.cipher.remoteKeyPair?.publicKey;
  if (!provesItsKey({ messages, certificate: dtls.remoteCertificate, exchanged })) return false;
  const { socket } = dtls.transport;
  const take = socket.onData;
  socket.onData = (data, from) => {
    for (const record of recordsOf(data)) {
      if (record[0] === ALERT) closeIfMeant(dtls, record);
      else if (record[0] === HANDSHAKE || record[0] === APPLICATION) take(record, from);
    }
  };
  return true;
}

/** The encrypted records of a datagram. */
function* recordsOf(data: Buffer): Generator<Buffer> {
  let rest = data;
  while (rest.length >= HEADER_BYTES) {
    const length = HEADER_BYTES + rest.readUInt16BE(HEADER_BYTES - 2);
    if (rest.length < length) return;
    if (rest.readUInt16BE(3) > 0) yield rest.subarray(0, length);
    rest = rest.subarray(length);
  }
}

/** An alert counts only when it is the far end's own. Each one that a page sends means its end. */
function closeIfMeant(dtls: Dtls, record: Buffer): void {
  const [contentType = 0, major = 0, minor = 0] = record;
  const header = { contentType, protocolVersion: { major, minor }, epoch: record.readUInt16BE(3), sequenceNumber: record.readUIntBE(5, 6) };
  const packet = { recordLayerHeader: header, fragment: record.subarray(HEADER_BYTES) };
  try {
    dtls.cipher.decryptPacket(packet as unknown as Parameters<typeof dtls.cipher.decryptPacket>[0]);
  } catch {
    return;
  }
  dtls.onClose.execute();
}
