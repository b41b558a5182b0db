// Figure: ten legs that all hear all through one media worker: processor, delay, memory; beside a bare forwarder of UDP packets and beside Janus.
import { createSocket, type RemoteInfo } from 'node:dgram';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installLine } from '../scripts/parts.mjs';
import { openWorkerMedia } from '../src/adapters/media/worker/media.ts';
import type { MediaRoom } from '../src/ports/media.ts';
import { endWorkersOf } from '../test/e2e/kit/parley.ts';
import { type Child, startRole, tell } from './kit/child.ts';
import { type Figure, runFigure } from './kit/figure.ts';
import { startJanus } from './kit/janus.ts';
import { fillJanusRoom } from './kit/janus-room.ts';
import { type LegsSaw, legs } from './kit/legs.ts';
import { rounded } from './kit/numbers.ts';
import { distFolder, newFolder, rssMbOf, sleep, watchCpu } from './kit/system.ts';

const LEGS = 10;
const OPEN_MICS = 4;
const WARM_MS = 2_000;
const FOR_MS = 6_000;
const LIMIT_MS = 25_000;
const FULL_CPU = 60;

interface Outcome extends LegsSaw {
  readonly cpu: number;
  readonly rssMb: number;
}

async function window(clients: Child, serverPid: number): Promise<Outcome> {
  await sleep(WARM_MS);
  const used = watchCpu(serverPid);
  clients.send({ t: 'window', forMs: FOR_MS });
  const { saw } = await clients.next<{ saw: LegsSaw }>('saw', LIMIT_MS);
  return { ...saw, cpu: rounded(used()), rssMb: rounded(rssMbOf(serverPid)) };
}

const nameOf = (leg: number) => `leg-${leg}`;

/** Everybody hears these microphones, but nobody himself. */
function matrix(mics: number) {
  const names = Array.from({ length: LEGS }, (_, leg) => nameOf(leg));
  return names.slice(0, mics).flatMap((from) => names.filter((to) => to !== from).map((to) => ({ from, to, leased: false })));
}

async function ofWorker(): Promise<{ full: Outcome; few: Outcome }> {
  const dataDir = newFolder();
  const workerEntry = join(distFolder, 'media.js');
  const media = openWorkerMedia({ dataDir, workerEntry, announceIps: ['127.0.0.1'], ports: [43_000, 43_199] });
  const room: MediaRoom = await media.open('bench', (event) => event.t === 'report' && room.acknowledge(event.n));
  const clients = startRole('legs', { legs: LEGS });
  try {
    clients.on<{ leg: number; sdp: string }>('offer', ({ leg, sdp }) => {
      const profile = { hearSlots: LEGS - 1, warm: false };
      void room.answer(nameOf(leg), sdp, profile).then((answer) => clients.send({ t: 'answer', leg, sdp: answer }));
    });
    await clients.next('ready', LIMIT_MS);
    const { pid } = JSON.parse(readFileSync(join(dataDir, 'run', 'bench.json'), 'utf8')) as { pid: number };
    await room.setEdges(1, matrix(LEGS));
    const full = await window(clients, pid);
    await room.setEdges(2, matrix(OPEN_MICS));
    const few = await window(clients, pid);
    return { full, few };
  } finally {
    await clients.end();
    await room.close().catch(() => undefined);
    await endWorkersOf(dataDir);
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Role: the least that can be done. What one sends, the first `mics` of them, goes to all others: no keys, no record. */
async function forward({ mics }: { mics: number }): Promise<void> {
  const socket = createSocket('udp4');
  const known = new Map<number, RemoteInfo>();
  socket.on('message', (bytes, from) => {
    const index = [...known.keys()].indexOf(from.port);
    if (index < 0) known.set(from.port, from);
    else if (index < mics) for (const [port, to] of known) if (port !== from.port) socket.send(bytes, port, to.address);
  });
  socket.bind(0, '127.0.0.1', () => tell({ t: 'listening', port: socket.address().port }));
}

async function ofBareUdp(mics: number): Promise<Outcome> {
  const server = startRole('forward', { mics });
  try {
    const { port } = await server.next<{ port: number }>('listening', LIMIT_MS);
    const clients = startRole('legs', { legs: LEGS, port });
    try {
      await clients.next('ready', LIMIT_MS);
      return await window(clients, server.pid);
    } finally {
      await clients.end();
    }
  } finally {
    await server.end();
  }
}

/** The same load on Janus's VideoRoom; null when it is not installed. */
async function ofJanus(mics: number): Promise<Outcome | null> {
  const folder = newFolder();
  const janus = await startJanus(folder);
  try {
    if (janus === null) return null;
    const clients = startRole('legs', { legs: LEGS, apart: true });
    try {
      await fillJanusRoom(janus, clients, { legs: LEGS, mics, folder });
      await clients.next('ready', LIMIT_MS);
      return await window(clients, janus.pid);
    } finally {
      await clients.end();
    }
  } finally {
    await janus?.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const BARE = 'one Node process, UDP in and out, no encryption and no record';
const JANUS = "Janus's VideoRoom, two paths a leg, recorded";

/** Ours beside one of the others. */
function rowsOf(what: string, ours: Outcome, { as, other }: { as: string; other: Outcome }, target: string): Figure['rows'] {
  const bare = other;
  const baseline = (values: Record<string, number>) => ({ what: as, values });
  return [
    { what: `${what}: worker, of one core`, unit: '%', ours: { cpu: ours.cpu }, baseline: baseline({ cpu: bare.cpu }), target },
    {
      what: `${what}: delay from sender to listener, both ends' stacks included`,
      unit: 'ms',
      ours: ours.delay,
      baseline: baseline(bare.delay),
      target: 'added by the server: p99 <= 5 ms',
    },
    {
      what: `${what}: resident memory`,
      unit: 'MB',
      ours: { rss: ours.rssMb },
      baseline: baseline({ rss: bare.rssMb }),
      target: '<= 170 MB',
    },
  ];
}

async function measure(): Promise<Figure> {
  const { full, few } = await ofWorker();
  const bareFull = await ofBareUdp(LEGS);
  const bareFew = await ofBareUdp(OPEN_MICS);
  const janusFull = await ofJanus(LEGS);
  const janusFew = await ofJanus(OPEN_MICS);
  const others = {
    full: [{ as: BARE, other: bareFull }, ...(janusFull === null ? [] : [{ as: JANUS, other: janusFull }])],
    few: [{ as: BARE, other: bareFew }, ...(janusFew === null ? [] : [{ as: JANUS, other: janusFew }])],
  };
  const perCore = (cpu: number) =>
    `>= 5 incidents a core at ${FULL_CPU} %, that is <= ${FULL_CPU / 5} % each; here ${rounded(FULL_CPU / cpu)}`;
  return {
    figure: 'forwarding',
    rows: [
      ...others.full.flatMap((other) => rowsOf(`${LEGS} legs, all hear all, recorded`, full, other, perCore(full.cpu))),
      ...others.few.flatMap((other) => rowsOf(`${LEGS} legs send, ${OPEN_MICS} are heard by all, recorded`, few, other, perCore(few.cpu))),
    ],
    facts: {
      packetsIn: full.sent,
      packetsOut: full.received,
      packetsOutExpected: full.sent * (LEGS - 1),
      packetsOutOfBare: bareFull.received,
      ...(janusFull === null ? {} : { packetsInOfJanus: janusFull.sent, packetsOutOfJanus: janusFull.received }),
      windowMs: FOR_MS,
    },
    leftOut: janusFull === null ? [`Janus beside it. Install it: ${installLine('janus')}`] : [],
  };
}

await runFigure(measure, { legs, forward });
