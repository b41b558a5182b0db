// Turns the servers that the box names into what the caller's WebRTC stack understands. Text and numbers only.

/** One entry of the box's list, as a browser would take it. */
export interface ToldServer {
  readonly urls: readonly string[];
  readonly username?: string | undefined;
  readonly credential?: string | undefined;
}

/** As the stack takes it; `relayType` makes it a relay. */
export interface StackServer {
  readonly hostname: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly relayType?: 'TurnUdp';
}

const ADDRESS = /^(stun|turn):(\[[0-9a-fA-F:]+\]|[^:?[\]]+)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/;
const USUAL_PORT = 3478;

function one(url: string, { username, credential }: ToldServer): StackServer | undefined {
  const [, kind, host = '', port, transport = 'udp'] = ADDRESS.exec(url) ?? [];
  // This stack relays over UDP only; the others of the list would be tried in vain.
  if (kind === undefined || transport !== 'udp') return undefined;
  const at = { hostname: host.replace(/^\[|\]$/g, ''), port: port === undefined ? USUAL_PORT : Number(port) };
  if (kind === 'stun') return at;
  return {
    ...at,
    relayType: 'TurnUdp',
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { password: credential }),
  };
}

/** Servers of the list that this stack can use; addresses it cannot read are left out. */
export function stackServers(told: readonly ToldServer[]): StackServer[] {
  return told.flatMap((server) => server.urls.flatMap((url) => one(url, server) ?? []));
}

/** True for an address that only this machine reaches; then no other network card is used, and none is needed. */
export function isThisMachine({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname.startsWith('127.');
}
