// HTTP doors for people: coming in, signing in and out, credentials, invitations, the list of people. Rules are in access/ and core.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { idOf, type Person, type Refusal, refuse } from '../../core/incident/topic.ts';
import type { Clock } from '../../ports/clock.ts';
import * as asked from '../../protocol/access.ts';
import { enter } from '../../protocol/http.ts';
import { Buckets } from '../access/bucket.ts';
import type { Doors, Standing } from '../access/doors.ts';
import { admit, answering, COOKIE, refused, whereOf } from '../access/guard.ts';
import type { Asking } from '../access/people.ts';
import type { Config } from '../config.ts';
import type { Rooms } from '../rooms.ts';
import { reachOf } from './reach.ts';

export interface AccessParts {
  readonly doors: Doors;
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly config: Config;
  /** An owner has come in by his link. */
  readonly onOwner: (owner: Person) => Promise<void>;
}

/** Knocks of one address: a whole team behind one proxy comes in at once, and a guesser gets a try every three seconds. */
const ENTER_SIZE = { burst: 300, perSecond: 5, addresses: 10_000 };
const SIGN_IN_SIZE = { burst: 20, perSecond: 1 / 3, addresses: 10_000 };

const NOT_FOUND = refuse('T8', 'There is nothing here.', 'Go back to the list of incidents.');
const NOT_OWNER = refuse('T5', 'Only an owner may do this.', 'Ask an owner of this Parley.');
const NOT_INVITER = refuse('T5', 'Only the leader or the owner invites.', 'Ask one of them.');

type Call = { readonly request: FastifyRequest; readonly reply: FastifyReply };

/** Registers the routes. */
export function registerAccess(app: FastifyInstance, parts: AccessParts): void {
  registerEntrance(app, parts);
  registerCredentials(app, parts.doors);
  registerInvitations(app, parts);
  registerPeople(app, parts.doors);
}

function body<T>(schema: z.ZodType<T>, { request, reply }: Call): T | null {
  const parsed = schema.safeParse(request.body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  // The message of the schema names the rule that was broken and never the value: it may be a password.
  refused(
    reply,
    400,
    refuse(
      'P2',
      `The request is not well formed: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.slice(0, 300),
      'Correct it and send it again.',
    ),
  );
  return null;
}

function giveCookie({ request, reply }: Call, cookie: string | null): void {
  if (cookie !== null)
    reply.setCookie(COOKIE, cookie, { path: '/', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' });
}

function askingOf({ account }: Standing, request: FastifyRequest): Asking {
  return { by: account.personId, from: whereOf(request) };
}

/** Sends a refusal with its status, or what `done` makes. */
async function outcome(reply: FastifyReply, refusal: Refusal | null, done: () => unknown): Promise<unknown> {
  if (refusal === null) return done();
  const status: Readonly<Record<string, number>> = { E9: 503, T3: 403, T8: 404, T10: 403, T14: 403, T26: 403 };
  return refused(reply, status[refusal.rule] ?? 409, refusal);
}

/** False, and the refusal is sent, when this address knocks too often. */
function mayKnock(buckets: Buckets, clock: Clock, { request, reply }: Call): boolean {
  const waitMs = buckets.take(request.ip, clock.now().at);
  if (waitMs === 0) return true;
  const seconds = Math.ceil(waitMs / 1000);
  reply.header('retry-after', String(seconds));
  refused(reply, 429, refuse('T20', 'Too many tries from this address.', `Wait ${seconds} s and try again. Who is signed in stays so.`));
  return false;
}

function registerEntrance(app: FastifyInstance, { doors, rooms, clock, onOwner }: AccessParts): void {
  const enterings = new Buckets(ENTER_SIZE);
  const signIns = new Buckets(SIGN_IN_SIZE);
  const meOf = async (cookie: string | undefined) => {
    const found = doors.standing(cookie);
    return found === null ? null : doors.meNow(found);
  };

  app.post('/api/enter', (request, reply) =>
    answering(reply, async () => {
      const asks = body(enter, { request, reply });
      if (asks === null || !mayKnock(enterings, clock, { request, reply })) return reply;
      const { [COOKIE]: had } = request.cookies;
      const entered = await doors.enter({ ...asks, from: whereOf(request) }, doors.standing(had));
      if ('rule' in entered) return outcome(reply, entered, () => reply);
      const { me, cookie, ticket } = entered;
      if (ticket.incidentId !== undefined && ticket.role !== undefined)
        await rooms.admit(ticket.incidentId, { personId: me.personId, name: me.name, role: ticket.role });
      if (me.rights.includes('owner')) await onOwner({ kind: 'person', personId: me.personId, name: me.name });
      giveCookie({ request, reply }, cookie);
      const now = await meOf(cookie ?? had);
      return now === null || ticket.incidentId === undefined ? now : ({ ...now, incidentId: ticket.incidentId } satisfies asked.Entered);
    }),
  );

  app.post('/api/sign-in', (request, reply) =>
    answering(reply, async () => {
      const asks = body(asked.signIn, { request, reply });
      if (asks === null || !mayKnock(signIns, clock, { request, reply })) return reply;
      const signedIn = await doors.credentials.signIn(asks, whereOf(request));
      if ('rule' in signedIn) return outcome(reply, signedIn, () => reply);
      giveCookie({ request, reply }, signedIn.cookie);
      return meOf(signedIn.cookie);
    }),
  );

  app.post('/api/sign-out', async (request, reply) => {
    const found = admit(doors, { request, reply }, ['locked', 'pending']);
    if (found === null) return reply;
    await doors.sessions.end(found.session, 'signed-out', askingOf(found, request));
    return reply.clearCookie(COOKIE, { path: '/' }).send({});
  });

  app.get('/api/me', async (request, reply) => {
    const found = admit(doors, { request, reply }, ['locked', 'pending']);
    return found === null ? reply : doors.meNow(found);
  });

  /** A page tells that a hand is at its keys: it keeps the screen from being locked. */
  app.post('/api/active', async (request, reply) => {
    const found = admit(doors, { request, reply });
    return found === null ? reply : doors.meNow(found);
  });

  app.post('/api/reauth', (request, reply) =>
    answering(reply, async () => {
      const found = admit(doors, { request, reply }, ['locked']);
      const asks = found === null ? null : body(asked.reauth, { request, reply });
      if (found === null || asks === null) return reply;
      return outcome(reply, await doors.credentials.reauth(found, asks, whereOf(request)), () => meOf(request.cookies[COOKIE]));
    }),
  );
}

function registerCredentials(app: FastifyInstance, doors: Doors): void {
  const meOf = async (request: FastifyRequest) => {
    const found = doors.standing(request.cookies[COOKIE]);
    return found === null ? null : doors.meNow(found);
  };

  app.post('/api/password', (request, reply) =>
    answering(reply, async () => {
      const found = admit(doors, { request, reply }, ['locked']);
      const asks = found === null ? null : body(asked.setPassword, { request, reply });
      if (found === null || asks === null) return reply;
      return outcome(reply, await doors.credentials.setPassword(found, asks.password, whereOf(request)), () => meOf(request));
    }),
  );

  app.post('/api/second-factor/start', (request, reply) =>
    answering(reply, async () => {
      const found = admit(doors, { request, reply }, ['pending']);
      if (found === null || body(asked.nothing, { request, reply }) === null) return reply;
      const started = await doors.credentials.startSecondFactor(found);
      if ('rule' in started) return outcome(reply, started, () => reply);
      const { default: qrcode } = await import('qrcode');
      const qrSvg = await qrcode.toString(started.uri, { type: 'svg', margin: 2 });
      return { ...started, qrSvg } satisfies asked.SecondFactorStart;
    }),
  );

  app.post('/api/second-factor/confirm', (request, reply) =>
    answering(reply, async () => {
      const found = admit(doors, { request, reply }, ['pending']);
      const asks = found === null ? null : body(asked.confirmCode, { request, reply });
      if (found === null || asks === null) return reply;
      const codes = await doors.credentials.confirmSecondFactor(found, asks.code, whereOf(request));
      return 'rule' in codes ? outcome(reply, codes, () => reply) : { recoveryCodes: codes, me: await meOf(request) };
    }),
  );

  app.post('/api/recovery-codes', (request, reply) =>
    answering(reply, async () => {
      const found = admit(doors, { request, reply });
      if (found === null) return reply;
      const codes = await doors.credentials.newRecoveryCodes(found, whereOf(request));
      return 'rule' in codes ? outcome(reply, codes, () => reply) : ({ recoveryCodes: codes } satisfies asked.RecoveryCodes);
    }),
  );
}

function registerInvitations(app: FastifyInstance, { doors, rooms, config }: AccessParts): void {
  app.post('/api/invitations', (request, reply) =>
    answering(reply, async () => {
      const found = admit(doors, { request, reply });
      const asks = found === null ? null : body(asked.invitePerson, { request, reply });
      if (found === null || asks === null) return reply;
      const { me } = found;
      const house = asks.incidentId === undefined ? undefined : rooms.find(asks.incidentId, me.personId);
      if (asks.incidentId !== undefined && house === undefined) return refused(reply, 404, NOT_FOUND);
      const isOwner = me.rights.includes('owner');
      const leads = house?.room.state.people[me.personId]?.roles.includes('leader') ?? false;
      if (!leads && !isOwner) return refused(reply, 403, NOT_INVITER);
      if (asks.firstOfficer === true && (!isOwner || house !== undefined)) return refused(reply, 403, NOT_OWNER);
      const brings = {
        ...(asks.incidentId === undefined ? {} : { incidentId: asks.incidentId }),
        ...(asks.role === undefined ? {} : { role: asks.role }),
        ...(asks.firstOfficer === true ? { opensOne: true } : {}),
      };
      const made = await doors.invite({ ...brings, guest: asks.firstOfficer ?? asks.guest ?? !isOwner }, askingOf(found, request));
      return 'rule' in made
        ? outcome(reply, made, () => reply)
        : { url: `${reachOf(config, request).url}/console#invite=${made.token}`, expiresAt: made.expiresAt };
    }),
  );

  app.post('/api/people/:id/link', (request, reply) =>
    answering(reply, async () => {
      const at = ownerAt(doors, { request, reply });
      if (at === null) return reply;
      const made = await doors.linkBack(at.personId, at.asking);
      return 'rule' in made
        ? outcome(reply, made, () => reply)
        : { url: `${reachOf(config, request).url}/console#invite=${made.token}`, expiresAt: made.expiresAt };
    }),
  );
}

/** An owner who asks about a person that exists; otherwise the refusal is sent and null answered. */
function ownerAt(doors: Doors, call: Call): { readonly personId: string; readonly asking: Asking } | null {
  const found = owner(doors, call);
  if (found === null) return null;
  const id = idOf.safeParse((call.request.params as { id?: unknown }).id);
  if (id.success && Object.hasOwn(doors.people.state.byId, id.data)) return { personId: id.data, asking: askingOf(found, call.request) };
  refused(call.reply, 404, NOT_FOUND);
  return null;
}

function owner(doors: Doors, call: Call): Standing | null {
  const found = admit(doors, call);
  if (found === null || found.me.rights.includes('owner')) return found;
  refused(call.reply, 403, NOT_OWNER);
  return null;
}

function registerPeople(app: FastifyInstance, doors: Doors): void {
  app.get('/api/people', async (request, reply) => (owner(doors, { request, reply }) === null ? reply : doors.list()));

  app.post('/api/sessions/end-all', (request, reply) =>
    answering(reply, async () => {
      const found = admit(doors, { request, reply });
      const asks = found === null ? null : body(asked.endAll, { request, reply });
      if (found === null || asks === null) return reply;
      const mine = asks.personId === undefined || asks.personId === found.account.personId;
      if (!mine && !found.me.rights.includes('owner')) return refused(reply, 403, NOT_OWNER);
      const personId = asks.personId ?? found.account.personId;
      if (!Object.hasOwn(doors.people.state.byId, personId)) return refused(reply, 404, NOT_FOUND);
      await doors.endAll(personId, {
        cause: mine ? 'ended-by-self' : 'ended-by-owner',
        asking: askingOf(found, request),
        ...(asks.keepThis === true ? { but: found.session.id } : {}),
      });
      return {};
    }),
  );

  /** One owner's act on one person. */
  const act = <T>(
    path: string,
    schema: z.ZodType<T>,
    done: (asks: T, at: { readonly personId: string; readonly asking: Asking }) => Promise<Refusal | null>,
  ) =>
    app.post(`/api/people/:id/${path}`, (request, reply) =>
      answering(reply, async () => {
        const at = ownerAt(doors, { request, reply });
        const parsed = at === null ? null : schema.safeParse(request.body);
        if (at === null || parsed === null) return reply;
        if (!parsed.success) return body(schema, { request, reply }) ?? reply;
        return outcome(reply, await done(parsed.data, at), () => doors.list().find((line) => line.personId === at.personId) ?? {});
      }),
    );

  act('unlock', asked.nothing, (_, { personId, asking }) => doors.unlock(personId, asking));
  act('keep', asked.nothing, (_, { personId, asking }) => doors.people.submit({ do: 'keep', personId }, asking));
  act('rename', asked.renamePerson, ({ name }, { personId, asking }) => doors.people.submit({ do: 'rename', personId, name }, asking));
  act('remove', asked.removePerson, ({ why }, { personId, asking }) => doors.remove(personId, why, asking));
  act('rights', asked.setRight, ({ right, on }, { personId, asking }) =>
    doors.people.submit({ do: on ? 'give-right' : 'take-right', personId, right }, asking),
  );
}
