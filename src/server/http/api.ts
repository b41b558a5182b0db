// HTTP doors of the team: coming in, incidents, links, invitations, recordings. Each checks who asks before anything else.
import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Person, Refusal } from '../../core/incident/topic.ts';
import type { Clock } from '../../ports/clock.ts';
import { enter, invite, makeLink, type Me, openIncident } from '../../protocol/http.ts';
import type { Doors } from '../access/doors.ts';
import type { Config } from '../config.ts';
import type { House, Rooms } from '../rooms.ts';
import { listRecordings, recordingPath } from './recordings.ts';
import { reachOf } from './reach.ts';

export const COOKIE = 'parley';

export interface ApiParts {
  readonly doors: Doors;
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly config: Config;
  readonly origins: () => ReadonlySet<string>;
}

type Handler = (request: FastifyRequest, reply: FastifyReply, me: Me) => unknown;

function refused(reply: FastifyReply, status: number, refusal: Refusal): FastifyReply {
  return reply.code(status).send({ refused: refusal });
}

const NOT_FOUND: Refusal = { rule: 'T8', why: 'There is nothing here.', next: 'Go back to the list of incidents.' };
const SIGN_IN: Refusal = { rule: 'T2', why: 'You are not signed in.', next: 'Open your invitation link, or ask for a new one.' };

/** Registers all routes below /api. */
export function registerApi(app: FastifyInstance, parts: ApiParts): void {
  const { doors, rooms, clock } = parts;

  app.addHook('onRequest', async (request, reply) => {
    // A page of another origin must not act with our cookie; browsers send Origin with every request that changes something.
    const { origin } = request.headers;
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (changes && (origin === undefined || !parts.origins().has(origin))) return refused(reply, 403, { rule: 'T7', why: 'This request came from another page.', next: 'Open Parley by its own address.' });
  });

  const signedIn = (handler: Handler) => async (request: FastifyRequest, reply: FastifyReply) => {
    const me = await doors.whoIs(request.cookies[COOKIE]);
    return me === null ? refused(reply, 401, SIGN_IN) : handler(request, reply, me);
  };
  const inIncident = (handler: (request: FastifyRequest, reply: FastifyReply, at: { me: Me; house: House }) => unknown) =>
    signedIn((request, reply, me) => {
      const house = rooms.find((request.params as { id: string }).id, me.personId);
      return house === undefined ? refused(reply, 404, NOT_FOUND) : handler(request, reply, { me, house });
    });

  app.post('/api/enter', async (request, reply) => {
    const asks = body(enter, request, reply);
    if (asks === null) return reply;
    const entered = await doors.enter(asks.token, asks.name, await doors.whoIs(request.cookies[COOKIE]));
    if (entered === null) return refused(reply, 403, { rule: 'T3', why: 'This link was used already, or has expired.', next: 'Ask for a new one. The owner finds a new link where Parley was started.' });
    const { me, cookie, ticket } = entered;
    if (ticket.incidentId !== undefined && ticket.role !== undefined) await rooms.admit(ticket.incidentId, { personId: me.personId, name: me.name, role: ticket.role });
    reply.setCookie(COOKIE, cookie, { path: '/', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' });
    return me;
  });

  app.get('/api/me', signedIn((_, __, me) => me));

  app.get('/api/incidents', signedIn((_, __, me) => rooms.listFor(me.personId)));

  app.post('/api/incidents', signedIn(async (request, reply, me) => {
    const asks = body(openIncident, request, reply);
    if (asks === null) return reply;
    const { id } = await rooms.open(person(me), asks);
    return { id };
  }));

  app.post('/api/incidents/:id/links', inIncident(async (request, reply, { me, house }) => {
    const asks = body(makeLink, request, reply);
    if (asks === null) return reply;
    const made = await house.links.make(person(me), asks, { at: clock.now().at, where: reachOf(parts.config, request) });
    return 'rule' in made ? refused(reply, 409, made) : made;
  }));

  app.post('/api/invitations', signedIn(async (request, reply, me) => {
    const asks = body(invite, request, reply);
    if (asks === null) return reply;
    const house = asks.incidentId === undefined ? undefined : rooms.find(asks.incidentId, me.personId);
    const leads = house?.room.state.people[me.personId]?.roles.includes('leader') ?? false;
    if (asks.incidentId !== undefined && house === undefined) return refused(reply, 404, NOT_FOUND);
    if (!leads && !me.rights.includes('owner')) return refused(reply, 403, { rule: 'T5', why: 'Only the leader or the owner invites.', next: 'Ask one of them.' });
    const { token, expiresAt } = await doors.invite({ ...(asks.incidentId === undefined ? {} : { incidentId: asks.incidentId }), ...(asks.role === undefined ? {} : { role: asks.role }) });
    return { url: `${reachOf(parts.config, request).url}/console#invite=${token}`, expiresAt };
  }));

  app.get('/api/incidents/:id/recordings', inIncident((_, __, { house }) => listRecordings(parts.config.dataDir, house)));

  app.get('/api/incidents/:id/recordings/:leg/:file', inIncident(async (request, reply, { house }) => {
    const { leg, file } = request.params as { leg: string; file: string };
    const path = await recordingPath(parts.config.dataDir, house.id, { leg, file });
    return path === null ? refused(reply, 404, NOT_FOUND) : reply.type('audio/ogg').send(createReadStream(path));
  }));
}

function person(me: Me): Person {
  return { kind: 'person', personId: me.personId, name: me.name };
}

function body<T>(schema: z.ZodType<T>, request: FastifyRequest, reply: FastifyReply): T | null {
  const parsed = schema.safeParse(request.body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  refused(reply, 400, { rule: 'P2', why: `The request is not well formed: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.slice(0, 300), next: 'Correct it and send it again.' });
  return null;
}
