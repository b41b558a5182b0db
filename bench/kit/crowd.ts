// Many plain sockets in one process: one of them writes, all note when they see it. Speaks Parley's team door, or a bare broadcast.
import { WebSocket } from 'ws';
import { heard, tell } from './child.ts';
import { p50p99 } from './numbers.ts';
import { evenly, sleep } from './system.ts';

export interface CrowdInput {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sockets: number;
  readonly perSecond: number;
  readonly forMs: number;
  /** Text of an entry; its beginning is replaced by a mark of when it was sent. */
  readonly text: string;
  /** False: every message is sent as it is and comes back to all. */
  readonly parley: boolean;
}

export interface CrowdSaw {
  readonly seen: { p50: number; p99: number };
  readonly acked: { p50: number; p99: number };
  readonly sent: number;
  readonly deliveries: number;
  /** Length of a message that carried one entry, bytes. */
  readonly messageBytes: number;
}

const WARM_MS = 2_000;
const SETTLE_MS = 1_000;
const BEAT_MS = 1_000;
const BEGIN = Buffer.from('@@');

/** Role: says `ready` when all are in, begins at `go`, says `window-open`, then `window-closed`, then `saw`. */
export async function crowd(input: CrowdInput): Promise<void> {
  const run = new Run(input);
  heard('go', () => void run.measure());
  await run.join();
  tell({ t: 'ready' });
}

class Run {
  readonly #input: CrowdInput;
  readonly #sockets: WebSocket[] = [];
  readonly #seen: number[] = [];
  readonly #acked: number[] = [];
  readonly #sentAt = new Map<string, number>();
  #isOpen = false;
  #openedAt = Number.POSITIVE_INFINITY;
  #closedAt = Number.POSITIVE_INFINITY;
  #messageBytes = 0;

  constructor(input: CrowdInput) {
    this.#input = input;
  }

  async join(): Promise<void> {
    for (let i = 0; i < this.#input.sockets; i++) this.#sockets.push(await this.#open());
    if (!this.#input.parley) return;
    setInterval(() => {
      for (const socket of this.#sockets) socket.send('{"t":"beat"}');
    }, BEAT_MS);
  }

  #open(): Promise<WebSocket> {
    const { url, headers, parley } = this.#input;
    const socket = new WebSocket(url, { headers, perMessageDeflate: false });
    socket.on('message', (data: Buffer) => this.#take(data));
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('open', () => {
        if (parley) socket.send('{"t":"hello","v":1,"after":0,"roles":[]}');
        resolve(socket);
      });
    });
  }

  #isIn(sentAt: number): boolean {
    return sentAt >= this.#openedAt && sentAt < this.#closedAt;
  }

  #take(data: Buffer): void {
    const now = performance.now();
    for (let at = data.indexOf(BEGIN); at >= 0; at = data.indexOf(BEGIN, at + 2)) {
      const sentAt = Number(data.toString('latin1', at + 2, at + 14));
      if (!this.#isIn(sentAt)) continue;
      this.#seen.push(now - sentAt);
      if (data.lastIndexOf(BEGIN) === at && data.indexOf(BEGIN) === at) this.#messageBytes = data.length;
    }
    if (data.length > 200 || !data.includes('"t":"ack"')) return;
    const { id } = JSON.parse(data.toString()) as { id: string };
    const sentAt = this.#sentAt.get(id);
    this.#sentAt.delete(id);
    if (sentAt !== undefined && this.#isIn(sentAt)) this.#acked.push(now - sentAt);
  }

  #send(turn: number): void {
    const now = performance.now();
    const id = `bench-${String(turn).padStart(12, '0')}`;
    const text = `@@${now.toFixed(3).padStart(12, '0')}${this.#input.text}`;
    this.#sentAt.set(id, now);
    const command = this.#input.parley ? { t: 'command', id, command: { type: 'write-note', text } } : { t: 'command', id, text };
    this.#sockets[0]?.send(JSON.stringify(command));
  }

  async measure(): Promise<void> {
    const { perSecond, forMs } = this.#input;
    await evenly(perSecond, WARM_MS + forMs, (turn) => {
      if (!this.#isOpen && turn >= (perSecond * WARM_MS) / 1000) this.#openWindow();
      this.#send(turn);
    });
    this.#closedAt = performance.now();
    tell({ t: 'window-closed' });
    await sleep(SETTLE_MS);
    const saw: CrowdSaw = {
      seen: p50p99(this.#seen),
      acked: p50p99(this.#acked),
      sent: Math.round((perSecond * forMs) / 1000),
      deliveries: this.#seen.length,
      messageBytes: this.#messageBytes,
    };
    tell({ t: 'saw', saw });
  }

  #openWindow(): void {
    this.#isOpen = true;
    this.#openedAt = performance.now();
    tell({ t: 'window-open' });
  }
}
