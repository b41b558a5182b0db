// Whether the far end of a DTLS handshake holds the key of its certificate. The engine compares the certificate's fingerprint and no more;
// a certificate goes over the wire in the clear, so without this anyone on the way could show a copy of it. No sockets here.
import { createVerify, X509Certificate } from 'node:crypto';

/** Handshake messages as the engine keeps them (RFC 6347 section 4.2.2), in their order. */
export interface KeptMessage {
  readonly msg_type: number;
  readonly fragment: Buffer;
  serialize(): Buffer;
}

/** What is known of a handshake that is over. */
export interface Handshake {
  readonly messages: readonly KeptMessage[];
  /** The certificate, DER, whose fingerprint was compared. */
  readonly certificate: Buffer | undefined;
  /** The far end's half of the key exchange, with which the keys were made. */
  readonly exchanged: Buffer | undefined;
}

const CERTIFICATE = 11;
const CERTIFICATE_VERIFY = 15;
const CLIENT_KEY_EXCHANGE = 16;
/** RFC 5246 section 7.4.1.4.1: hashes and signatures that count. SHA-1 does not. */
const HASHES: Readonly<Record<number, string>> = { 4: 'sha256', 5: 'sha384', 6: 'sha512' };
const SIGNATURES: Readonly<Record<number, string>> = { 1: 'rsa', 3: 'ec' };

/** True when the far end signed this very handshake, and the keys come from what it signed. */
export function provesItsKey({ messages, certificate, exchanged }: Handshake): boolean {
  const at = messages.findIndex((message) => message.msg_type === CERTIFICATE_VERIFY);
  const signed = messages.slice(0, Math.max(0, at));
  const [shown, half] = [bodyOf(signed, CERTIFICATE)?.subarray(6), bodyOf(signed, CLIENT_KEY_EXCHANGE)?.subarray(1)];
  const verify = messages[at]?.fragment;
  if (verify === undefined || certificate === undefined || exchanged === undefined) return false;
  if (shown?.subarray(0, certificate.length).equals(certificate) !== true || half?.equals(exchanged) !== true) return false;
  const [hash, kind] = [HASHES[verify[0] ?? 0], SIGNATURES[verify[1] ?? 0]];
  const signature = verify.subarray(4, 4 + (verify.length < 4 ? 0 : verify.readUInt16BE(2)));
  try {
    const { publicKey } = new X509Certificate(certificate);
    if (hash === undefined || publicKey.asymmetricKeyType !== kind) return false;
    return createVerify(hash)
      .update(Buffer.concat(signed.map((message) => message.serialize())))
      .verify(publicKey, signature);
  } catch {
    return false;
  }
}

function bodyOf(messages: readonly KeptMessage[], type: number): Buffer | undefined {
  // Both sides send a certificate, the far end after us.
  return messages.findLast((message) => message.msg_type === type)?.fragment;
}
