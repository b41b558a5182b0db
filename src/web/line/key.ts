// The device's own key: made once, kept by the browser, never readable. Proves that it is the same device again.

/** What is sent of it: an elliptic point. */
export interface PublicKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

/** This device's key: what is sent of it, and its way to prove itself. */
export interface DeviceKey {
  readonly jwk: PublicKey;
  /** ECDSA P-256/SHA-256 over the text, IEEE P1363, base64url. */
  sign(text: string): Promise<string>;
}

const DATABASE = 'call';
const STORE = 'keys';
const NAME = 'device';
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return settled(request);
}

const inStore = (db: IDBDatabase, mode: IDBTransactionMode) => db.transaction(STORE, mode).objectStore(STORE);

async function loadOrMake(): Promise<CryptoKeyPair> {
  const make = () => crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
  try {
    const db = await openDatabase();
    const kept = await settled<CryptoKeyPair | undefined>(inStore(db, 'readonly').get(NAME));
    if (kept !== undefined) return kept;
    const pair = await make();
    await settled(inStore(db, 'readwrite').put(pair, NAME));
    return pair;
  } catch {
    // A private window keeps nothing: the key lives as long as the page.
    return make();
  }
}

function base64url(bytes: ArrayBuffer): string {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Loads this device's key, or makes it. @throws where the browser has no WebCrypto (a page without HTTPS). */
export async function loadDeviceKey(): Promise<DeviceKey> {
  const pair = await loadOrMake();
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return {
    jwk: { kty: 'EC', crv: 'P-256', x, y },
    sign: async (text) =>
      base64url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new TextEncoder().encode(text))),
  };
}
