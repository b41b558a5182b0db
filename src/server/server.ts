// The server put together: pages, HTTP doors, sockets. Names no concrete adapter.
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import serveFiles from '@fastify/static';
import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { Clock } from '../ports/clock.ts';
import type { Media } from '../ports/media.ts';
import type { Store, Vault } from '../ports/store.ts';
import type { Me } from '../protocol/http.ts';
import { MAX_MESSAGE_BYTES } from '../protocol/limits.ts';
import { Doors } from './access/doors.ts';
import { COOKIE } from './access/guard.ts';
import type { Hasher } from './access/passwords.ts';
import type { Session } from './access/sessions.ts';
import { type Config, isLoopback } from './config.ts';
import { registerAccess } from './http/access.ts';
import { registerApi } from './http/api.ts';
import { setHeaders } from './http/headers.ts';
import { Ice } from './ice.ts';
import { type House, Rooms } from './rooms.ts';
import { serveField } from './socket/field.ts';
import { ownOrigins } from './socket/origin.ts';
import { serveTeam } from './socket/team.ts';
import { CLOSE } from './socket/wire.ts';
import { fingerprintOf } from './tls/authority.ts';
import { Certificates } from './tls/certificate.ts';
import { namesOf, originsOf, reachableHost, usesTls } from './tls/names.ts';
import { startPlain } from './tls/plain.ts';
import { type Trust, TRUST_PATHS, trustFile } from './tls/trust.ts';

/** How often people and sessions, and the certificate, are looked at, ms. */
const SWEEP_EVERY_MS = 5_000;
const LOOK_EVERY_MS = 10_000;
/** A socket whose session has ended gets so long for a goodbye, ms. */
const END_WITHIN_MS = 300;
/** How a console's command begins on the wire. */
const COMMAND = /^\{\s*"t"\s*:\s*"command"/;

export interface ServerParts {
  readonly config: Config;
  readonly store: Store;
  readonly vault: Vault;
  readonly media: Media;
  readonly clock: Clock;
  /** Folder with the built pages. */
  readonly webDir: string;
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
  /** Every route there is, as `METHOD path`. */
  readonly routes: readonly string[];
  /** Pages of these origins may act. None until set. */
  setOrigins(origins: ReadonlySet<string>): void;
}

/** Puts the server together. `certificates`: null when pages are served without TLS. `trust`: what the page about trust tells. */
export async function assemble(parts: ServerParts, tls: { readonly certificates: Certificates; readonly trust: () => Trust } | null = null): Promise<Assembled> {
  const { config, clock } = parts;
  const doors = await Doors.open(parts);
  const rooms = new Rooms(parts);
  await rooms.loadAll((id, cause) => process.emitWarning(`incident ${id} is left out: ${String(cause)}`));
  const app = bareApp(config, tls?.certificates ?? null);
  let origins: ReadonlySet<string> = new Set();
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => void routes.push(...[method].flat().map((one) => `${one} ${url}`)));
  setHeaders(app);
  if (tls !== null) setHsts(app);
  await app.register(cookie);
  await app.register(websocket, { options: { maxPayload: MAX_MESSAGE_BYTES } });
  registerHealth(app, rooms, () => tls?.certificates.daysLeft(clock.now().at) ?? null);
  registerTrust(app, tls?.trust ?? (() => ({ authority: null, address: '/trust', next: '/console' })));
  registerApi(app, { doors, rooms, clock, config, origins: () => origins });
  registerAccess(app, { doors, rooms, clock, config });
  registerSockets(app, { doors, rooms, ice: new Ice(config, clock), origins: () => origins });
  await registerPages(app, parts.webDir);
  endSoundWithSession(doors, rooms);
  return { app, doors, rooms, routes, setOrigins: (now) => (origins = now) };
}

function bareApp(config: Config, certificates: Certificates | null): FastifyInstance {
  const proxies = [...config.trustedProxies];
  const options = { bodyLimit: MAX_MESSAGE_BYTES, trustProxy: proxies.length > 0 ? proxies : false, forceCloseConnections: true } as const;
  if (certificates === null) return fastify(options);
  const { key, cert } = certificates.current;
  // Fastify's type of an app depends on its server's; nothing here uses what differs.
  return fastify({ ...options, https: { key, cert, minVersion: 'TLSv1.2' } }) as unknown as FastifyInstance;
}

/** Starts serving. Resolved when connections are accepted and every open incident is loaded.
 *  @throws CertificateFault when the agency's own certificate cannot be used. */
export async function startServer(parts: ServerParts): Promise<Server> {
  const { config, clock } = parts;
  const now = () => clock.now().at;
  const certificates = usesTls(config) ? await Certificates.open(config, now(), (message) => process.emitWarning(message)) : null;
  let trust: Trust = { authority: null, address: '/trust', next: '/console' };
  const { app, doors, rooms, setOrigins } = await assemble(parts, certificates === null ? null : { certificates, trust: () => trust });
  await app.listen({ port: config.port, host: config.host });
  const { port } = app.server.address() as AddressInfo;
  const own = () => setOrigins(new Set([...ownOrigins(config, port), ...(certificates === null ? [] : originsOf(namesOf(config), { scheme: 'https', port }))]));
  own();
  const host = `${reachableHost(config)}:${port}`;
  const url = config.publicUrl ?? `${certificates === null ? 'http' : 'https'}://${host}`;
  const plain = certificates === null || config.httpPort === 0 ? null : await startPlain({ port: config.httpPort, host: config.host, trust: () => trust, secureOrigin: secureOriginOf(config, { port, url }) });
  const page = plain === null ? `https://${host}` : `http://${reachableHost(config)}:${plain.port}`;
  const lookAtTrust = () => (trust = { authority: certificates?.current.authority ?? null, address: `${page}/trust`, next: `${url}/console` });
  lookAtTrust();
  const timers = certificates === null ? [] : [every(LOOK_EVERY_MS, () => certificates.refresh(now()).then((changed) => {
    own();
    if (changed) (app.server as unknown as TlsServer).setSecureContext(certificates.current);
    lookAtTrust();
  }))];
  timers.push(every(SWEEP_EVERY_MS, () => doors.sweep()));
  const ticket = await doors.ownerTicket(config.ownerLink);
  const stop = async (rest: () => Promise<void>) => {
    for (const timer of timers) clearInterval(timer);
    await rest();
    await plain?.close();
    await app.close();
    await parts.store.close();
  };
  return {
    url,
    ownerLink: ticket === null ? null : `${url}/console#owner=${ticket}`,
    trust: trust.authority === null ? null : { page: trust.address, fingerprint: fingerprintOf(trust.authority) },
    detach: () => stop(() => rooms.detach()),
    shutDown: () => stop(() => rooms.shutDown()),
  };
}

function every(ms: number, work: () => Promise<void>): NodeJS.Timeout {
  return setInterval(() => void work().catch((cause: unknown) => process.emitWarning(`housekeeping failed: ${String(cause)}`)), ms).unref();
}

/** The origin to send a plain request to: the same name when it is one of ours, else the main address. */
function secureOriginOf(config: Config, { port, url }: { readonly port: number; readonly url: string }): (hostname: string) => string {
  return (hostname) => originsOf(namesOf(config), { scheme: 'https', port }).find((origin) => new URL(origin).hostname === hostname) ?? url;
}

/** Who is signed out everywhere must not go on hearing: his sound ends with his last session. */
function endSoundWithSession(doors: Doors, rooms: Rooms): void {
  doors.onSessionEnded(({ personId, last }) => {
    if (!last) return;
    for (const { sound, room } of rooms.all()) if (room.state.people[personId] !== undefined) sound.leave(personId).catch(() => undefined);
  });
}

function registerHealth(app: FastifyInstance, rooms: Rooms, certificateDaysLeft: () => number | null): void {
  app.get('/healthz', async () => ({
    ok: true,
    pid: process.pid,
    uptimeS: Math.round(process.uptime()),
    incidents: rooms.all().filter((h) => h.room.state.incident.closedAt === null).length,
    certificateDaysLeft: certificateDaysLeft(),
  }));
}

function registerTrust(app: FastifyInstance, trust: () => Trust): void {
  for (const path of TRUST_PATHS) {
    app.get(path, async (_, reply) => {
      const file = await trustFile(path, trust());
      return file === null ? reply.code(404).send() : reply.type(file.type).send(file.body);
    });
  }
}

/** Once reached over TLS, a name is never asked for in the clear again. Only where this server speaks TLS itself; a proxy says it for itself. */
function setHsts(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    if (!isLoopback(request.hostname.replace(/^\[|\]$/g, ''))) reply.header('strict-transport-security', 'max-age=15552000');
  });
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
  const admitted = new WeakMap<FastifyRequest, { me: Me; session: Session; house: House }>();
  const fromOwnPage = (request: FastifyRequest) => request.headers.origin !== undefined && origins().has(request.headers.origin);

  app.get('/api/team', {
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
  }, (socket, request) => {
    const found = admitted.get(request);
    // The session may have ended while the socket was made.
    if (found === undefined || doors.forSocket(request.cookies[COOKIE]) === null) return socket.close(CLOSE.gone);
    tieToSession(socket, doors, found.session);
    serveTeam(socket, { me: found.me, house: found.house, ice });
  });

  app.get('/api/field', {
    websocket: true,
    preValidation: async (request, reply) => {
      if (!fromOwnPage(request)) return reply.code(403).send();
    },
  }, (socket, request) => serveField(socket, { rooms, ice, describes: String(request.headers['user-agent'] ?? 'unknown device').slice(0, 300) }));
}

/** A session's end closes its sockets at once, whether the far end agrees or not; commands keep it from being locked. */
function tieToSession(socket: WebSocket, doors: Doors, session: Session): void {
  const end = () => {
    socket.close(CLOSE.gone, 'signed out');
    setTimeout(() => socket.terminate(), END_WITHIN_MS).unref();
  };
  socket.once('close', doors.socketOpened(session, end));
  socket.on('message', (data) => {
    if (COMMAND.test(String(data).slice(0, 40))) doors.active(session);
  });
}
