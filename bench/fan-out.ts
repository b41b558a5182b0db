// Figure: an entry's way to 200 consoles through the built server, and what it costs; beside `ws` that broadcasts the same bytes at the same rate.
import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { startRole, tell } from './kit/child.ts';
import { type CrowdInput, type CrowdSaw, crowd } from './kit/crowd.ts';
import { type Figure, runFigure } from './kit/figure.ts';
import { rounded } from './kit/numbers.ts';
import { enterAsOwner, startParleyOn } from './kit/program.ts';
import { newFolder, rssMbOf, watchCpu } from './kit/system.ts';

const SOCKETS = 200;
const PER_SECOND = 100;
const FOR_MS = 10_000;
const LIMIT_MS = 40_000;
const TEXT = 'He says that his sister may come to the door, and asks what happens to the dog. '.repeat(4).trim();

interface Outcome extends CrowdSaw {
  readonly cpu: number;
  readonly rssMb: number;
}

async function withCrowd(input: Omit<CrowdInput, 'sockets' | 'perSecond' | 'forMs'>, serverPid: number): Promise<Outcome> {
  const clients = startRole('crowd', { ...input, sockets: SOCKETS, perSecond: PER_SECOND, forMs: FOR_MS });
  try {
    await clients.next('ready', LIMIT_MS);
    clients.send({ t: 'go' });
    await clients.next('window-open', LIMIT_MS);
    const used = watchCpu(serverPid);
    await clients.next('window-closed', LIMIT_MS);
    const [cpu, rssMb] = [rounded(used()), rounded(rssMbOf(serverPid))];
    const { saw } = await clients.next<{ saw: CrowdSaw }>('saw', LIMIT_MS);
    return { ...saw, cpu, rssMb };
  } finally {
    await clients.end();
  }
}

async function ofParley(): Promise<Outcome> {
  const data = newFolder();
  const parley = await startParleyOn(data);
  try {
    const owner = await enterAsOwner(parley);
    const { id } = await owner.post<{ id: string }>('/api/incidents', { title: 'Bench', exercise: true });
    const url = `${parley.url.replace('http', 'ws')}/api/team?incident=${id}`;
    const headers = { cookie: owner.cookie, origin: parley.url };
    return await withCrowd({ url, headers, text: TEXT, parley: true }, parley.pid);
  } finally {
    await parley.end();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Role: the least that can be done. What comes in goes out to all, with as many bytes as Parley's message has. */
async function broadcast({ bytes }: { bytes: number }): Promise<void> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  const all = new Set<WebSocket>();
  server.on('connection', (socket) => {
    all.add(socket);
    socket.on('close', () => all.delete(socket));
    socket.on('message', (data: Buffer) => {
      const { id, text } = JSON.parse(data.toString()) as { id: string; text: string };
      socket.send(JSON.stringify({ t: 'ack', id, seq: 1 }));
      const out = Buffer.from(JSON.stringify({ t: 'entries', entries: [text] }).padEnd(bytes, ' '));
      for (const one of all) one.send(out, { binary: false });
    });
  });
  server.on('listening', () => tell({ t: 'listening', port: (server.address() as AddressInfo).port }));
}

async function ofPlainWs(bytes: number): Promise<Outcome> {
  const server = startRole('broadcast', { bytes });
  try {
    const { port } = await server.next<{ port: number }>('listening', LIMIT_MS);
    return await withCrowd({ url: `ws://127.0.0.1:${port}`, headers: {}, text: TEXT, parley: false }, server.pid);
  } finally {
    await server.end();
  }
}

async function measure(): Promise<Figure> {
  const ours = await ofParley();
  const plain = await ofPlainWs(ours.messageBytes);
  const what = `ws, ${ours.messageBytes} bytes to all, nothing kept`;
  return {
    figure: 'fan-out',
    rows: [
      {
        what: `entry seen by ${SOCKETS} sockets, ${PER_SECOND}/s`,
        unit: 'ms',
        ours: ours.seen,
        baseline: { what, values: plain.seen },
        target: 'p99 <= 15 ms',
      },
      {
        what: 'entry acknowledged meanwhile',
        unit: 'ms',
        ours: ours.acked,
        baseline: { what, values: plain.acked },
        target: 'p99 <= 10 ms',
      },
      {
        what: 'server, all threads, of one core',
        unit: '%',
        ours: { cpu: ours.cpu },
        baseline: { what, values: { cpu: plain.cpu } },
        target: '<= 30 %',
      },
      { what: 'server, resident memory', unit: 'MB', ours: { rss: ours.rssMb }, baseline: { what, values: { rss: plain.rssMb } } },
    ],
    facts: {
      entries: ours.sent,
      deliveries: ours.deliveries,
      missing: ours.sent * SOCKETS - ours.deliveries,
      missingAtBaseline: plain.sent * SOCKETS - plain.deliveries,
      messageBytes: ours.messageBytes,
    },
    leftOut: ['three of the 200 as Chromium: all are plain sockets of one person here'],
  };
}

await runFigure(measure, { crowd, broadcast });
