// The worker's door over a real local socket: who may speak, what bad input does, and that reports wait for an answer.
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FromWorker, fromWorker } from '../../protocol/worker.ts';
import { ManualClock } from '../memory/clock.ts';
import { MemoryDisk } from '../memory/disk.ts';
import { ReportJournal } from '../reports/journal.ts';
import { Room } from '../room.ts';
import { MemoryTransport, memoryOffer } from '../transports/memory/transport.ts';
import { Desk } from './desk.ts';
import { LineSplitter, MAX_LINE_CHARS } from './lines.ts';
import { listenLocal } from './listen.ts';

const SECRET = 'a-secret-of-the-test';

/** A server's end of the socket. */
class Client {
  readonly got: FromWorker[] = [];
  closed = false;
  readonly #socket: Socket;
  readonly #splitter = new LineSplitter();

  constructor(path: string) {
    this.#socket = connect(path);
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      this.closed = true;
    });
    this.#socket.on('data', (chunk) => {
      for (const line of this.#splitter.push(chunk)) this.got.push(fromWorker.parse(JSON.parse(line)));
    });
  }
  say(message: unknown): void {
    this.raw(`${JSON.stringify(message)}\n`);
  }
  raw(text: string): void {
    this.#socket.write(text);
  }
  end(): void {
    this.#socket.destroy();
  }
  until(fits: (message: FromWorker) => boolean): Promise<FromWorker> {
    return vi.waitUntil(() => this.got.find(fits), { timeout: 3_000, interval: 2 });
  }
}

describe('the door of the worker', () => {
  let folder: string;
  let path: string;
  let server: Server;
  let journal: ReportJournal;
  let room: Room;
  let closed = 0;
  const clients: Client[] = [];
  const come = (): Client => {
    const client = new Client(path);
    clients.push(client);
    return client;
  };
  const attach = async (): Promise<Client> => {
    const client = come();
    client.say({ t: 'attach', secret: SECRET });
    await client.until((message) => message.t === 'state');
    return client;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-door-'));
    path = join(folder, 'w.sock');
    closed = 0;
    const disk = new MemoryDisk();
    journal = new ReportJournal('/rec', disk, () => undefined);
    let desk: Desk | undefined;
    room = new Room({
      dir: '/rec',
      segmentS: 60,
      clock: new ManualClock(),
      disk,
      log: () => undefined,
      random: () => 0.5,
      transports: (allowed) => new MemoryTransport(allowed),
      comfort: [],
      signal: (signal) => desk?.signal(signal),
      report: (report) => journal.add(report),
    });
    const onClosed = (): void => {
      closed += 1;
    };
    const openDesk = new Desk({ secret: SECRET, pid: 1, room, journal, log: () => undefined, onClosed });
    desk = openDesk;
    server = await listenLocal(path, (socket) => openDesk.accept(socket));
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.end();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  it('[T30] opens to the secret only, and says nothing to anyone else', async () => {
    for (const first of [
      { t: 'attach', secret: `${SECRET}x` },
      { t: 'attach', secret: `x${SECRET.slice(1)}` },
      { t: 'close', req: 1 },
      { t: 'renew', epoch: 1 },
      'hello',
    ]) {
      const stranger = come();
      stranger.say(first);
      await vi.waitUntil(() => stranger.closed);
      expect(stranger.got).toEqual([]);
    }
    expect((await attach()).got).toEqual([{ t: 'state', pid: 1, epoch: 0, edges: [], legs: [] }]);
    expect(closed).toBe(0);
  });

  it('[A9] a second server takes the place of the first', async () => {
    const first = await attach();
    const second = await attach();
    await vi.waitUntil(() => first.closed);
    second.say({ t: 'edges', req: 4, epoch: 1, edges: [] });
    expect(await second.until((message) => 'req' in message)).toEqual({ t: 'applied', req: 4, epoch: 1 });
  });

  it('[P2] answers what is no message with a fault, and what comes next as if nothing had been', async () => {
    const client = await attach();
    const rubbish = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ t: fc.constantFrom('offer', 'edges', 'ack', 'close', 'end-leg'), x: fc.anything() }).map((v) => JSON.stringify(v)),
    );
    const lines = fc.sample(rubbish, 150).map((line) => line.replaceAll('\n', ' '));
    for (const line of lines) client.raw(`${line}\n`);
    client.say({ t: 'edges', req: 77, epoch: 1, edges: [{ from: 'a', to: 'b', leased: false }] });
    expect(await client.until((message) => 'req' in message && message.req === 77)).toMatchObject({ t: 'applied' });
    expect(
      client.got.filter((message) => message.t === 'fault').every((fault) => fault.t === 'fault' && fault.code === 'bad-message'),
    ).toBe(true);
    client.say({ t: 'offer', req: 5, leg: '../etc', sdp: 'v=0', profile: { hearSlots: 1, warm: true } });
    expect(await client.until((message) => 'req' in message && message.req === 5)).toMatchObject({ t: 'fault', code: 'bad-message' });
    client.say({ t: 'offer', req: 6, leg: 'leg-a', sdp: 'no offer', profile: { hearSlots: 1, warm: true } });
    expect(await client.until((message) => 'req' in message && message.req === 6)).toMatchObject({ t: 'fault', code: 'bad-offer' });
    expect(client.closed).toBe(false);
    expect(closed).toBe(0);
  });

  it('[P3] a line without end closes its socket and no other', async () => {
    expect(() => new LineSplitter().push(Buffer.alloc(MAX_LINE_CHARS + 1, 97))).toThrow(RangeError);
    const flood = await attach();
    flood.raw('a'.repeat(MAX_LINE_CHARS + 1));
    await vi.waitUntil(() => flood.closed);
    expect((await attach()).got).toHaveLength(1);
  });

  it('[R4] tells reports until they are acknowledged, to whoever is there', async () => {
    const first = await attach();
    journal.add({ kind: 'recording-started', leg: 'leg-a', file: 'leg-a/00001.opus', atMs: 5 });
    await first.until((message) => message.t === 'report');
    const second = await attach();
    const told = await second.until((message) => message.t === 'report');
    second.say({ t: 'ack', n: told.t === 'report' ? told.n : 0 });
    await vi.waitUntil(() => journal.pending().length === 0);
    const third = await attach();
    third.say({ t: 'edges', req: 1, epoch: 1, edges: [] });
    await third.until((message) => message.t === 'applied');
    expect(third.got.some((message) => message.t === 'report')).toBe(false);
  });

  it('[R8] close ends legs, tells their recordings, waits for the acknowledgement, and only then says done', async () => {
    const client = await attach();
    client.say({ t: 'offer', req: 1, leg: 'leg-a', sdp: memoryOffer(1), profile: { hearSlots: 1, warm: true } });
    await client.until((message) => message.t === 'answer');
    journal.add({ kind: 'recording-started', leg: 'leg-a', file: 'leg-a/00001.opus', atMs: 5 });
    client.say({ t: 'close', req: 2 });
    const report = await client.until((message) => message.t === 'report');
    expect(client.got.some((message) => message.t === 'done')).toBe(false);
    client.say({ t: 'ack', n: report.t === 'report' ? report.n : 0 });
    await client.until((message) => message.t === 'done');
    await vi.waitUntil(() => closed === 1);
  });

  it('[A9] no second worker listens while the first answers; a socket that nobody answers is taken over', async () => {
    await expect(listenLocal(path, () => undefined)).rejects.toThrow(/another worker/);
    await new Promise((resolve) => server.close(resolve));
    server = await listenLocal(path, () => undefined);
  });
});
