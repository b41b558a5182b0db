// The contract of sound on both adapters, and what only processes can show: a worker that dies, a file that keeps its secret.
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryMedia, memoryOffer } from '../../src/adapters/media/memory/media.ts';
import { openWorkerMedia } from '../../src/adapters/media/worker/media.ts';
import type { MediaEvent, MediaRoom } from '../../src/ports/media.ts';
import { mediaContract } from './media.ts';
import { MediaPeer } from './media-peer.ts';

const workerEntry = join(import.meta.dirname, '../../dist/media.js');

mediaContract('memory', async () => ({
  media: new MemoryMedia(),
  farEnd: async ({ slots, mic }) => ({ sdp: memoryOffer(slots, mic), accept: async () => undefined, close: async () => undefined }),
  remove: async () => undefined,
}));

mediaContract('worker', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-media-'));
  return {
    media: openWorkerMedia({ dataDir, workerEntry, announceIps: [], ports: [41_200, 41_299] }),
    farEnd: async ({ slots, mic }) => {
      const peer = new MediaPeer(mic ? 600 : 0, slots);
      return {
        sdp: await peer.offer(),
        accept: async (answer) => {
          await peer.accept(answer);
          if (mic) peer.start();
        },
        close: () => peer.close(),
      };
    },
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
});

describe('a worker process', () => {
  let dataDir: string;
  let room: MediaRoom | undefined;
  const events: MediaEvent[] = [];
  const peers: MediaPeer[] = [];
  const record = async (): Promise<{ pid: number; secret: string; socket: string }> =>
    JSON.parse(await readFile(join(dataDir, 'run', 'r1.json'), 'utf8'));
  const until = <T>(find: () => T | undefined | false): Promise<T> => vi.waitUntil(find, { timeout: 10_000, interval: 10 }) as Promise<T>;
  const open = (): Promise<MediaRoom> =>
    openWorkerMedia({ dataDir, workerEntry, announceIps: [], ports: [41_300, 41_399] }).open('r1', (event) => events.push(event));

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'parley-media-'));
    events.length = 0;
    room = await open();
  });
  afterEach(async () => {
    for (const peer of peers.splice(0)) await peer.close();
    await room?.close().catch(() => undefined);
    await rm(dataDir, { recursive: true, force: true });
  });

  it('[T30] keeps its secret in a file that only the owner can read, and never on a command line', async () => {
    const { pid, secret } = await record();
    const { mode } = await stat(join(dataDir, 'run', 'r1.json'));
    expect(mode & 0o777).toBe(0o600);
    if (process.platform === 'linux') expect(await readFile(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(secret);
  });

  it('[A9] one that is killed is replaced, and what it recorded is repaired and told', async () => {
    const peer = new MediaPeer(600, 1);
    peers.push(peer);
    await peer.accept(await (room as MediaRoom).answer('leg-a', await peer.offer(), { hearSlots: 1, warm: true }));
    peer.start();
    await until(() => events.some((event) => event.t === 'report' && event.report.kind === 'recording-started'));
    const startedMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const { pid } = await record();
    process.kill(pid, 'SIGKILL');
    const livedMs = performance.now() - startedMs;
    await until(() => events.some((event) => event.t === 'down'));
    await until(() => events.findLast((event) => event.t === 'attached' && !event.adopted && events.indexOf(event) > 0));
    const repaired = await until(() =>
      events.flatMap((event) => (event.t === 'report' && event.report.kind === 'segment-closed' ? [event.report] : [])).at(0),
    );
    expect(repaired).toMatchObject({ leg: 'leg-a', file: 'leg-a/00001.opus', cause: 'repaired' });
    expect(repaired.durationMs).toBeGreaterThan(livedMs - 1_000); // at most a second of sound is lost
    expect((await record()).pid).not.toBe(pid);
    await (room as MediaRoom).setEdges(1, []);
  });

  it('[A9] one that stopped answering is ended and replaced by the next server', async () => {
    const { pid } = await record();
    await (room as MediaRoom).detach();
    process.kill(pid, 'SIGSTOP');
    room = await open();
    const attached = await until(() => events.findLast((event) => event.t === 'attached' && events.indexOf(event) > 0));
    expect(attached).toMatchObject({ adopted: false });
    expect((await record()).pid).not.toBe(pid);
  });

  it('[A9] the terminal that goes away does not take it along; the system can end it in order', async () => {
    const { pid } = await record();
    process.kill(pid, 'SIGINT');
    process.kill(pid, 'SIGHUP');
    await (room as MediaRoom).setEdges(1, []);
    process.kill(pid, 'SIGTERM');
    await until(() => events.some((event) => event.t === 'down'));
    await until(() => events.filter((event) => event.t === 'attached').length === 2);
  });
});
