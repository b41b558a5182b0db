// How this box faces its network: with TLS or without, the page about trust, the plain door beside it. Certificates are made elsewhere.
import type { Server as TlsServer } from 'node:https';
import type { FastifyInstance } from 'fastify';
import { type Config, isLoopback } from '../config.ts';
import { fingerprintOf } from './authority.ts';
import { Certificates } from './certificate.ts';
import { namesOf, originsOf, reachableHost, usesTls } from './names.ts';
import { type Plain, startPlain } from './plain.ts';
import { TRUST_PATHS, type Trust, trustFile } from './trust.ts';

const NOTHING_TO_TRUST: Trust = { authority: null, address: '/trust', next: '/console' };

/** What changes while it runs. */
export interface Changes {
  /** The server that got a port, and the port. */
  readonly app: FastifyInstance;
  readonly port: number;
}

/** The box as its network sees it. */
export class Face {
  readonly #config: Config;
  readonly #certificates: Certificates | null;
  #trust = NOTHING_TO_TRUST;
  #plain: Plain | null = null;

  private constructor(config: Config, certificates: Certificates | null) {
    this.#config = config;
    this.#certificates = certificates;
  }

  /** Reads or makes the certificate, where one is needed. @throws CertificateFault */
  static async open(config: Config, at: number): Promise<Face> {
    return new Face(config, usesTls(config) ? await Certificates.open(config, at, (message) => process.emitWarning(message)) : null);
  }

  /** Options for the HTTPS server; null where pages are served without TLS. */
  get https(): { readonly key: string; readonly cert: string; readonly minVersion: 'TLSv1.2' } | null {
    const current = this.#certificates?.current;
    return current === undefined ? null : { key: current.key, cert: current.cert, minVersion: 'TLSv1.2' };
  }

  /** Whole days until the certificate ends; null without one. */
  daysLeft(at: number): number | null {
    return this.#certificates?.daysLeft(at) ?? null;
  }

  /** Registers the page about trust, and says HSTS on every answer where this server itself speaks TLS. */
  register(app: FastifyInstance): void {
    for (const path of TRUST_PATHS) {
      app.get(path, async (_, reply) => {
        const file = await trustFile(path, this.#trust);
        return file === null ? reply.code(404).send() : reply.type(file.type).send(file.body);
      });
    }
    if (this.#certificates === null) return;
    app.addHook('onSend', async (request, reply) => {
      // Browsers would carry it over to every other program on the loopback.
      if (!isLoopback(request.hostname.replace(/^\[|\]$/g, ''))) reply.header('strict-transport-security', 'max-age=15552000');
    });
  }

  /** Where the console is reached. */
  url(port: number): string {
    const scheme = this.#certificates === null ? 'http' : 'https';
    return this.#config.publicUrl ?? `${scheme}://${reachableHost(this.#config)}:${port}`;
  }

  /** Origins of this box's own pages under its present names; none without TLS, where only the loopback counts. */
  origins(port: number): readonly string[] {
    return this.#certificates === null ? [] : originsOf(namesOf(this.#config), { scheme: 'https', port });
  }

  /** Opens the plain door, if there is to be one, and settles what the page about trust says. @throws Error of Node */
  async listening(port: number): Promise<void> {
    const { host, httpPort } = this.#config;
    if (this.#certificates !== null && httpPort !== 0) {
      const secureOrigin = (name: string) => this.origins(port).find((origin) => new URL(origin).hostname === name) ?? this.url(port);
      this.#plain = await startPlain({ port: httpPort, host, trust: () => this.#trust, secureOrigin });
    }
    this.#settleTrust(port);
  }

  #settleTrust(port: number): void {
    const host = reachableHost(this.#config);
    const base =
      this.#plain === null ? `${this.#certificates === null ? 'http' : 'https'}://${host}:${port}` : `http://${host}:${this.#plain.port}`;
    this.#trust = { authority: this.#certificates?.current.authority ?? null, address: `${base}/trust`, next: `${this.url(port)}/console` };
  }

  /** Looks again at names, files and dates; serves with another certificate from the next connection on when one is due. */
  async look({ app, port }: Changes, at: number): Promise<void> {
    if (this.#certificates === null) return;
    if (await this.#certificates.refresh(at)) (app.server as unknown as TlsServer).setSecureContext(this.#certificates.current);
    this.#settleTrust(port);
  }

  /** Where a device learns to trust this box, and the fingerprint to compare; null when there is nothing to trust. */
  get trust(): { readonly page: string; readonly fingerprint: string } | null {
    const { authority, address } = this.#trust;
    return authority === null ? null : { page: address, fingerprint: fingerprintOf(authority) };
  }

  async close(): Promise<void> {
    await this.#plain?.close();
  }
}
