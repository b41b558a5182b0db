// Every door of the box, knocked at by everybody: stranger, somebody with a role elsewhere, a member, an owner without a role.
// A route that is not in the table fails the suite, so that nobody adds a door without saying who may use it.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { Box, ORIGIN } from '../../../test/doors-kit.ts';

const WHO = ['stranger', 'elsewhere', 'member', 'owner'] as const;
type Who = (typeof WHO)[number];
type Row = readonly [stranger: number, elsewhere: number, member: number, owner: number, body?: unknown];

const open: Row = [200, 200, 200, 200];

/** Route -> status for each, and the body that is sent. `:id` is the incident, or in /api/people the member. 4xx beyond 401, 403 and 404: may, but the request is poor. */
const TABLE: Readonly<Record<string, Row>> = {
  'GET /healthz': open,
  'GET /console': open,
  'GET /*': [404, 404, 404, 404],
  'GET /trust': open,
  'GET /trust/parley-ca.crt': [404, 404, 404, 404],
  'GET /trust/qr.svg': open,
  'GET /trust/trust.css': open,
  'POST /api/enter': [403, 403, 403, 403, { token: 'x'.repeat(32), name: 'x' }],
  'POST /api/sign-in': [403, 403, 403, 403, { login: 'x', password: 'x' }],
  'POST /api/sign-out': [401, 200, 200, 200, {}],
  'GET /api/me': [401, 200, 200, 200],
  'POST /api/active': [401, 200, 200, 200, {}],
  'POST /api/reauth': [401, 403, 403, 403, { code: '000000' }],
  'POST /api/password': [401, 409, 409, 409, { password: 'short' }],
  'POST /api/second-factor/start': [401, 200, 200, 200, {}],
  'POST /api/second-factor/confirm': [401, 409, 409, 409, { code: '000000' }],
  'POST /api/recovery-codes': [401, 409, 409, 409, {}],
  // The sessions of the member: his own for him.
  'POST /api/sessions/end-all': [401, 403, 200, 200, { personId: ':member' }],
  'POST /api/invitations': [401, 404, 403, 404, { incidentId: ':incident', role: 'scribe' }],
  'GET /api/people': [401, 403, 403, 200],
  'POST /api/people/:id/link': [401, 403, 403, 200, {}],
  'POST /api/people/:id/unlock': [401, 403, 403, 200, {}],
  'POST /api/people/:id/keep': [401, 403, 403, 200, {}],
  'POST /api/people/:id/rename': [401, 403, 403, 200, { name: 'x' }],
  'POST /api/people/:id/rights': [401, 403, 403, 200, { right: 'owner', on: false }],
  'POST /api/people/:id/remove': [401, 403, 403, 200, { why: 'x' }],
  'POST /api/search': [401, 200, 200, 200, { words: 'x' }],
  'POST /api/incidents/:id/search': [401, 404, 200, 404, { words: 'x' }],
  'GET /api/incidents': [401, 200, 200, 200],
  // The member came by a leader's invitation: a guest.
  'POST /api/incidents': [401, 200, 403, 200, { title: 'x', exercise: true }],
  'POST /api/practice': [401, 200, 403, 200, {}],
  'POST /api/incidents/:id/links': [401, 404, 409, 404, { label: 'x', kind: 'link' }],
  // A member's role hears the line; here is none.
  'POST /api/incidents/:id/again': [401, 404, 409, 404, { lineId: 'line-x', seconds: 15 }],
  'GET /api/incidents/:id/recordings': [401, 404, 200, 404],
  'GET /api/incidents/:id/custody': [401, 404, 200, 404],
  // It is not closed.
  'POST /api/incidents/:id/custody': [401, 404, 409, 404, { text: 'x' }],
  // A recording that is not there, and an incident that is not theirs, must look the same.
  'GET /api/incidents/:id/recordings/:leg/:file': [401, 404, 404, 404],
  // A position paper that is not there, or is not theirs, must look the same as a foreign incident.
  'GET /api/incidents/:id/papers/:number': [401, 404, 404, 404],
  // A member may; a body that is no file is refused.
  'POST /api/incidents/:id/uploads': [401, 404, 409, 404, {}],
  // An upload that is not there, and an incident that is not theirs, must look the same.
  'GET /api/incidents/:id/uploads/:upload/:what': [401, 404, 404, 404],
  'GET /api/team': [401, 404, 101, 404],
  // The subject's door: anybody may come up to it; what is behind it needs a link and the team's word.
  'GET /api/field': [101, 101, 101, 101],
};

interface Scene {
  readonly box: Box;
  readonly incident: string;
  readonly person: string;
  readonly cookies: Readonly<Record<Who, string | undefined>>;
}

/** A new box for each knock: what one does must not decide what the next one finds. */
async function setUp(): Promise<Scene> {
  const box = await new Box().start();
  const owner = await box.owner();
  const [lead, elsewhere] = [await box.invited(owner, 'Lena'), await box.invited(owner, 'Emil')];
  const incident = String((await box.ask('/api/incidents', { cookie: lead, body: { title: 'Bridge', exercise: true } })).body['id']);
  const member = await box.invited(lead, 'Mia', { incidentId: incident, role: 'scribe' });
  await box.ask('/api/incidents', { cookie: elsewhere, body: { title: 'Tower', exercise: true } });
  const person = String((await box.ask('/api/me', { cookie: member })).body['personId']);
  return { box, incident, person, cookies: { stranger: undefined, elsewhere, member, owner } };
}

function filled(text: string, { incident, person }: Scene, path: string): string {
  const id = path.startsWith('/api/people/') ? person : incident;
  return text
    .replace(':incident', incident)
    .replace(':member', person)
    .replace(':id', id)
    .replace(':leg', 'p-x')
    .replace(':file', '0001.opus')
    .replace(':number', '1')
    .replace(':upload', 'up-x')
    .replace(':what', 'view')
    .replace('/*', '/nothing-here.txt');
}

/** The status that an upgrade is answered with. */
async function upgrade(
  { box }: Scene,
  path: string,
  { cookie, origin = ORIGIN }: { readonly cookie?: string | undefined; readonly origin?: string | null },
): Promise<number> {
  const { app } = box.it;
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  const socket = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}${path}`, {
    headers: { ...(cookie === undefined ? {} : { cookie: `parley=${cookie}` }), ...(origin === null ? {} : { origin }) },
  });
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.once('unexpected-response', (_, response) => {
      socket.on('error', () => undefined);
      socket.terminate();
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', reject);
  });
}

async function knock(scene: Scene, route: string, who: Who): Promise<number> {
  const [method = '', path = ''] = route.split(' ');
  const cookie = scene.cookies[who];
  if (path === '/api/team') return upgrade(scene, `${path}?incident=${scene.incident}`, { cookie });
  if (path === '/api/field') return upgrade(scene, path, { cookie });
  const body = TABLE[route]?.[4];
  const { status } = await scene.box.ask(filled(path, scene, path), {
    method,
    cookie,
    ...(body === undefined ? {} : { body: JSON.parse(filled(JSON.stringify(body), scene, path)) }),
  });
  return status;
}

describe('the doors', () => {
  let scene: Scene;
  let routes: readonly string[];
  beforeAll(async () => {
    scene = await setUp();
    routes = scene.box.it.routes.filter((route) => !route.startsWith('HEAD '));
  });
  afterAll(() => scene.box.stop());

  it('[T8] are all in the table of who may use them', () => {
    expect(routes.length).toBeGreaterThan(25);
    expect([...routes].sort()).toEqual(Object.keys(TABLE).sort());
  });

  it.each(Object.keys(TABLE))('[T2, T5, T8] answer %s to each as the table says', async (route) => {
    const answers: number[] = [];
    for (const who of WHO) {
      const fresh = route.startsWith('POST ') ? await setUp() : scene;
      answers.push(await knock(fresh, route, who));
      if (fresh !== scene) await fresh.box.stop();
    }
    expect(answers).toEqual(TABLE[route]?.slice(0, 4));
  });

  it('[T8] answer an incident that is not theirs as one that does not exist, to the byte', async () => {
    const cookie = scene.cookies.elsewhere;
    const foreign = await scene.box.ask(`/api/incidents/${scene.incident}/recordings`, { cookie });
    for (const id of ['i0000000000', '__proto__', 'constructor', '..%2f..', 'x'.repeat(300)]) {
      const none = await scene.box.ask(`/api/incidents/${id}/recordings`, { cookie });
      expect(none.status, id).toBe(404);
      if (/^[a-z0-9_]{1,90}$/.test(id)) expect(none.raw.body, id).toBe(foreign.raw.body);
    }
  });

  it('[T8] know no person by a name that every object has', async () => {
    for (const id of ['constructor', '__proto__', 'x', 'A'.repeat(50)]) {
      expect(
        (await scene.box.ask(`/api/people/${id}/rights`, { cookie: scene.cookies.owner, body: { right: 'owner', on: true } })).status,
        id,
      ).toBe(404);
    }
  });

  it('[T7] open no socket to a page of another origin, whatever it brings', async () => {
    for (const path of [`/api/team?incident=${scene.incident}`, '/api/field']) {
      for (const origin of ['https://evil.example', 'null', `${ORIGIN}.evil.example`, null]) {
        expect(await upgrade(scene, path, { cookie: scene.cookies.member, origin }), `${path} from ${origin}`).toBe(403);
      }
    }
  });

  it('[T17] close the sockets of a person whose sessions are ended, within a second, and open no new one', async () => {
    const { app } = scene.box.it;
    if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
    const address = app.server.address();
    const socket = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/api/team?incident=${scene.incident}`, {
      headers: { origin: ORIGIN, cookie: `parley=${scene.cookies.member}` },
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const closed = new Promise<{ code: number; at: number }>((resolve) =>
      socket.once('close', (code) => resolve({ code, at: performance.now() })),
    );
    const from = performance.now();
    expect((await scene.box.ask('/api/sessions/end-all', { cookie: scene.cookies.owner, body: { personId: scene.person } })).status).toBe(
      200,
    );
    const { code, at } = await closed;
    expect(code).toBe(4410);
    expect(at - from).toBeLessThan(1_000);
    expect(await upgrade(scene, `/api/team?incident=${scene.incident}`, { cookie: scene.cookies.member })).toBe(401);
  });

  /** An open socket of the box, and what it says. */
  async function opened(
    path: string,
    cookie?: string,
  ): Promise<{ socket: WebSocket; said: Record<string, unknown>[]; closed: Promise<number> }> {
    const { app } = scene.box.it;
    if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
    const address = app.server.address();
    const socket = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}${path}`, {
      headers: { origin: ORIGIN, ...(cookie === undefined ? {} : { cookie: `parley=${cookie}` }) },
    });
    const said: Record<string, unknown>[] = [];
    socket.on('message', (data) => said.push(JSON.parse(String(data))));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return { socket, said, closed };
  }

  it('[T59] keep no more than 256 sockets that did not knock: the oldest goes', async () => {
    const first = await opened('/api/field');
    const others: WebSocket[] = [];
    for (let n = 0; n < 8; n += 1)
      others.push(...(await Promise.all(Array.from({ length: 32 }, () => opened('/api/field')))).map((one) => one.socket));
    expect(await first.closed).toBe(4429);
    expect(others.filter((one) => one.readyState === WebSocket.OPEN).length).toBeGreaterThan(200);
    for (const one of others) one.terminate();
  });

  it('[T63] take no word over a socket for what another door does', async () => {
    const fresh = await setUp();
    const before = scene;
    scene = fresh;
    const { socket, said } = await opened(`/api/team?incident=${fresh.incident}`, fresh.cookies.member);
    socket.send(JSON.stringify({ t: 'hello', v: 1, after: 0, roles: [] }));
    const command = { type: 'read-recording', leg: 'person.x', file: '00001.opus' };
    socket.send(JSON.stringify({ t: 'command', id: 'x'.repeat(16), command }));
    await vi.waitUntil(() => said.some((one) => one['t'] === 'refused'), { timeout: 2_000, interval: 5 });
    expect(said.find((one) => one['t'] === 'refused')).toMatchObject({ refusal: { rule: 'T63' } });
    socket.terminate();
    await fresh.box.stop();
    scene = before;
  });
});
