// Which certificate this box serves with now: the agency's own from two files, or one of the local authority. Looked at again while it runs.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { type KeyAndChain, localCertificate } from './authority.ts';
import { CertificateFault } from './fault.ts';
import { namesOf } from './names.ts';

const DAY_MS = 24 * 3600_000;

/** What the server needs of a certificate. */
export interface Certificate extends KeyAndChain {
  /** Last moment of validity, ms. */
  readonly validTo: number;
  /** The local authority, DER, when it is one of that; null for the agency's own certificate. */
  readonly authority: Buffer | null;
}

type Settings = Pick<Config, 'tls' | 'dataDir' | 'host' | 'publicUrl'>;
type Warn = (message: string) => void;

async function read(path: string, setting: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new CertificateFault(
      'unreadable',
      `${setting}: ${path} cannot be read. Check the path, and that the user who runs Parley may read it.`,
      { cause },
    );
  }
}

function parsed<T>(path: string, parse: () => T, what: string): T {
  try {
    return parse();
  } catch (cause) {
    throw new CertificateFault('unreadable', `${path} is not ${what} in PEM form. Export it again as PEM, without a password.`, { cause });
  }
}

/** Reads and checks the agency's own certificate. @throws CertificateFault */
async function ownCertificate({ certPath, keyPath }: NonNullable<Config['tls']>, at: number): Promise<Certificate> {
  const [cert, key] = [await read(certPath, 'PARLEY_TLS_CERT'), await read(keyPath, 'PARLEY_TLS_KEY')];
  const leaf = parsed(certPath, () => new X509Certificate(cert), 'a certificate');
  const secret = parsed(keyPath, () => createPrivateKey(key), 'a private key');
  if (!leaf.checkPrivateKey(secret))
    throw new CertificateFault(
      'mismatched',
      `${keyPath} is not the key of the certificate in ${certPath}. Put the pair that belongs together there; the server's own certificate comes first in its file.`,
    );
  const [from, validTo] = [Date.parse(leaf.validFrom), Date.parse(leaf.validTo)];
  if (at > validTo)
    throw new CertificateFault(
      'expired',
      `The certificate in ${certPath} expired on ${leaf.validTo}. Put a new one there, or start without PARLEY_TLS_CERT and PARLEY_TLS_KEY to use Parley's local authority.`,
    );
  if (at < from)
    throw new CertificateFault(
      'not-valid-yet',
      `The certificate in ${certPath} is valid from ${leaf.validFrom} on, and this machine's clock says it is earlier. Set the clock.`,
    );
  return { cert, key, validTo, authority: null };
}

async function ofAuthority(settings: Settings, at: number, warn: Warn): Promise<Certificate> {
  const { key, cert, authority, leftOut } = await localCertificate({
    dir: join(settings.dataDir, 'tls'),
    names: namesOf(settings),
    at,
  });
  if (leftOut.length > 0)
    warn(
      `the local authority may not vouch for ${leftOut.join(', ')}: use PARLEY_TLS_CERT for these names, or remove the tls folder in the data folder to make a new authority (devices must then trust it anew)`,
    );
  return { key, cert, validTo: Date.parse(new X509Certificate(cert).validTo), authority };
}

/** The certificate in use. */
export class Certificates {
  readonly #settings: Settings;
  readonly #warn: Warn;
  #told = '';
  #current: Certificate;

  private constructor(settings: Settings, current: Certificate, warn: Warn) {
    this.#settings = settings;
    this.#current = current;
    this.#warn = warn;
  }

  /** Reads or makes the certificate. @throws CertificateFault */
  static async open(settings: Settings, at: number, warn: Warn): Promise<Certificates> {
    return new Certificates(settings, await load(settings, at, warn), warn);
  }

  get current(): Certificate {
    return this.#current;
  }

  /** Whole days until it ends; negative when it has ended. */
  daysLeft(at: number): number {
    return Math.floor((this.#current.validTo - at) / DAY_MS);
  }

  /** Looks again at files, names and dates. True: another certificate is in use now. What cannot be used is told once, and the old one stays. */
  async refresh(at: number): Promise<boolean> {
    try {
      const next = await load(this.#settings, at, (message) => this.#tell(message));
      const changed = next.cert !== this.#current.cert || next.key !== this.#current.key;
      this.#current = next;
      return changed;
    } catch (cause) {
      this.#tell(`the certificate was not changed: ${cause instanceof Error ? cause.message : String(cause)}`);
      return false;
    }
  }

  #tell(message: string): void {
    if (message === this.#told) return;
    this.#told = message;
    this.#warn(message);
  }
}

function load(settings: Settings, at: number, warn: Warn): Promise<Certificate> {
  return settings.tls === null ? ofAuthority(settings, at, warn) : ownCertificate(settings.tls, at);
}
