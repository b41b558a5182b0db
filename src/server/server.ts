// The server put together: pages, HTTP doors, sockets. Names no concrete adapter.
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import serveFiles from '@fastify/static';
import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Person } from '../core/incident/topic.ts';
import { owners } from '../core/readiness/people.ts';
import type { Callers } from '../ports/callers.ts';
import type { Clock } from '../ports/clock.ts';
import type { BoxDisk } from '../ports/disk.ts';
import type { Files } from '../ports/files.ts';
import type { Media } from '../ports/media.ts';
import type { Pictures } from '../ports/pictures.ts';
import type { Press } from '../ports/press.ts';
import type { SearchIndex } from '../ports/search.ts';
import type { Store, Vault } from '../ports/store.ts';
import type { Me } from '../protocol/http.ts';
import { MAX_MESSAGE_BYTES } from '../protocol/limits.ts';
import { Doors } from './access/doors.ts';
import { COOKIE } from './access/guard.ts';
import type { Hasher } from './access/passwords.ts';
import type { Session } from './access/sessions.ts';
import { endSoundWithSession, tieToSession } from './access/tie.ts';
import { type Config, isLoopback, lanAddresses } from './config.ts';
import { Custody } from './custody.ts';
import { DiskKeeper } from './disk.ts';
import { loadExamples } from './examples.ts';
import { registerAccess } from './http/access.ts';
import { registerApi } from './http/api.ts';
import { setHeaders } from './http/headers.ts';
import { registerPractice } from './http/practice.ts';
import { cameFromInside } from './http/reach.ts';
import { registerSearch } from './http/search.ts';
import { Ice } from './ice.ts';
import { tellOfDisk } from './reactions/disk.ts';
import { type House, Rooms } from './rooms.ts';
import { Finder } from './search.ts';
import { serveField } from './socket/field.ts';
import { ownOrigins } from './socket/origin.ts';
import { serveTeam } from './socket/team.ts';
import { CLOSE } from './socket/wire.ts';
import { Face } from './tls/face.ts';

/** How often people and sessions, and the certificate, are looked at, ms. */
const SWEEP_EVERY_MS = 5_000;
const LOOK_EVERY_MS = 10_000;
/** A request that has not come whole by then is cut off, ms. */
const REQUEST_LIMIT_MS = 30_000;

export interface ServerParts {
  readonly config: Config;
  readonly store: Store;
  readonly vault: Vault;
  /** Index of words; derived from the store. */
  readonly search: SearchIndex;
  readonly media: Media;
  readonly clock: Clock;
  /** Simulated far ends for practice calls. */
  readonly callers: Callers;
  /** What people hand in, and what makes its pictures anew. */
  readonly files: Files;
  readonly pictures: Pictures;
  /** Folder with the built pages. */
  readonly webDir: string;
  /** The data volume; left out: nobody looks at it. */
  readonly disk?: BoxDisk;
  /** Folder of example incidents to load; left out: none is loaded. */
  readonly examplesDir?: string;
  /** Makes printable files; left out: none can be had. */
  readonly press?: Press;
  /** How passwords are hashed; left out: argon2id. */
  readonly hasher?: Hasher;
}

export interface Server {
  readonly url: string;
  /** The first owner's link, or null when there is an owner. */
  readonly ownerLink: string | null;
  /** Where a device learns to trust this box, and the fingerprint to compare; null when there is nothing to trust. */
  readonly trust: { readonly page: string; readonly fingerprint: string } | null;
  /** Stops serving; the sound of open incidents goes on. */
  detach(): Promise<void>;
  /** Stops serving and finishes all recordings. */
  shutDown(): Promise<void>;
}

/** The server put together and not yet listening: for tests that knock without a network. */
export interface Assembled {
  readonly app: FastifyInstance;
  readonly doors: Doors;
  readonly rooms: Rooms;
  readonly finder: Finder;
  readonly keeper: DiskKeeper | null;
  /** Every route there is, as `METHOD path`. */
  readonly routes: readonly string[];
  /** Pages of these origins may act. None until set. */
  setOrigins(origins: ReadonlySet<string>): void;
}

/** Puts the server together. `face`: how it meets its network. */
export async function assemble(parts: ServerParts, face: Face): Promise<Assembled> {
  const { config, clock } = parts;
  const doors = await Doors.open(parts);
  const rooms = new Rooms(parts);
  const bringExamples = exampleBringer(parts, rooms);
  const [owner] = owners(doors.people.state);
  if (owner !== undefined) await bringExamples({ kind: 'person', personId: owner.personId, name: owner.name });
  await rooms.loadAll((id, cause) => process.emitWarning(`incident ${id} is left out: ${String(cause)}`));
  const finder = await Finder.open(parts.search, rooms);
  const keeper = parts.disk === undefined ? null : new DiskKeeper(parts.disk, config.reserveBytes);
  if (keeper !== null) tellOfDisk(keeper, rooms, () => clock.now().at);
  const app = bareApp(config, face);
  let origins: ReadonlySet<string> = new Set();
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => void routes.push(...[method].flat().map((one) => `${one} ${url}`)));
  setHeaders(app);
  await app.register(cookie);
  await app.register(websocket, { options: { maxPayload: MAX_MESSAGE_BYTES } });
  registerHealth(app, rooms, { daysLeft: () => face.daysLeft(clock.now().at), keeper });
  face.register(app);
  registerApi(app, {
    doors,
    rooms,
    clock,
    custody: new Custody(parts.store, clock),
    config,
    keeper,
    press: parts.press ?? null,
    origins: () => origins,
    files: parts.files,
    pictures: parts.pictures,
  });
  registerSearch(app, { doors, rooms, finder });
  registerPractice(app, { doors, rooms, clock, keeper, callers: parts.callers, localUrl: () => localUrl(app, config, face) });
  registerAccess(app, { doors, rooms, clock, config, onOwner: bringExamples });
  registerSockets(app, { doors, rooms, config, ice: new Ice(config, clock), origins: () => origins });
  await registerPages(app, parts.webDir);
  endSoundWithSession(doors, rooms);
  return { app, doors, rooms, finder, keeper, routes, setOrigins: (now) => (origins = now) };
}

/** Loads the examples for the first owner who is there: they are to be seen by somebody. A fault in them stops nothing else. */
function exampleBringer({ examplesDir, store, clock }: ServerParts, rooms: Rooms): (owner: Person) => Promise<void> {
  if (examplesDir === undefined) return async () => undefined;
  return async (owner) => {
    try {
      for (const id of await loadExamples(examplesDir, owner, { store, clock })) await rooms.adopt(id);
    } catch (cause) {
      process.emitWarning(`the examples were not loaded: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  };
}

function bareApp(config: Config, { https }: Face): FastifyInstance {
  const proxies = [...config.trustedProxies];
  const options = {
    bodyLimit: MAX_MESSAGE_BYTES,
    trustProxy: proxies.length > 0 ? proxies : false,
    forceCloseConnections: true,
    requestTimeout: REQUEST_LIMIT_MS,
  } as const;
  // Fastify's type of an app depends on its server's; nothing here uses what differs.
  return https === null ? fastify(options) : (fastify({ ...options, https }) as unknown as FastifyInstance);
}

/** Starts serving. Resolved when connections are accepted and every open incident is loaded.
 *  @throws CertificateFault when the agency's own certificate cannot be used. */
export async function startServer(parts: ServerParts): Promise<Server> {
  const { config, clock } = parts;
  const face = await Face.open(config, clock.now().at);
  const { app, doors, rooms, finder, keeper, setOrigins } = await assemble(parts, face);
  await app.listen({ port: config.port, host: config.host });
  const { port } = app.server.address() as AddressInfo;
  await face.listening(port);
  const look = async () => {
    await face.look({ app, port }, clock.now().at);
    setOrigins(new Set([...ownOrigins(config, port), ...face.origins(port)]));
  };
  await look();
  keeper?.start();
  const timers = [every(LOOK_EVERY_MS, look), every(SWEEP_EVERY_MS, () => doors.sweep())];
  const url = face.url(port);
  const ticket = await doors.ownerTicket(config.ownerLink);
  const stop = async (rest: () => Promise<void>) => {
    for (const timer of timers) clearInterval(timer);
    keeper?.stop();
    parts.callers.stop();
    await rest();
    await face.close();
    await app.close();
    await finder.close();
    await parts.store.close();
  };
  return {
    url,
    ownerLink: ticket === null ? null : `${url}/console#owner=${ticket}`,
    trust: face.trust,
    detach: () => stop(() => rooms.detach()),
    shutDown: () => stop(() => rooms.shutDown()),
  };
}

/** How a process on this machine reaches this server. */
function localUrl(app: FastifyInstance, { host }: Config, { https }: Face): string {
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const name = isLoopback(host) || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `${https === null ? 'http' : 'https'}://${name}:${port}`;
}

function every(ms: number, work: () => Promise<void>): NodeJS.Timeout {
  return setInterval(() => void work().catch((cause: unknown) => process.emitWarning(`housekeeping failed: ${String(cause)}`)), ms).unref();
}

interface HealthParts {
  readonly daysLeft: () => number | null;
  readonly keeper: DiskKeeper | null;
}

function registerHealth(app: FastifyInstance, rooms: Rooms, { daysLeft, keeper }: HealthParts): void {
  // Whoever was handed a link can ask too: that an incident goes on is told on the box alone.
  app.get('/healthz', async ({ ip }) =>
    !isLoopback(ip) && !lanAddresses().includes(ip)
      ? { ok: true }
      : {
          ok: true,
          pid: process.pid,
          uptimeS: Math.round(process.uptime()),
          incidents: rooms.all().filter((h) => h.room.state.incident.closedAt === null).length,
          certificateDaysLeft: daysLeft(),
          disk: keeper?.sight ?? null,
        },
  );
}

async function registerPages(app: FastifyInstance, root: string): Promise<void> {
  await app.register(serveFiles, {
    root,
    index: 'index.html',
    cacheControl: false,
    setHeaders: (reply, path) => {
      // Built assets carry their hash in the name; pages do not.
      if (path.startsWith(join(root, 'assets'))) void reply.setHeader('cache-control', 'public, max-age=31536000, immutable');
    },
  });
  app.get('/console', (_, reply) => reply.sendFile('console.html'));
}

interface SocketParts {
  readonly doors: Doors;
  readonly rooms: Rooms;
  readonly config: Config;
  readonly ice: Ice;
  readonly origins: () => ReadonlySet<string>;
}

const teamQuery = z.strictObject({ incident: z.string().max(60) });

function registerSockets(app: FastifyInstance, { doors, rooms, config, ice, origins }: SocketParts): void {
  // Found before the upgrade and kept for after it: a socket's first message must not wait for a second look.
  const admitted = new WeakMap<FastifyRequest, { me: Me; session: Session; house: House }>();
  const fromOwnPage = (request: FastifyRequest) => request.headers.origin !== undefined && origins().has(request.headers.origin);

  app.get(
    '/api/team',
    {
      websocket: true,
      // Refused before the upgrade: a wrong origin, a stranger, a foreign incident get no socket at all (T7, T8).
      preValidation: async (request, reply) => {
        if (!fromOwnPage(request)) return reply.code(403).send();
        const found = doors.forSocket(request.cookies[COOKIE]);
        if (found === null) return reply.code(401).send();
        const { me, session } = found;
        const query = teamQuery.safeParse(request.query);
        const house = query.success ? rooms.find(query.data.incident, me.personId) : undefined;
        if (house === undefined) return reply.code(404).send();
        admitted.set(request, { me, session, house });
      },
    },
    (socket, request) => {
      const found = admitted.get(request);
      // The session may have ended while the socket was made.
      if (found === undefined || doors.forSocket(request.cookies[COOKIE]) === null) return socket.close(CLOSE.gone);
      tieToSession(socket, doors, found.session);
      const { me, house, session } = found;
      serveTeam(socket, { me, house, ice, session: { id: session.id, isOpen: () => doors.sessions.isOpen(session) } });
    },
  );

  app.get(
    '/api/field',
    {
      websocket: true,
      preValidation: async (request, reply) => {
        if (!fromOwnPage(request)) return reply.code(403).send();
      },
    },
    (socket, request) =>
      serveField(socket, {
        rooms,
        ice,
        describes: String(request.headers['user-agent'] ?? 'unknown device').slice(0, 300),
        isInside: cameFromInside(config, request.hostname),
      }),
  );
}
