// Which pages may open a socket or change anything: an exact list of origins.
import type { Config } from '../config.ts';
import { isLoopback, lanAddresses } from '../config.ts';

/** All origins under which this box serves its pages. `port`: the one really listened on. */
export function ownOrigins(config: Config, port: number): ReadonlySet<string> {
  const hosts = isLoopback(config.host)
    ? ['localhost', '127.0.0.1', '[::1]']
    : ['localhost', '127.0.0.1', '[::1]', config.host, ...lanAddresses()];
  const local = hosts.flatMap((host) => [`http://${host}:${port}`, `https://${host}:${port}`]);
  return new Set([...local, ...(config.publicUrl === null ? [] : [config.publicUrl])]);
}
