// The way in and out: a one-time invitation becomes a session, and the session is ended when the machine leaves. Knows no incident.
import type { Entered } from '../protocol/access.ts';

/** A seat in one incident. */
export interface Seat {
  readonly personId: string;
  readonly incidentId: string;
  /** Name and value, as sent back. */
  readonly cookie: string;
  readonly origin: string;
  /** Ends the session; what the box answers does not matter any more. */
  leave(): Promise<void>;
}

const ANSWER_MS = 10_000;
/** The name that everybody reads. */
const NAME = 'Machine coach';

/** Comes in. @throws Error when the invitation opens nothing, or leads to no incident. */
export async function enterBy(invitation: URL): Promise<Seat> {
  const { origin } = invitation;
  const token = /^#invite=(.+)$/.exec(invitation.hash)?.[1] ?? '';
  const post = (path: string, body: object, cookie = '') =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, ...(cookie === '' ? {} : { cookie }) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  const reply = await post('/api/enter', { token, name: NAME });
  if (!reply.ok) throw new Error(`the invitation was refused: ${reply.status}`);
  const { personId, incidentId } = (await reply.json()) as Entered;
  const cookie = reply.headers.getSetCookie()[0]?.split(';')[0];
  if (incidentId === undefined || cookie === undefined) throw new Error('the invitation leads to no incident');
  return {
    personId,
    incidentId,
    cookie,
    origin,
    leave: async () => {
      await post('/api/sign-out', {}, cookie).catch(() => undefined);
    },
  };
}
