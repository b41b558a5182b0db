// The key by which the box knows this device again: made once, kept in a file if asked. Knows no call.
import { createHash, webcrypto } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export interface DeviceKey {
  readonly jwk: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };
  /** Name of the device at the box: SHA-256 of the public key, hex. */
  readonly deviceId: string;
  /** Signs text, ECDSA with SHA-256, base64url of r and s. */
  sign(text: string): Promise<string>;
}

async function keptIn(path: string): Promise<webcrypto.JsonWebKey> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as webcrypto.JsonWebKey;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new Error(`${path} holds no device key: move it away to make a new one`, { cause });
    const made = await make();
    writeFileSync(path, JSON.stringify(made), { mode: 0o600, flag: 'wx' });
    return made;
  }
}

async function make(): Promise<webcrypto.JsonWebKey> {
  const { privateKey } = await webcrypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  return webcrypto.subtle.exportKey('jwk', privateKey);
}

/** Makes a key, or takes the one in this file (made there when there is none). @throws when the file holds something else */
export async function loadDeviceKey(path?: string): Promise<DeviceKey> {
  const whole = path === undefined ? await make() : await keptIn(path);
  const { x = '', y = '' } = whole;
  const key = await webcrypto.subtle.importKey('jwk', whole, CURVE, false, ['sign']);
  return {
    jwk: { kty: 'EC', crv: 'P-256', x, y },
    deviceId: createHash('sha256').update(`${x}.${y}`).digest('hex'),
    sign: async (text) =>
      Buffer.from(await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(text, 'utf8'))).toString('base64url'),
  };
}
