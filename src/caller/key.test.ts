// Device keys, proved by the same means as the box's.
import { createHash, webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeviceKey, loadDeviceKey } from './key.ts';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };

async function isProof(key: DeviceKey, text: string, signature: string): Promise<boolean> {
  const known = await webcrypto.subtle.importKey('jwk', key.jwk, CURVE, false, ['verify']);
  return webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, known, Buffer.from(signature, 'base64url'), Buffer.from(text));
}

describe('a device key', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('proves itself by a signature over the text it was given, and no other', async () => {
    const key = await loadDeviceKey();
    const signature = await key.sign('nonce');
    expect(await isProof(key, 'nonce', signature)).toBe(true);
    expect(await isProof(key, 'other', signature)).toBe(false);
    expect(await isProof(await loadDeviceKey(), 'nonce', signature)).toBe(false);
    expect(key.deviceId).toBe(createHash('sha256').update(`${key.jwk.x}.${key.jwk.y}`).digest('hex'));
  });

  it('is the same again from its file, which only its owner can read', async () => {
    const path = join(folder, 'key.json');
    const made = await loadDeviceKey(path);
    const again = await loadDeviceKey(path);
    expect(again.deviceId).toBe(made.deviceId);
    expect(await isProof(made, 'nonce', await again.sign('nonce'))).toBe(true);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('is not made over a file that holds something else', async () => {
    const path = join(folder, 'letter.txt');
    writeFileSync(path, 'dear all');
    await expect(loadDeviceKey(path)).rejects.toThrow('holds no device key');
  });
});
