// People and devices without a browser: what a console and a subject's page say over fetch and WebSocket, and nothing of their inside.
import { randomBytes, webcrypto } from 'node:crypto';
import WebSocket from 'ws';
import { waitFor } from './kit/process.ts';

const SOON = { withinMs: 15_000 };

type Message = { readonly t: string; readonly [field: string]: unknown };
/** What of an entry is looked at here. */
export interface Seen {
  readonly seq: number;
  readonly type: string;
  readonly payload: Record<string, unknown>;
}
/** The health of sound as the team is shown it. */
export interface Moment {
  readonly legs: Readonly<Record<string, { readonly state: string; readonly db: number }>>;
  readonly worker: string;
  readonly far: Readonly<Record<string, unknown>>;
}

/** One console's socket: keeps all entries and moments that it was sent. Beats by itself. */
export class Desk {
  readonly entries: Seen[] = [];
  /** Every moment, with the wall clock in ms at which it came. */
  readonly moments: { readonly atMs: number; readonly now: Moment }[] = [];
  readonly #answers = new Map<string, Message>();
  readonly #socket: WebSocket;
  readonly #beat: NodeJS.Timeout;
  readonly cookie: string;
  readonly origin: string;
  readonly incidentId: string;

  private constructor(socket: WebSocket, at: { readonly cookie: string; readonly origin: string; readonly incidentId: string }) {
    this.#socket = socket;
    this.cookie = at.cookie;
    this.origin = at.origin;
    this.incidentId = at.incidentId;
    this.#beat = setInterval(() => socket.readyState === WebSocket.OPEN && socket.send('{"t":"beat"}'), 1_000);
    socket.on('message', (data) => this.#hear(JSON.parse(String(data)) as Message));
    socket.on('error', () => undefined);
  }

  /** Comes in by an owner's link under this name and opens an incident, whose leader this desk is then. */
  static async open(url: string, ownerLink: string, name: string): Promise<Desk> {
    const token = ownerLink.split('=')[1];
    const entered = await post(`${url}/api/enter`, { token, name });
    const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const { id } = (await (await post(`${url}/api/incidents`, { title: 'Bridge', exercise: false }, cookie)).json()) as { id: string };
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/team?incident=${id}`, { headers: { cookie, origin: url } });
    const desk = new Desk(socket, { cookie, origin: url, incidentId: id });
    await opened(socket);
    socket.send(JSON.stringify({ t: 'hello', v: 1, after: 0, roles: [] }));
    await waitFor('the first entries', () => desk.entries.length > 0, SOON);
    return desk;
  }

  /** Makes a link. */
  async link(): Promise<{ readonly lineId: string; readonly token: string; readonly url: string }> {
    const answer = await post(`${this.origin}/api/incidents/${this.incidentId}/links`, { label: '', kind: 'link' }, this.cookie);
    const { lineId, url } = (await answer.json()) as { lineId: string; url: string };
    return { lineId, url, token: url.split('#')[1] ?? '' };
  }

  /** Asks for a command and gives how long the answer took, in ms. @throws Error when it is refused or not answered. */
  async ask(command: { readonly type: string; readonly [field: string]: unknown }): Promise<number> {
    const id = randomBytes(12).toString('base64url');
    const askedMs = performance.now();
    this.#socket.send(JSON.stringify({ t: 'command', id, command }));
    const answer = await waitFor(
      `an answer to ${command.type}`,
      () => {
        if (this.#socket.readyState !== WebSocket.OPEN) throw new Error(`${command.type}: the socket of the desk is closed`);
        return this.#answers.get(id);
      },
      SOON,
    );
    if (answer.t !== 'ack') throw new Error(`${command.type}: ${JSON.stringify(answer)}`);
    return performance.now() - askedMs;
  }

  /** Lets a device in, or the first that waits on the line. */
  async admit(lineId: string, deviceId?: string): Promise<void> {
    const first = await waitFor('a waiting device', () => this.of('device-knocked', lineId)[0]?.payload['deviceId'], SOON);
    await this.ask({ type: 'admit-device', lineId, deviceId: deviceId ?? first });
  }

  /** Entries of one type, of one line. */
  of(type: string, lineId?: string): readonly Seen[] {
    return this.entries.filter((e) => e.type === type && (lineId === undefined || e.payload['lineId'] === lineId));
  }

  get now(): Moment | undefined {
    return this.moments.at(-1)?.now;
  }

  /** Waits until a moment is as wanted. Gives the wall clock in ms at which it came. */
  async until(what: string, is: (now: Moment) => boolean, withinMs = 10_000): Promise<number> {
    const from = this.moments.length;
    const found = await waitFor(what, () => this.moments.slice(Math.max(0, from - 1)).find(({ now }) => is(now)), { withinMs });
    return found.atMs;
  }

  /** How a leg did since a wall clock time: states and the quietest level. */
  since(atMs: number, leg: string): { readonly states: readonly string[]; readonly minDb: number; readonly moments: number } {
    const legs = this.moments.filter((m) => m.atMs >= atMs).map(({ now }) => now.legs[leg]);
    return {
      states: [...new Set(legs.map((l) => l?.state ?? 'none'))],
      minDb: Math.min(...legs.map((l) => l?.db ?? -100)),
      moments: legs.length,
    };
  }

  close(): void {
    clearInterval(this.#beat);
    this.#socket.terminate();
  }

  #hear(message: Message): void {
    if (message.t === 'entries') this.entries.push(...(message['entries'] as Seen[]).filter((e) => e.type !== undefined));
    if (message.t === 'reset') this.entries.length = 0;
    if (message.t === 'signals') this.moments.push({ atMs: Date.now(), now: message['signals'] as Moment });
    if (message.t === 'ack' || message.t === 'refused') this.#answers.set(String(message['id']), message);
  }
}

/** A device of the far end, with a key of its own and no sound. */
export class Device {
  readonly messages: Message[] = [];
  /** Close code of its socket, null while it is open. */
  closed: number | null = null;
  readonly socket: WebSocket;
  readonly #key: webcrypto.CryptoKeyPair;
  #beat: NodeJS.Timeout | null = null;

  private constructor(socket: WebSocket, key: webcrypto.CryptoKeyPair) {
    this.socket = socket;
    this.#key = key;
    socket.on('message', (data) => void this.messages.push(JSON.parse(String(data)) as Message));
    socket.on('close', (code) => {
      this.closed = code;
      if (this.#beat !== null) clearInterval(this.#beat);
    });
    socket.on('error', () => undefined);
  }

  /** Opens a socket and waits for the server's nonce. `agent`: what the device says it is. `like`: has the same key. */
  static async open(origin: string, { agent = 'a test', like }: { readonly agent?: string; readonly like?: Device } = {}): Promise<Device> {
    const key =
      like !== undefined ? like.#key : await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/field`, { headers: { origin, 'user-agent': agent } });
    const device = new Device(socket, key);
    await opened(socket);
    if (device.messages.length === 0) await new Promise((resolve) => socket.once('message', resolve));
    return device;
  }

  /** What it says to knock; `nonce`: that of another socket, as a thief would use it. */
  async knockText(token: string, nonce = this.messages[0]?.['nonce'] as string): Promise<string> {
    const { x, y } = await webcrypto.subtle.exportKey('jwk', this.#key.publicKey);
    const signed = await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, this.#key.privateKey, Buffer.from(nonce));
    const signature = Buffer.from(signed).toString('base64url');
    return JSON.stringify({ t: 'knock', v: 1, token, key: { kty: 'EC', crv: 'P-256', x, y }, signature });
  }

  /** Knocks and goes on to beat like a page. */
  async knock(token: string): Promise<void> {
    this.socket.send(await this.knockText(token));
    this.#beat = setInterval(
      () => this.socket.readyState === WebSocket.OPEN && this.socket.send('{"t":"beat","mic":"none","foreground":true}'),
      1_000,
    );
  }

  /** Kinds of message it was sent, beats left out. */
  get heard(): readonly string[] {
    return this.messages.map((m) => m.t).filter((t) => t !== 'beat');
  }

  /** What its knock came to: the first message after the nonce, or the code with which its socket was closed. Costs no polling. */
  answer(withinMs: number): Promise<string | number> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('a knock was not answered')), withinMs);
      const settle = (answer: string | number) => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.socket.on('message', (data) => {
        const { t } = JSON.parse(String(data)) as Message;
        if (t !== 'beat' && t !== 'nonce') settle(t);
      });
      this.socket.once('close', (code) => settle(code));
    });
  }

  until(t: string): Promise<unknown> {
    return waitFor(`"${t}" at a device`, () => this.heard.includes(t), SOON);
  }

  untilClosed(): Promise<number> {
    return waitFor('the end of the socket', () => this.closed ?? undefined, SOON);
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
}

async function post(address: string, body: unknown, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: new URL(address).origin, cookie };
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** What the server answers to a WebSocket: `open`, or the status with which it was refused. */
export function trySocket(address: string, headers: Readonly<Record<string, string>>): Promise<number | 'open'> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, { headers, handshakeTimeout: 5_000 });
    socket.once('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.once('unexpected-response', (_, response) => {
      socket.on('error', () => undefined);
      socket.terminate();
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', reject);
  });
}
