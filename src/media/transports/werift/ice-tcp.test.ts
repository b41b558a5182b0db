// The TCP side of a leg: frames in any cut, both ways, and what it does with who misbehaves.
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Framer, framed, openTcpSide, type TcpSide } from './ice-tcp.ts';

describe('frames', () => {
  it('[N60] come out whole and in order, however the stream was cut', () => {
    const packets = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 20 });
    fc.assert(
      fc.property(packets, fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 }), (sent, cuts) => {
        let stream = Buffer.concat(sent.map((packet) => framed(Buffer.from(packet))));
        const framer = new Framer();
        const got: Buffer[] = [];
        for (let i = 0; stream.length > 0; i++) {
          const cut = cuts[i % cuts.length] as number;
          got.push(...(framer.push(stream.subarray(0, cut)) ?? []));
          stream = stream.subarray(cut);
        }
        expect(got.map((one) => [...one])).toEqual(sent.map((one) => [...one]));
      }),
    );
  });
});

describe('the TCP side of a leg', () => {
  let leg: UdpSocket;
  let port: number;
  let side: TcpSide | undefined;
  const came: { text: string; port: number }[] = [];
  const open: Socket[] = [];

  beforeEach(async () => {
    came.length = 0;
    leg = createSocket('udp4');
    leg.on('message', (packet, from) => came.push({ text: packet.toString(), port: from.port }));
    leg.bind(0, '0.0.0.0');
    await once(leg, 'listening');
    port = leg.address().port;
    side = await openTcpSide({ family: 4, port });
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.destroy();
    side?.close();
    leg.close();
  });
  const dial = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    open.push(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };

  it('[N60] carries packets to the leg and its answers back, each connection as an address of its own', async () => {
    const [a, b] = [await dial(), await dial()];
    a.write(framed(Buffer.from('from a')));
    b.write(framed(Buffer.from('from b')));
    await vi.waitUntil(() => came.length === 2);
    const ofA = came.find(({ text }) => text === 'from a');
    expect(came.map(({ text }) => text).sort()).toEqual(['from a', 'from b']);
    const answer = once(a, 'data');
    leg.send('to a', ofA?.port ?? 0, '127.0.0.1');
    expect(await answer).toEqual([framed(Buffer.from('to a'))]);
    expect(b.bytesRead).toBe(0);
  });

  it('[N60] closes a connection that sends no frames, and goes on with the others', async () => {
    const [bad, good] = [await dial(), await dial()];
    bad.write('GET / HTTP/1.1\r\n\r\n');
    await once(bad, 'close');
    good.write(framed(Buffer.from('still here')));
    await vi.waitUntil(() => came.length === 1);
    expect(came[0]?.text).toBe('still here');
  });

  it('[N60] takes nothing from other programs on this machine by the socket of a connection', async () => {
    const a = await dial();
    a.write(framed(Buffer.from('hello')));
    await vi.waitUntil(() => came.length === 1);
    const stranger = createSocket('udp4');
    const answer = once(a, 'data');
    await new Promise((sent) => stranger.send('from a stranger', came[0]?.port ?? 0, '127.0.0.1', sent));
    leg.send('from the leg', came[0]?.port ?? 0, '127.0.0.1');
    expect(await answer).toEqual([framed(Buffer.from('from the leg'))]);
    stranger.close();
  });

  it('[N60] has an end to its connections, and ends them all when the leg ends', async () => {
    const many = await Promise.all(Array.from({ length: 17 }, () => dial()));
    await vi.waitUntil(() => many.some((socket) => socket.destroyed), { timeout: 3_000 });
    expect(many.filter((socket) => socket.destroyed)).toHaveLength(1);
    side?.close();
    await vi.waitUntil(() => many.every((socket) => socket.destroyed), { timeout: 3_000 });
  });

  it('[N60] is left out when somebody else has the port', async () => {
    expect(await openTcpSide({ family: 4, port })).toBeUndefined();
  });
});
