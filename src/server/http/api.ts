// HTTP doors of the team: incidents, links, recordings. Each checks who asks before anything else. People are in access.ts.
import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { isOver } from '../../core/incident/incident.ts';
import { isMachine } from '../../core/incident/people.ts';
import { mayReadLeg } from '../../core/incident/reading.ts';
import { isOutsider, type Person, type Refusal } from '../../core/incident/topic.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Files } from '../../ports/files.ts';
import type { Pictures } from '../../ports/pictures.ts';
import type { Press } from '../../ports/press.ts';
import { AGAIN_FROM_HEADER, type Me, makeLink, noteDebrief, openIncident, playAgain } from '../../protocol/http.ts';
import type { Doors } from '../access/doors.ts';
import { admit, refused, whereOf } from '../access/guard.ts';
import type { Config } from '../config.ts';
import type { Custody } from '../custody.ts';
import type { DiskKeeper } from '../disk.ts';
import type { House, Rooms } from '../rooms.ts';
import { cutLast } from './again.ts';
import { makePaper } from './papers.ts';
import { reachOf } from './reach.ts';
import { NOT_ON_RECORD, putOnRecord } from './reading.ts';
import { contentTypeOf, listRecordings, recordingPath } from './recordings.ts';
import { registerUploads } from './uploads.ts';

export interface ApiParts {
  readonly doors: Doors;
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly custody: Custody;
  readonly config: Config;
  /** Null: nobody looks at the disk. */
  readonly keeper: DiskKeeper | null;
  /** Null: no printable files. */
  readonly press: Press | null;
  readonly origins: () => ReadonlySet<string>;
  readonly files: Files;
  readonly pictures: Pictures;
}

type Handler = (request: FastifyRequest, reply: FastifyReply, me: Me) => unknown;

/** Of a thing that is not there, and of one that is not the asker's. */
export const NOT_FOUND: Refusal = { rule: 'T8', why: 'There is nothing here.', next: 'Go back to the list of incidents.' };

const NO_MACHINE: Refusal = { rule: 'T31', why: 'A machine takes part in exercises only.', next: 'A person opens the incident.' };

const STILL_OPEN: Refusal = {
  rule: 'X6',
  why: 'The incident is not closed.',
  next: 'Write it as a note; the debrief begins when the incident is closed.',
};

const NOTHING_RECORDED: Refusal = {
  rule: 'R40',
  why: 'Nothing of this line was recorded in that time.',
  next: 'Try a longer time, or look whether the line is recorded.',
};

/** Registers all routes below /api. */
export function registerApi(app: FastifyInstance, parts: ApiParts): void {
  const { doors, rooms, clock, custody } = parts;

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
      const asking = { by: me.personId, from: whereOf(request) };
      const isGuest = doors.isGuest(me.personId);
      const barred = isGuest ? await doors.takeOpenOne(me.personId, asking) : null;
      if (barred !== null) return refused(reply, 403, barred);
      try {
        const { id } = await rooms.open(person(me), asks);
        return { id };
      } catch (cause) {
        if (isGuest) await doors.giveOpenOne(me.personId, asking);
        throw cause;
      }
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
    inIncident(async (_, __, { me, house }) => {
      const all = await listRecordings(parts.config.dataDir, house);
      return all.filter((one) => mayReadLeg(house.room.state, me.personId, one.leg));
    }),
  );

  app.get(
    '/api/incidents/:id/recordings/:leg/:file',
    inIncident(async (request, reply, { me, house }) => {
      const { leg, file } = request.params as { leg: string; file: string };
      const path = await recordingPath(parts.config.dataDir, house.id, { leg, file });
      if (path === null || !mayReadLeg(house.room.state, me.personId, leg)) return refused(reply, 404, NOT_FOUND);
      // Reading is an entry, and comes first: what is not on record is not read.
      const refusal = await putOnRecord(custody, { house, who: person(me) }, { type: 'recording-read', payload: { leg, file } });
      if (refusal !== null) return refused(reply, 409, refusal);
      return reply.type(contentTypeOf(file)).send(createReadStream(path));
    }),
  );

  app.get(
    '/api/incidents/:id/custody',
    inIncident(async (_, __, { house }) => custody.read(house.id)),
  );

  app.post(
    '/api/incidents/:id/custody',
    inIncident(async (request, reply, { me, house }) => {
      const asks = body(noteDebrief, request, reply);
      if (asks === null) return reply;
      if (!isOver(house.room.state.incident)) return refused(reply, 409, STILL_OPEN);
      const isOnRecord = await custody.add(house.id, person(me), { type: 'debrief-noted', payload: asks });
      return isOnRecord ? { ok: true } : refused(reply, 507, NOT_ON_RECORD);
    }),
  );

  app.get(
    '/api/incidents/:id/papers/:number',
    inIncident(async (request, reply, { me, house }) => {
      const { number } = request.params as { number: string };
      const made = await makePaper({ press: parts.press, custody }, { house, who: person(me), number });
      if (made.is === 'refused') return refused(reply, made.status, made.refusal);
      return reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename="position-paper-${made.number}.pdf"`)
        .send(Buffer.from(made.bytes));
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
    custody,
    allowed: (handler) => inIncident((request, reply, { me, house }) => handler(request, reply, { who: person(me), house })),
  });
}

function person(me: Me): Person {
  return { kind: 'person', personId: me.personId, name: me.name };
}

/** The body as its schema has it; null when it was refused. */
export function body<T>(schema: z.ZodType<T>, request: FastifyRequest, reply: FastifyReply): T | null {
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
