// What one console was sent of an incident, kept frame by frame and told from the wire alone, not from the console's own store. Compares
// nothing: see ledger.ts.
import type { Page, WebSocket } from 'playwright-core';
import { EMPTY, reduce, sees } from '../../../src/core/incident/log.ts';
import type { Entry, Role, Stub } from '../../../src/core/incident/topic.ts';
import type { IncidentState } from '../../../src/core/incident/topics.ts';
import type { FromTeam, ToTeam } from '../../../src/protocol/team.ts';

/** One console as the wire shows it, over all its sockets. */
export class Told {
  personId = '';
  roles: readonly Role[] = [];
  /** What it holds now: from seq 1 on, without gaps. */
  held: (Entry | Stub)[] = [];
  /** `after` of every greeting: how much the console said that it holds. */
  readonly greetings: number[] = [];
  /** Every list of roles with which it was sent entries. */
  readonly everHad: (readonly Role[])[] = [];
  /** What must never happen: an entry that its roles do not see, a console that claims more than it was sent. Empty is right. */
  readonly wrongs: string[] = [];

  /** A message of the console. */
  said(message: FromTeam): void {
    if (message.t !== 'hello') return;
    this.greetings.push(message.after);
    if (message.after > this.held.length) this.wrongs.push(`holds ${message.after} and was sent ${this.held.length}`);
    // What came on the old socket and was not taken any more comes again.
    this.held.length = Math.min(this.held.length, message.after);
  }

  /** A message to the console. */
  got(message: ToTeam): void {
    if (message.t === 'welcome') {
      this.personId = message.you.personId;
      if (this.held.length === 0) this.#become(message.you.roles);
    } else if (message.t === 'reset') {
      this.held = [];
      this.#become(message.roles);
    } else if (message.t === 'entries') for (const one of message.entries) this.#take(one);
  }

  /** `reduce` of what it was sent. */
  get state(): IncidentState {
    return this.held.reduce(reduce, EMPTY);
  }

  /** Types of the entries that it was shown, each once. */
  get types(): readonly string[] {
    return [...new Set(this.held.flatMap((one) => ('type' in one ? [one.type] : [])))].sort();
  }

  #become(roles: readonly Role[]): void {
    this.roles = roles;
    this.everHad.push(roles);
  }

  #take(one: Entry | Stub): void {
    if (one.seq !== this.held.length + 1) {
      if (one.seq > this.held.length + 1) this.wrongs.push(`${one.seq} came after ${this.held.length}`);
      return;
    }
    this.held.push(one);
    if ('type' in one && !sees({ personId: this.personId, roles: this.roles }, one))
      this.wrongs.push(`${one.seq} ${one.type} was shown to ${this.roles.join(' and ') || 'nobody'}`);
  }
}

/** Follows a page's sockets to incidents from now on. Only the newest counts, as for the page itself. */
export function watchPage(page: Page): Told {
  const told = new Told();
  let current: WebSocket | null = null;
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/api/team?')) return;
    socket.on('framesent', ({ payload }) => {
      const message = JSON.parse(String(payload)) as FromTeam;
      if (message.t === 'hello') current = socket;
      told.said(message);
    });
    socket.on('framereceived', ({ payload }) => {
      if (socket === current) told.got(JSON.parse(String(payload)) as ToTeam);
    });
  });
  return told;
}

/** Lets a test command over the page's own socket, and cut and mend its wires. To be run before the page's own scripts. */
export const WIRES = `(() => {
  const Real = WebSocket; const all = new Set(); let isCut = false;
  const team = () => [...all].reverse().find((one) => one.readyState === 1 && one.url.includes('/api/team?'));
  window.__cut = (on) => { isCut = on; if (on) for (const one of all) one.close(); };
  window.__ask = (id, command, ms) => new Promise((done) => {
    const socket = team();
    if (socket === undefined) return done({ t: 'no way' });
    const hear = ({ data }) => { const m = JSON.parse(data); if (m.id === id) done(m); };
    socket.addEventListener('message', hear);
    socket.addEventListener('close', () => done({ t: 'cut' }));
    setTimeout(() => { socket.removeEventListener('message', hear); done({ t: 'late' }); }, ms);
    socket.send(JSON.stringify({ t: 'command', id, command }));
  });
  window.WebSocket = class extends Real {
    constructor(...of) { if (isCut) throw new Error('the wire is cut'); super(...of); all.add(this); this.addEventListener('close', () => all.delete(this)); }
  };
})()`;

/** What a command over a page's own socket came to: the server's answer; or `no way`, `cut` and `late`, when it may have been done or not. */
export interface Asked {
  readonly t: 'ack' | 'refused' | 'unlogged' | 'no way' | 'cut' | 'late';
  readonly seq?: number;
  readonly refusal?: { readonly rule: string; readonly why: string };
}

interface Wired {
  readonly __ask: (id: string, command: object, ms: number) => Promise<Asked>;
  readonly __cut: (on: boolean) => void;
}

/** Sends a command over the socket of a page that has `WIRES`. */
export function askOn(page: Page, command: { readonly type: string; readonly id: string; readonly [field: string]: unknown }, ms = 5_000) {
  const { id, ...rest } = command;
  return page.evaluate(([of, what, limitMs]) => (window as unknown as Wired).__ask(of, what, limitMs), [id, rest, ms] as const);
}

/** Cuts all sockets of a page that has `WIRES` and lets it open no other, or lets it again. */
export function cutWires(page: Page, on: boolean): Promise<void> {
  return page.evaluate((isCut) => (window as unknown as Wired).__cut(isCut), on);
}
