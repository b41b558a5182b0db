// The server put together: pages, HTTP doors, sockets. Names no concrete adapter.
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import serveFiles from '@fastify/static';
import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../ports/clock.ts';
import type { Media } from '../ports/media.ts';
import type { Store, Vault } from '../ports/store.ts';
import type { Me } from '../protocol/http.ts';
import { MAX_MESSAGE_BYTES } from '../protocol/limits.ts';
import { Doors } from './access/doors.ts';
import type { Config } from './config.ts';
import { COOKIE, registerApi } from './http/api.ts';
import { setHeaders } from './http/headers.ts';
import { Ice } from './ice.ts';
import { type House, Rooms } from './rooms.ts';
import { serveField } from './socket/field.ts';
import { ownOrigins } from './socket/origin.ts';
import { serveTeam } from './socket/team.ts';
import { CLOSE } from './socket/wire.ts';

export interface ServerParts {
  readonly config: Config;
  readonly store: Store;
  readonly vault: Vault;
  readonly media: Media;
  readonly clock: Clock;
  /** Folder with the built pages. */
  readonly webDir: string;
}

export interface Server {
  readonly url: string;
  /** The first owner's link, or null when there is an owner. */
  readonly ownerLink: string | null;
  /** Stops serving; the sound of open incidents goes on. */
  detach(): Promise<void>;
  /** Stops serving and finishes all recordings. */
  shutDown(): Promise<void>;
}

/** Starts serving. Resolved when connections are accepted and every open incident is loaded. */
export async function startServer(parts: ServerParts): Promise<Server> {
  const { config, clock } = parts;
  const doors = new Doors(parts.vault, clock);
  const rooms = new Rooms(parts);
  await rooms.loadAll((id, cause) => process.emitWarning(`incident ${id} is left out: ${String(cause)}`));
  const app = fastify({ bodyLimit: MAX_MESSAGE_BYTES, trustProxy: config.publicUrl !== null ? 'loopback' : false, forceCloseConnections: true });
  let origins: ReadonlySet<string> = new Set();
  setHeaders(app);
  await app.register(cookie);
  await app.register(websocket, { options: { maxPayload: MAX_MESSAGE_BYTES } });
  registerHealth(app, rooms);
  registerApi(app, { doors, rooms, clock, config, origins: () => origins });
  registerSockets(app, { doors, rooms, ice: new Ice(config, clock), origins: () => origins });
  await registerPages(app, parts.webDir);
  await app.listen({ port: config.port, host: config.host });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  origins = ownOrigins(config, port);
  const url = config.publicUrl ?? `http://${config.host}:${port}`;
  const ticket = await doors.ownerTicket();
  const stop = async (rest: () => Promise<void>) => {
    await rest();
    await app.close();
    await parts.store.close();
  };
  return {
    url,
    ownerLink: ticket === null ? null : `${url}/console#owner=${ticket}`,
    detach: () => stop(() => rooms.detach()),
    shutDown: () => stop(() => rooms.shutDown()),
  };
}

function registerHealth(app: FastifyInstance, rooms: Rooms): void {
  app.get('/healthz', async () => ({ ok: true, pid: process.pid, uptimeS: Math.round(process.uptime()), incidents: rooms.all().filter((h) => h.room.state.incident.closedAt === null).length }));
}

async function registerPages(app: FastifyInstance, root: string): Promise<void> {
  await app.register(serveFiles, { root, index: 'index.html', cacheControl: false, setHeaders: (reply, path) => {
    // Built assets carry their hash in the name; pages do not.
    if (path.startsWith(join(root, 'assets'))) void reply.setHeader('cache-control', 'public, max-age=31536000, immutable');
  } });
  app.get('/console', (_, reply) => reply.sendFile('console.html'));
}

interface SocketParts {
  readonly doors: Doors;
  readonly rooms: Rooms;
  readonly ice: Ice;
  readonly origins: () => ReadonlySet<string>;
}

const teamQuery = z.strictObject({ incident: z.string().max(60) });

function registerSockets(app: FastifyInstance, { doors, rooms, ice, origins }: SocketParts): void {
  // Found before the upgrade and kept for after it: a socket's first message must not wait for a second look.
  const admitted = new WeakMap<FastifyRequest, { me: Me; house: House }>();
  const fromOwnPage = (request: FastifyRequest) => request.headers.origin !== undefined && origins().has(request.headers.origin);

  app.get('/api/team', {
    websocket: true,
    // Refused before the upgrade: a wrong origin, a stranger, a foreign incident get no socket at all (T7, T8).
    preValidation: async (request, reply) => {
      if (!fromOwnPage(request)) return reply.code(403).send();
      const me = await doors.whoIs(request.cookies[COOKIE]);
      if (me === null) return reply.code(401).send();
      const query = teamQuery.safeParse(request.query);
      const house = query.success ? rooms.find(query.data.incident, me.personId) : undefined;
      if (house === undefined) return reply.code(404).send();
      admitted.set(request, { me, house });
    },
  }, (socket, request) => {
    const found = admitted.get(request);
    if (found === undefined) socket.close(CLOSE.gone);
    else serveTeam(socket, { ...found, ice });
  });

  app.get('/api/field', {
    websocket: true,
    preValidation: async (request, reply) => {
      if (!fromOwnPage(request)) return reply.code(403).send();
    },
  }, (socket, request) => serveField(socket, { rooms, ice, describes: String(request.headers['user-agent'] ?? 'unknown device').slice(0, 300) }));
}
