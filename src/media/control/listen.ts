// Opens the worker's local socket. The socket is also the lock: while somebody answers on it, no second worker may start.
import { chmod, unlink } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';

const PROBE_MS = 500;

/** Listens on a unix socket or a named pipe. @throws Error when another worker holds it */
export async function listenLocal(path: string, onSocket: (socket: Socket) => void): Promise<Server> {
  const isPipe = path.startsWith('\\\\');
  if (await isAnswered(path)) throw new Error(`another worker listens on ${path}`);
  if (!isPipe) await unlink(path).catch(() => undefined);
  const server = createServer(onSocket);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
  });
  if (!isPipe) await chmod(path, 0o600);
  return server;
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(PROBE_MS, () => end(true));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
