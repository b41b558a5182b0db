// A team of one without a browser, for the caller's suite: comes in by HTTP, opens an incident and links, lets devices in, and may
// speak with the caller's own way of sound. Knows what crosses the wire and nothing of the inside.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { type Mouth, makeMouth } from '../../src/caller/mouth.ts';
import { tonePackets } from '../../src/caller/opus.ts';
import { makeSound } from '../../src/caller/sound.ts';
import { realTiming } from '../../src/caller/timing.ts';
import type { FromTeam, ToTeam } from '../../src/protocol/team.ts';
import type { Parley } from '../e2e/kit/parley.ts';
import { waitFor } from '../e2e/kit/process.ts';

const SOON_MS = 20_000;

/** An entry as a console gets it. */
export interface Entry {
  readonly seq: number;
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** One signed-in person. */
export interface Desk {
  openIncident(): Promise<Room>;
  /** Opens an incident's console again, as after a loss of its socket: all entries come once more. */
  comeBack(id: string): Promise<Room>;
}

/** One incident as that person sees it. */
export interface Room {
  readonly id: string;
  readonly entries: readonly Entry[];
  makeLink(): Promise<{ readonly lineId: string; readonly url: string }>;
  command(command: { readonly type: string; readonly [field: string]: unknown }): Promise<void>;
  /** Lets the next device in that waits on a line. */
  letIn(lineId: string): Promise<void>;
  /** Waits until an entry is there. */
  until(what: string, is: (entry: Entry) => boolean): Promise<Entry>;
  /** Joins the call, with a steady tone for a voice or with what the mouth is told to say. `isOutsider`: is not told of legs. */
  join(voice?: { readonly hz: number; readonly isOutsider?: boolean }): Promise<Mouth>;
  /** Asks for one more incident. @throws Error with the status and the refusal. */
  openAnother(): Promise<string>;
  close(): void;
}

async function post<T>(parley: Parley, path: string, body: object, cookie = ''): Promise<{ answer: T; cookie: string }> {
  const reply = await fetch(`${parley.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: parley.url, cookie },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(SOON_MS),
  });
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  return { answer: (await reply.json()) as T, cookie: reply.headers.getSetCookie()[0]?.split(';')[0] ?? cookie };
}

/** Comes in by the owner's link. */
export async function openDesk(parley: Parley): Promise<Desk> {
  const token = new URL(await parley.ownerLink()).hash.replace('#owner=', '');
  const { cookie } = await post(parley, '/api/enter', { token, name: 'Anna' });
  return {
    openIncident: async () => {
      return openRoom(parley, await openIncident(parley, cookie), cookie);
    },
    comeBack: (id) => openRoom(parley, id, cookie),
  };
}

async function openIncident(parley: Parley, cookie: string): Promise<string> {
  const { answer } = await post<{ id: string }>(parley, '/api/incidents', { title: 'a locked door', exercise: true }, cookie);
  return answer.id;
}

interface Told {
  readonly t: string;
  readonly id?: string;
  readonly req?: number;
  readonly sdp?: string;
  readonly refusal?: unknown;
  readonly entries?: readonly Entry[];
}

/** Hears everything that crosses the wire of one console. */
export interface Tap {
  said(message: FromTeam): void;
  got(message: ToTeam): void;
}

/** Somebody who comes in by an invitation, and opens this incident. */
export async function comeIn(parley: Parley, invitation: string, as: { readonly name: string; readonly id: string; readonly tap: Tap }) {
  const token = new URL(invitation).hash.split('=')[1];
  const { cookie } = await post(parley, '/api/enter', { token, name: as.name });
  return openRoom(parley, as.id, cookie, as.tap);
}

async function openRoom(parley: Parley, id: string, cookie: string, tap?: Tap): Promise<Room> {
  const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/api/team?incident=${id}`, { origin: parley.url, headers: { cookie } });
  const entries: Entry[] = [];
  const outcomes = new Map<string, Told>();
  let stopSound: () => void = () => {};
  let isSoundUp = false;
  const sound = makeSound({
    timing: realTiming,
    bindAddress: '127.0.0.1',
    slots: 4,
    offer: (req, sdp) => send({ t: 'offer', req, sdp }),
    onState: (state) => {
      isSoundUp = state === 'up';
    },
    onPacket: () => {},
  });
  const send = (message: object): boolean => {
    if (socket.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  };
  socket.on('message', (data) => {
    const told = JSON.parse(String(data)) as Told;
    tap?.got(told as unknown as ToTeam);
    if (told.t === 'entries') entries.push(...(told.entries ?? []));
    else if (told.t === 'ack' || told.t === 'refused') outcomes.set(told.id ?? '', told);
    else if (told.t === 'answer') sound.answered(told.req ?? 0, told.sdp ?? '');
    else if (told.t === 'offer-again') sound.renew();
  });
  await new Promise<void>((done, fail) => socket.once('open', done).once('error', fail));
  const beat = setInterval(() => send({ t: 'beat' }), 1_000);
  tap?.said({ t: 'hello', v: 1, after: 0, roles: [] });
  send({ t: 'hello', v: 1, after: 0, roles: [] });

  const command: Room['command'] = async (asked) => {
    const commandId = randomUUID().replaceAll('-', '');
    send({ t: 'command', id: commandId, command: asked });
    const outcome = await waitFor(
      `an answer to ${asked.type}`,
      () => {
        if (socket.readyState !== WebSocket.OPEN) throw new Error(`${asked.type}: the socket is closed`);
        return outcomes.get(commandId);
      },
      { withinMs: SOON_MS },
    );
    if (outcome.t === 'refused') throw new Error(`${asked.type} was refused: ${JSON.stringify(outcome.refusal)}`);
  };
  const until: Room['until'] = (what, is) => waitFor(what, () => entries.find(is), { withinMs: SOON_MS });

  return {
    id,
    entries,
    command,
    until,
    makeLink: async () =>
      (await post<{ lineId: string; url: string }>(parley, `/api/incidents/${id}/links`, { label: 'practice', kind: 'link' }, cookie))
        .answer,
    letIn: async (lineId) => {
      const admitted = new Set(entries.filter((e) => e.type === 'device-admitted').map((e) => e.payload['deviceId']));
      const knock = await until(
        'a device that waits',
        (e) => e.type === 'device-knocked' && e.payload['lineId'] === lineId && !admitted.has(e.payload['deviceId']),
      );
      await command({ type: 'admit-device', lineId, deviceId: knock.payload['deviceId'] });
    },
    join: async (voice) => {
      const mouth = makeMouth(
        realTiming,
        (packet, index) => sound.send(packet, index),
        voice === undefined ? undefined : tonePackets(voice.hz),
      );
      mouth.start();
      sound.wayIsBack({ servers: [], relayOnly: false });
      stopSound = () => {
        mouth.stop();
        sound.close();
      };
      await waitFor('own sound', () => isSoundUp, { withinMs: SOON_MS });
      if (voice?.isOutsider === true) return mouth;
      await until(
        'own leg up',
        (e) => e.type === 'leg-changed' && String(e.payload['leg']).startsWith('person.') && e.payload['state'] === 'up',
      );
      return mouth;
    },
    openAnother: () => openIncident(parley, cookie),
    close: () => {
      stopSound();
      clearInterval(beat);
      socket.close();
    },
  };
}

/** One line that the caller printed. */
export interface Printed {
  readonly event: string;
  readonly at: number;
  readonly [field: string]: unknown;
}

/** The caller as a program. */
export interface CallerProcess {
  readonly pid: number;
  readonly printed: readonly Printed[];
  /** Waits for an event, the `nth` of its kind. */
  until(event: string, options?: { readonly withinMs?: number; readonly is?: (one: Printed) => boolean }): Promise<Printed>;
  signal(signal: NodeJS.Signals): void;
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  errors(): string;
}

/** Starts the built caller. */
export function startCaller(args: readonly string[], entry = 'dist/caller.js'): CallerProcess {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: Printed[] = [];
  let errors = '';
  createInterface({ input: child.stdout }).on('line', (line) => printed.push(JSON.parse(line) as Printed));
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  return {
    pid: child.pid ?? -1,
    printed,
    until: (event, { withinMs = SOON_MS, is = () => true } = {}) =>
      waitFor(`"${event}" of the caller (${errors})`, () => printed.find((one) => one.event === event && is(one)), { withinMs }),
    signal: (signal) => void child.kill(signal),
    ended,
    errors: () => errors,
  };
}
