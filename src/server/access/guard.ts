// Stands before every route: who asks, from where, how often, and what his session may do now. Decides nothing about incidents.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../../core/incident/topic.ts';
import { refuse } from '../../core/incident/topic.ts';
import type { Where } from '../../core/readiness/people.ts';
import { StoreFault } from '../../ports/store.ts';
import type { MeNow } from '../../protocol/access.ts';
import type { Doors, Standing } from './doors.ts';
import { NOT_WRITABLE } from './people.ts';
import { BUSY, GateFull } from './turns.ts';

/** Name of the session's cookie. */
export const COOKIE = 'parley';

const SIGN_IN = refuse('T2', 'You are not signed in.', 'Sign in, or open your invitation link, or ask for a new one.');
const PROVE = refuse('T14', 'This session is locked until you prove that it is you. Your call goes on.', 'Type your password or code.');
const SECOND = refuse('T15', 'Your account has no second factor yet.', 'Set one up now; then everything is open.');

/** Answers a refusal. */
export function refused(reply: FastifyReply, status: number, refusal: Refusal): FastifyReply {
  return reply.code(status).send({ refused: refusal });
}

/** From where a request came, for the record. */
export function whereOf(request: FastifyRequest): Where {
  const agent = String(request.headers['user-agent'] ?? '').slice(0, 300);
  return { address: request.ip.slice(0, 100) || 'unknown', agent: agent || 'unknown' };
}

/** Who asks, if his session may do this now; otherwise the refusal is sent and null answered.
 *  `also`: standings that may pass beside `full`. */
export function admit(
  doors: Doors,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  also: readonly MeNow['standing'][] = [],
): Standing | null {
  const found = doors.standing(request.cookies[COOKIE], request.method !== 'GET');
  if (found === null) refused(reply, 401, SIGN_IN);
  else if (found.standing !== 'full' && !also.includes(found.standing)) refused(reply, 403, found.standing === 'locked' ? PROVE : SECOND);
  else return found;
  return null;
}

/** Runs a handler; what the disk or the crowd refuses becomes an answer with the next step. */
export async function answering(reply: FastifyReply, handler: () => Promise<unknown>): Promise<unknown> {
  try {
    return await handler();
  } catch (cause) {
    if (cause instanceof StoreFault) return refused(reply, 503, NOT_WRITABLE);
    if (cause instanceof GateFull) return refused(reply, 429, BUSY);
    throw cause;
  }
}
