// Where an address works that is made now: the public name if there is one, else what the asking console used.
import type { FastifyRequest } from 'fastify';
import { type Config, isLoopback, lanAddresses } from '../config.ts';
import type { Reach } from '../links.ts';

/** Tells the origin for a new address and how far it reaches. */
export function reachOf(config: Config, request: FastifyRequest): Reach {
  if (config.publicUrl !== null) return { url: config.publicUrl, reach: 'anywhere', warning: null };
  const url = `${request.protocol}://${request.headers.host ?? `${config.host}:${config.port}`}`;
  const { hostname } = new URL(url);
  if (isLoopback(hostname))
    return {
      url,
      reach: 'this-box',
      warning: 'This link works on this computer only. Start Parley with PARLEY_HOST or PARLEY_PUBLIC_URL to reach other devices.',
    };
  return { url, reach: 'this-network', warning: 'This link works on this network only. A phone on the mobile network cannot open it.' };
}

/** True when a page came by one of this machine's own addresses, which it then knows; false by a name or an announced address. */
export function cameFromInside(
  { announceIps }: Pick<Config, 'announceIps'>,
  hostname: string,
  own: readonly string[] = lanAddresses(),
): boolean {
  return !announceIps.includes(hostname) && (isLoopback(hostname) || own.includes(hostname));
}
