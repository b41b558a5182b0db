// Janus (the Debian package) as a program beside ours: started on a folder of its own, spoken to over its local WebSocket. Ended by its handle.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { findPart } from '../../scripts/parts.mjs';
import { freePort } from '../../test/e2e/kit/parley.ts';
import { endChild } from './child.ts';
import { sleep } from './system.ts';

type Json = Readonly<Record<string, unknown>>;
/** A session description as Janus takes and gives it. */
export interface Jsep extends Json {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}
/** What a plugin said, and the description that came with it. */
export interface Said {
  readonly data: Json;
  readonly jsep: Jsep | undefined;
}

export interface Janus {
  readonly pid: number;
  /** A new handle of the VideoRoom plugin. */
  attach(): Promise<number>;
  /** Asks a handle. @throws Error when Janus refuses or is silent for 10 s. */
  ask(handle: number, body: Json, jsep?: Jsep): Promise<Said>;
  /** Resolved when this handle's path is up. */
  up(handle: number): Promise<void>;
  end(): Promise<void>;
}

const LIMIT_MS = 10_000;
const OTHERS = [
  'audiobridge',
  'duktape',
  'echotest',
  'lua',
  'nosip',
  'recordplay',
  'sip',
  'streaming',
  'textroom',
  'videocall',
  'voicemail',
];
const DOORS = ['http', 'mqtt', 'nanomsg', 'pfunix', 'rabbitmq'];
const libs = (names: readonly string[]) => names.map((name) => `libjanus_${name}.so`).join(',');

function configure(folder: string, port: number): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write(
    'janus.jcfg',
    `general: { configs_folder = "${folder}" debug_level = 2 session_timeout = 0 }
plugins: { disable = "${libs(OTHERS)}" }
transports: { disable = "${libs(DOORS)}" }
events: { broadcast = false }
media: { rtp_port_range = "44000-44199" }
`,
  );
  write('janus.transport.websockets.jcfg', `general: { ws = true ws_port = ${port} ws_ip = "127.0.0.1" }\nadmin: { admin_ws = false }\n`);
  write('janus.plugin.videoroom.jcfg', 'general: { events = false }\n');
}

async function connect(url: string): Promise<WebSocket> {
  const endMs = performance.now() + LIMIT_MS;
  for (;;) {
    const socket = new WebSocket(url, 'janus-protocol');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('open', () => resolve(true)).once('error', () => resolve(false));
    });
    if (isOpen) return socket;
    if (performance.now() > endMs) throw new Error('Janus did not open its socket');
    await sleep(50);
  }
}

/** Starts Janus, or answers null when it is not installed. `folder`: for its settings; whoever made it removes it. */
export async function startJanus(folder: string): Promise<Janus | null> {
  const path = findPart('janus');
  if (path === undefined) return null;
  const port = await freePort();
  configure(folder, port);
  const child = spawn(path, ['-F', folder, '-C', join(folder, 'janus.jcfg')], { stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    const api = await speak(await connect(`ws://127.0.0.1:${port}`));
    return { ...api, pid: child.pid ?? -1, end: () => endChild(child) };
  } catch (cause) {
    await endChild(child);
    throw cause;
  }
}

async function speak(socket: WebSocket): Promise<Omit<Janus, 'pid' | 'end'>> {
  const waiting = new Map<string, (message: Json) => void>();
  const [isUp, onUp] = [new Set<number>(), new Map<number, () => void>()];
  let turn = 0;
  let session: unknown;
  socket.on('message', (text: Buffer) => {
    const message = JSON.parse(text.toString()) as Json;
    const sender = Number(message['sender']);
    if (message['janus'] === 'webrtcup') {
      isUp.add(sender);
      onUp.get(sender)?.();
    } else if (message['janus'] !== 'ack') waiting.get(String(message['transaction']))?.(message);
  });

  const request = (body: Json) =>
    new Promise<Json>((resolve, reject) => {
      const transaction = `t${turn++}`;
      const timer = setTimeout(() => reject(new Error(`Janus did not answer ${JSON.stringify(body).slice(0, 200)}`)), LIMIT_MS);
      waiting.set(transaction, (message) => {
        clearTimeout(timer);
        waiting.delete(transaction);
        if (message['janus'] === 'error') reject(new Error(`Janus: ${JSON.stringify(message['error'])}`));
        else resolve(message);
      });
      socket.send(JSON.stringify({ ...body, transaction, ...(session === undefined ? {} : { session_id: session }) }));
    });
  const idOf = (message: Json) => (message['data'] as { id: number }).id;
  session = idOf(await request({ janus: 'create' }));

  return {
    attach: async () => idOf(await request({ janus: 'attach', plugin: 'janus.plugin.videoroom' })),
    ask: async (handle, body, jsep) => {
      const answer = await request({ janus: 'message', handle_id: handle, body, ...(jsep === undefined ? {} : { jsep }) });
      const { data } = answer['plugindata'] as { data: Json };
      if (data['error'] !== undefined) throw new Error(`Janus: ${String(data['error'])}`);
      return { data, jsep: answer['jsep'] as Jsep | undefined };
    },
    up: (handle) => {
      if (isUp.has(handle)) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('a path to Janus did not come up')), LIMIT_MS);
        onUp.set(handle, () => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
  };
}
