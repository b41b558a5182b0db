// A door without TLS that serves nothing but the trust page and sends everybody else to HTTPS. No cookie, no state, no body is read.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Trust, trustFile } from './trust.ts';

const MAX_CONNECTIONS = 500;
const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface PlainParts {
  readonly port: number;
  readonly host: string;
  readonly trust: () => Trust;
  /** Where a request for this host name is sent: an origin of ours. A name that is not ours is sent to the main address. */
  readonly secureOrigin: (hostname: string) => string;
}

export interface Plain {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts listening. @throws Error of Node, when the port cannot be had. */
export async function startPlain(parts: PlainParts): Promise<Plain> {
  const server = createServer((request, response) => {
    request.resume();
    answer(parts, request, response).catch(() => response.destroy());
  });
  server.maxConnections = MAX_CONNECTIONS;
  await listening(server, parts);
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) };
}

function listening(server: Server, { port, host }: PlainParts): Promise<void> {
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

async function answer({ trust, secureOrigin }: PlainParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response
    .setHeader('x-content-type-options', 'nosniff')
    .setHeader('referrer-policy', 'no-referrer')
    .setHeader('cache-control', 'no-store')
    .setHeader('content-security-policy', POLICY);
  // Whatever was sent here went over the air in the clear already: it is not carried on.
  if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(403).end();
  const path = request.url ?? '/';
  const file = await trustFile(path.split('?')[0] ?? '/', trust());
  if (file === null)
    return void response.writeHead(308, { location: secureOrigin(hostnameOf(request)) + (/^\/(?![/\\])/.test(path) ? path : '/') }).end();
  response.writeHead(200, { 'content-type': file.type });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

function hostnameOf({ headers: { host = '' } }: IncomingMessage): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
}
