// Hands out the UDP ports of the configured range. One at a time: the engine looks for a free port and binds it in two steps.
import { createSocket } from 'node:dgram';
import { WorkerFault } from '../../fault.ts';

/** First and last port, both usable. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Width of the slice that one connection may choose from: one port for IPv4, one for IPv6, and room for a race with another process. */
const SLICE = 4;

/** Runs `use` with a slice of free ports, after all earlier calls have ended. */
export type WithPorts = <T>(use: (slice: [number, number]) => Promise<T>) => Promise<T>;

/** `random` (0 to below 1) spreads the processes of one machine over the range. */
export function createPortAllocator(range: PortRange, random: () => number): WithPorts {
  let tail: Promise<unknown> = Promise.resolve();
  return (use) => {
    const turn = tail.then(async () => use(await freeSlice(range, random)));
    tail = turn.catch(() => undefined);
    return turn;
  };
}

async function freeSlice(range: PortRange, random: () => number): Promise<[number, number]> {
  const slices = Math.max(1, Math.floor((range.last - range.first + 1) / SLICE));
  const start = Math.floor(random() * slices);
  for (let i = 0; i < slices; i++) {
    const first = range.first + ((start + i) % slices) * SLICE;
    if (await isFree(first)) return [first, Math.min(first + SLICE - 1, range.last)];
  }
  // Every slice has a leg on its first port; the engine may still find a single port anywhere.
  if (slices > 0) return [range.first, range.last];
  throw new WorkerFault('no-port', `no free UDP port in ${range.first}-${range.last}`);
}

async function isFree(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  const bound = await new Promise<boolean>((resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind(port, () => resolve(true));
  });
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return bound;
}
