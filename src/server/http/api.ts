// HTTP doors of the team: incidents, links, recordings. Each checks who asks before anything else. People are in access.ts.
import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { isMachine } from '../../core/incident/people.ts';
import { isOutsider, type Person, type Refusal } from '../../core/incident/topic.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Files } from '../../ports/files.ts';
import type { Pictures } from '../../ports/pictures.ts';
import { AGAIN_FROM_HEADER, type Me, makeLink, openIncident, playAgain } from '../../protocol/http.ts';
import type { Doors } from '../access/doors.ts';
import { admit, refused } from '../access/guard.ts';
import type { Config } from '../config.ts';
import type { DiskKeeper } from '../disk.ts';
import type { House, Rooms } from '../rooms.ts';
import { cutLast } from './again.ts';
import { reachOf } from './reach.ts';
import { listRecordings, recordingPath } from './recordings.ts';
import { registerUploads } from './uploads.ts';

export interface ApiParts {
  readonly doors: Doors;
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly config: Config;
  /** Null: nobody looks at the disk. */
  readonly keeper: DiskKeeper | null;
  readonly origins: () => ReadonlySet<string>;
  readonly files: Files;
  readonly pictures: Pictures;
}

type Handler = (request: FastifyRequest, reply: FastifyReply, me: Me) => unknown;

const NOT_FOUND: Refusal = { rule: 'T8', why: 'There is nothing here.', next: 'Go back to the list of incidents.' };

const NO_MACHINE: Refusal = { rule: 'T31', why: 'A machine takes part in exercises only.', next: 'A person opens the incident.' };

const NOTHING_RECORDED: Refusal = {
  rule: 'R40',
  why: 'Nothing of this line was recorded in that time.',
  next: 'Try a longer time, or look whether the line is recorded.',
};

/** Registers all routes below /api. */
export function registerApi(app: FastifyInstance, parts: ApiParts): void {
  const { doors, rooms, clock } = parts;

  app.addHook('onRequest', async (request, reply) => {
    // A page of another origin must not act with our cookie; browsers send Origin with every request that changes something.
    const { origin } = request.headers;
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (changes && (origin === undefined || !parts.origins().has(origin)))
      return refused(reply, 403, { rule: 'T7', why: 'This request came from another page.', next: 'Open Parley by its own address.' });
  });

  const signedIn = (handler: Handler) => async (request: FastifyRequest, reply: FastifyReply) => {
    const found = admit(doors, { request, reply });
    return found === null ? reply : handler(request, reply, found.me);
  };
  const inIncident = (handler: (request: FastifyRequest, reply: FastifyReply, at: { me: Me; house: House }) => unknown) =>
    signedIn((request, reply, me) => {
      const house = rooms.find((request.params as { id: string }).id, me.personId);
      // A third party has his own page and nothing else of an incident.
      const isTeam = house !== undefined && !isOutsider(house.room.state.people[me.personId]?.roles ?? []);
      return isTeam ? handler(request, reply, { me, house }) : refused(reply, 404, NOT_FOUND);
    });

  app.get(
    '/api/incidents',
    signedIn((_, __, me) => rooms.listFor(me.personId)),
  );

  app.post(
    '/api/incidents',
    signedIn(async (request, reply, me) => {
      const asks = body(openIncident, request, reply);
      if (asks === null) return reply;
      if (isMachine(me.personId)) return refused(reply, 403, NO_MACHINE);
      const waits = parts.keeper?.refusal({ exercise: asks.exercise, callsGoOn: rooms.haveCalls() }) ?? null;
      if (waits !== null) return refused(reply, 507, waits);
      const { id } = await rooms.open(person(me), asks);
      return { id };
    }),
  );

  app.post(
    '/api/incidents/:id/links',
    inIncident(async (request, reply, { me, house }) => {
      const asks = body(makeLink, request, reply);
      if (asks === null) return reply;
      const made = await house.links.make(person(me), asks, { at: clock.now().at, where: reachOf(parts.config, request) });
      return 'rule' in made ? refused(reply, 409, made) : made;
    }),
  );

  app.get(
    '/api/incidents/:id/recordings',
    inIncident((_, __, { house }) => listRecordings(parts.config.dataDir, house)),
  );

  app.get(
    '/api/incidents/:id/recordings/:leg/:file',
    inIncident(async (request, reply, { me, house }) => {
      const { leg, file } = request.params as { leg: string; file: string };
      const path = await recordingPath(parts.config.dataDir, house.id, { leg, file });
      if (path === null) return refused(reply, 404, NOT_FOUND);
      // Reading is an entry, and comes first: what is not on record is not read. A closed incident takes none (see SPEC, Gaps).
      if (house.room.state.incident.closedAt === null) {
        const outcome = await house.room.submit(person(me), { type: 'read-recording', leg, file });
        if ('rule' in outcome) return refused(reply, 409, outcome);
      }
      return reply.type('audio/ogg').send(createReadStream(path));
    }),
  );

  app.post(
    '/api/incidents/:id/again',
    inIncident(async (request, reply, { me, house }) => {
      const asks = body(playAgain, request, reply);
      if (asks === null) return reply;
      const { lineId, seconds } = asks;
      const nowMs = clock.now().at;
      const cut = await cutLast(parts.config.dataDir, { incidentId: house.id, lineId }, { seconds, nowMs });
      if (cut === null) return refused(reply, 409, NOTHING_RECORDED);
      const { fromMs, toMs } = cut;
      const outcome = await house.room.submit(person(me), { type: 'read-again', lineId, seconds, fromMs, toMs });
      if ('rule' in outcome) return refused(reply, 409, outcome);
      return reply.type('audio/ogg').header(AGAIN_FROM_HEADER, String(cut.fromMs)).send(Buffer.from(cut.bytes));
    }),
  );

  registerUploads(app, {
    files: parts.files,
    pictures: parts.pictures,
    keeper: parts.keeper,
    allowed: (handler) => inIncident((request, reply, { me, house }) => handler(request, reply, { who: person(me), house })),
  });
}

function person(me: Me): Person {
  return { kind: 'person', personId: me.personId, name: me.name };
}

function body<T>(schema: z.ZodType<T>, request: FastifyRequest, reply: FastifyReply): T | null {
  const parsed = schema.safeParse(request.body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  refused(reply, 400, {
    rule: 'P2',
    why: `The request is not well formed: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.slice(0, 300),
    next: 'Correct it and send it again.',
  });
  return null;
}
