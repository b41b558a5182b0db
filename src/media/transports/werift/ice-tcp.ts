// ICE over TCP (RFC 6544, passive side): frames of a TCP connection (RFC 4571) go to the leg's own UDP port on the loopback and back.
// For the engine each connection is one more far address; it authenticates what comes, this file only carries it.
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server, type Socket as TcpSocket } from 'node:net';

/** Connections that one leg may have at once: a browser makes one for each of its own addresses. */
const MAX_CONNECTIONS = 16;
/** A connection that brings nothing for this long is closed: checks come every few seconds, in milliseconds. */
const IDLE_MS = 30_000;
/** The longest frame that is taken; sound packets and checks are far shorter. */
const MAX_FRAME_BYTES = 2_048;
/** Sound that waits is of no use: with more than this unsent, packets are dropped as a full queue in the network would. */
const MAX_UNSENT_BYTES = 16_384;
const LENGTH_BYTES = 2;

/** Where a leg listens, as the engine opened it. */
export interface LegPort {
  readonly family: 4 | 6;
  readonly port: number;
}

/** The TCP side of one leg. */
export interface TcpSide {
  close(): void;
}

/** Listens on the TCP port of the same number on all addresses; undefined when somebody else has it: the leg then lives by UDP alone. */
export function openTcpSide({ family, port }: LegPort): Promise<TcpSide | undefined> {
  const carried = new Set<TcpSocket>();
  const server: Server = createServer((connection) => {
    if (carried.size >= MAX_CONNECTIONS) {
      connection.destroy();
      return;
    }
    carried.add(connection);
    connection.once('close', () => carried.delete(connection));
    carry(connection, { family, port });
  });
  const close = (): void => {
    server.close();
    for (const connection of carried) connection.destroy();
  };
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen({ host: family === 4 ? '0.0.0.0' : '::', port, ipv6Only: family === 6 }, () => {
      server.on('error', () => undefined);
      resolve({ close });
    });
  });
}

/** Joins one connection to the leg until either side ends. */
function carry(connection: TcpSocket, { family, port }: LegPort): void {
  const inner: UdpSocket = createSocket(family === 4 ? 'udp4' : 'udp6');
  const loopback = family === 4 ? '127.0.0.1' : '::1';
  const framer = new Framer();
  connection.setNoDelay(true);
  connection.setTimeout(IDLE_MS, () => connection.destroy());
  connection.on('error', () => undefined);
  connection.once('close', () => inner.close());
  inner.on('error', () => connection.destroy());
  inner.on('message', (packet) => {
    if (connection.writableLength <= MAX_UNSENT_BYTES) connection.write(framed(packet));
  });
  connection.on('data', (bytes) => {
    const frames = framer.push(bytes);
    if (frames === undefined) connection.destroy();
    else for (const frame of frames) inner.send(frame);
  });
  // Connected, so that nobody else on this machine can put packets into the call by this socket.
  connection.pause();
  inner.connect(port, loopback, () => connection.resume());
}

/** A packet with its length before it. */
export function framed(packet: Buffer): Buffer {
  const out = Buffer.allocUnsafe(LENGTH_BYTES + packet.length);
  out.writeUInt16BE(packet.length, 0);
  packet.copy(out, LENGTH_BYTES);
  return out;
}

/** Cuts a stream of bytes into frames. Keeps at most one unfinished frame. */
export class Framer {
  #rest: Buffer = Buffer.alloc(0);

  /** The frames that are whole now, empty ones left out; undefined when the stream is not one of frames that we take. */
  push(bytes: Buffer): Buffer[] | undefined {
    let left = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const frames: Buffer[] = [];
    while (left.length >= LENGTH_BYTES) {
      const length = left.readUInt16BE(0);
      if (length > MAX_FRAME_BYTES) return undefined;
      if (left.length < LENGTH_BYTES + length) break;
      if (length > 0) frames.push(left.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
      left = left.subarray(LENGTH_BYTES + length);
    }
    this.#rest = left;
    return frames;
  }
}
