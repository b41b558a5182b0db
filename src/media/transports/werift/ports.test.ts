// Ports are handed out one slice at a time, and never one that somebody holds.
import { createSocket, type Socket } from 'node:dgram';
import { afterEach, expect, it } from 'vitest';
import { createPortAllocator } from './ports.ts';

const sockets: Socket[] = [];
const hold = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    sockets.push(socket);
    socket.once('error', reject);
    socket.bind(port, () => resolve());
  });
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

it('[N31] gives slices whose first port is free, also when many ask at once', async () => {
  const withPorts = createPortAllocator({ first: 41_600, last: 41_639 }, () => 0);
  await hold(41_600);
  const firsts = await Promise.all(
    Array.from({ length: 9 }, () =>
      withPorts(async ([first]) => {
        await hold(first);
        return first;
      }),
    ),
  );
  expect(firsts).toEqual([41_604, 41_608, 41_612, 41_616, 41_620, 41_624, 41_628, 41_632, 41_636]);
});

it('[N31] a failure of one does not keep the next from its turn', async () => {
  const withPorts = createPortAllocator({ first: 41_640, last: 41_647 }, () => 0);
  const failed = withPorts(() => Promise.reject(new Error('engine')));
  const next = withPorts(([first]) => Promise.resolve(first));
  await expect(failed).rejects.toThrow('engine');
  expect(await next).toBe(41_640);
});
