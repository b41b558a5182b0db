// A TURN relay (coturn) for tests of networks that block UDP or direct paths. Started and ended by pid.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { endChild, waitFor } from '../kit/process.ts';
import type { NetNode } from './netns.ts';

const REALM = 'parley.test';

/** True when `turnserver` is on PATH. */
export const hasTurn = (): boolean => (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'turnserver')));

export interface TurnOptions {
  /** Node to run on; default: the loopback, which then may be relayed to as well. */
  readonly node?: NetNode;
  readonly port?: number;
  /** With a shared secret (time-limited credentials, see `turnCredentials`) instead of the fixed user that `Turn` names. */
  readonly secret?: string;
  readonly args?: readonly string[];
}

export interface Turn {
  readonly address: string;
  readonly port: number;
  readonly username: string;
  readonly credential: string;
  /** As RTCPeerConnection takes it. */
  iceServer(transport: 'udp' | 'tcp'): { urls: string; username: string; credential: string };
  log(): string;
  stop(): Promise<void>;
}

/** Credentials for a relay with a shared secret: the user name holds the second at which they end. They end after `ttlS` seconds. */
export function turnCredentials(
  secret: string,
  { ttlS, nowMs }: { ttlS: number; nowMs: number },
): { username: string; credential: string } {
  const username = `${Math.floor(nowMs / 1000) + ttlS}:test`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}

/** Starts a relay without TLS on one port, UDP and TCP, and waits until it listens. @throws Error with its log when it does not. */
export async function startTurn(options: TurnOptions = {}): Promise<Turn> {
  const { node, port = 3478, secret } = options;
  const address = node?.address ?? '127.0.0.1';
  const fixed = { username: 'test', credential: 'test-password' };
  const { username, credential } = secret === undefined ? fixed : turnCredentials(secret, { ttlS: 600, nowMs: Date.now() });
  const folder = await mkdtemp(join(tmpdir(), 'parley-turn-'));
  const args = [
    ...['-n', '--no-cli', '--no-tls', '--no-dtls', '--simple-log', '--log-file', 'stdout', '-v', '--realm', REALM],
    ...['--listening-ip', address, '--relay-ip', address, '--listening-port', String(port), '--min-port', '49000', '--max-port', '49200'],
    ...['--userdb', join(folder, 'turn.db'), '--pidfile', join(folder, 'turn.pid')],
    ...(secret === undefined
      ? ['--lt-cred-mech', '--user', `${fixed.username}:${fixed.credential}`]
      : ['--use-auth-secret', '--static-auth-secret', secret]),
    ...(node === undefined ? ['--allow-loopback-peers'] : []),
    ...(options.args ?? []),
  ];
  const child: ChildProcess = node?.spawn('turnserver', args) ?? spawn('turnserver', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.once('error', (error) => (log += error.message));
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const stop = async () => {
    await endChild(child, 'SIGTERM');
    await rm(folder, { recursive: true, force: true });
  };
  const listens = () => /UDP listener opened/.test(log) && /TCP listener opened/.test(log);
  await waitFor('the relay listens', () => child.exitCode === null && listens(), { withinMs: 10_000 }).catch(async (cause) => {
    await stop();
    throw new Error(`no relay: ${log}`, { cause });
  });
  const iceServer = (transport: 'udp' | 'tcp') => ({ urls: `turn:${address}:${port}?transport=${transport}`, username, credential });
  return { address, port, username, credential, iceServer, log: () => log, stop };
}
