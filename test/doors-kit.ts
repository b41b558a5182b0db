// A server without a network for tests of its doors: memory for a store, a clock that tests set, hashes that cost nothing, no sound.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import { openMemoryFiles } from '../src/adapters/files/memory/files.ts';
import { MemoryPictures } from '../src/adapters/pictures/memory/pictures.ts';
import { openMemoryStore } from '../src/adapters/store/memory/store.ts';
import { openMemorySearch } from '../src/adapters/store/search/memory/search.ts';
import type { Callers } from '../src/ports/callers.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Media } from '../src/ports/media.ts';
import type { Hasher } from '../src/server/access/passwords.ts';
import { type Config, readConfig } from '../src/server/config.ts';
import { type Assembled, assemble } from '../src/server/server.ts';
import { Face } from '../src/server/tls/face.ts';

export const ORIGIN = 'http://localhost:8080';
export const PASSWORD = 'quartz ladder mossy 41';

/** Time that stands still until a test moves it. */
export class SetClock implements Clock {
  readonly bootId = 'test';
  ms = Date.parse('2026-03-01T08:00:00.000Z');
  now() {
    return { at: this.ms, monoNs: String(this.ms) };
  }
  pass(ms: number): void {
    this.ms += ms;
  }
}

/** Hashes that can be read, and a count of how often one was checked. */
export class PlainHasher implements Hasher {
  checks = 0;
  async hash(password: string): Promise<string> {
    return `plain:${password}`;
  }
  async verify(hash: string, password: string): Promise<boolean> {
    this.checks += 1;
    return hash === `plain:${password}`;
  }
}

/** Sound that is never heard; remembers which legs were ended. */
export class NoSound implements Media {
  readonly ended: string[] = [];
  async open() {
    return {
      answer: async () => 'v=0',
      setEdges: async () => undefined,
      endLeg: async (leg: string) => void this.ended.push(leg),
      keep: () => undefined,
      acknowledge: () => undefined,
      detach: async () => undefined,
      close: async () => undefined,
    };
  }
}

/** Simulated people that only are asked for. `most`: how many may call. */
export class NoCallers implements Callers {
  readonly called: string[] = [];
  most = 2;
  call(address: string): boolean {
    if (this.called.length >= this.most) return false;
    this.called.push(address);
    return true;
  }
  readonly invited: string[] = [];
  coach(invitation: string): boolean {
    this.invited.push(invitation);
    return true;
  }
  stop(): void {}
}

export interface Asks {
  readonly cookie?: string | undefined;
  readonly body?: unknown;
  readonly origin?: string | null;
  readonly address?: string;
  readonly method?: string;
}

export interface Reply {
  readonly status: number;
  readonly body: {
    readonly [key: string]: unknown;
    readonly refused?: { readonly rule: string; readonly why: string; readonly next: string };
  };
  readonly cookie: string | undefined;
  readonly raw: LightMyRequestResponse;
}

/** A box for one test. */
export class Box {
  readonly clock = new SetClock();
  readonly hasher = new PlainHasher();
  readonly disk = openMemoryStore();
  readonly callers = new NoCallers();
  readonly media = new NoSound();
  readonly files = openMemoryFiles();
  readonly pictures = new MemoryPictures();
  readonly config: Config;
  #assembled: Assembled | null = null;

  readonly #more: { readonly examplesDir?: string };

  constructor(env: Readonly<Record<string, string>> = {}, more: { readonly examplesDir?: string } = {}) {
    this.#more = more;
    const webDir = mkdtempSync(join(tmpdir(), 'parley-web-'));
    for (const page of ['index.html', 'console.html']) writeFileSync(join(webDir, page), '<!doctype html><title>page</title>');
    this.config = readConfig({ PARLEY_DATA: webDir, ...env });
  }

  /** Starts it, or starts it again on what it has kept. */
  async start(): Promise<this> {
    await this.#assembled?.app.close();
    const { store, vault } = this.disk;
    const parts = {
      config: this.config,
      store,
      vault,
      search: openMemorySearch(),
      ...this.#more,
      media: this.media,
      clock: this.clock,
      webDir: this.config.dataDir,
      hasher: this.hasher,
      callers: this.callers,
      files: this.files,
      pictures: this.pictures,
    };
    this.#assembled = await assemble(parts, await Face.open(this.config, this.clock.ms));
    this.#assembled.setOrigins(new Set([ORIGIN]));
    await this.#assembled.app.ready();
    return this;
  }

  get it(): Assembled {
    if (this.#assembled === null) throw new Error('start the box first');
    return this.#assembled;
  }

  async stop(): Promise<void> {
    await this.#assembled?.app.close();
  }

  async ask(path: string, asks: Asks = {}): Promise<Reply> {
    const { cookie, body, origin = ORIGIN, address = '127.0.0.1', method = body === undefined ? 'GET' : 'POST' } = asks;
    const raw = await this.it.app.inject({
      method: method as 'GET',
      url: path,
      remoteAddress: address,
      headers: {
        host: 'localhost:8080',
        ...(origin === null ? {} : { origin }),
        ...(cookie === undefined ? {} : { cookie: `parley=${cookie}` }),
      },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const isJson = String(raw.headers['content-type'] ?? '').startsWith('application/json');
    return { status: raw.statusCode, body: isJson ? raw.json() : {}, cookie: raw.cookies.find((c) => c.name === 'parley')?.value, raw };
  }

  /** Comes in by a ticket. Answers the cookie. */
  async enter(token: string, name: string): Promise<string> {
    const { status, cookie, body } = await this.ask('/api/enter', { body: { token, name } });
    if (status !== 200 || cookie === undefined) throw new Error(`not let in: ${status} ${JSON.stringify(body)}`);
    return cookie;
  }

  async owner(name = 'Olga Owner'): Promise<string> {
    const token = await this.it.doors.ownerTicket();
    return this.enter(token ?? '', name);
  }

  /** Somebody whom this person invites. */
  async invited(by: string, name: string, brings: object = {}): Promise<string> {
    const { body } = await this.ask('/api/invitations', { cookie: by, body: brings });
    return this.enter(String(body['url']).split('=')[1] ?? '', name);
  }

  /** The entries of the people stream as they are kept. */
  async people(): Promise<
    readonly { readonly type: string; readonly who: string; readonly payload: Record<string, unknown>; readonly text: string }[]
  > {
    const lines = await this.disk.store.read('people', 0, 1000);
    return lines.map(({ line, payload }) => {
      const head = JSON.parse(line.slice(65)) as { type: string; who: string };
      return { type: head.type, who: head.who, payload: JSON.parse(payload), text: line + payload };
    });
  }
}
