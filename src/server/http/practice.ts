// The practice call: an exercise with a line that a simulated person opens, and a machine for a coach. All else is as in a real call.
import type { FastifyInstance } from 'fastify';
import type { Callers } from '../../ports/callers.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Doors, NO_GUEST } from '../access/doors.ts';
import { admit, refused, whereOf } from '../access/guard.ts';
import type { DiskKeeper } from '../disk.ts';
import type { Rooms } from '../rooms.ts';

interface PracticeParts {
  readonly doors: Doors;
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly callers: Callers;
  readonly keeper: DiskKeeper | null;
  /** The address of this box for a process on it. */
  readonly localUrl: () => string;
}

/** Registers POST /api/practice: opens an exercise for who asks, makes a link, lets a simulated person open it and a machine coach come in. */
export function registerPractice(app: FastifyInstance, { doors, rooms, clock, callers, keeper, localUrl }: PracticeParts): void {
  app.post('/api/practice', async (request, reply) => {
    const found = admit(doors, { request, reply });
    if (found === null) return reply;
    if (found.account.kind === 'guest') return refused(reply, 403, NO_GUEST);
    const waits = keeper?.refusal({ exercise: true, callsGoOn: rooms.haveCalls() }) ?? null;
    if (waits !== null) return refused(reply, 507, waits);
    const who = { kind: 'person', personId: found.me.personId, name: found.me.name } as const;
    const house = await rooms.open(who, { title: 'Practice call', exercise: true });
    const where = { url: localUrl(), reach: 'this-box', warning: null } as const;
    const made = await house.links.make(who, { kind: 'link', label: 'Practice' }, { at: clock.now().at, where });
    if ('rule' in made) return refused(reply, 409, made);
    if (!callers.call(made.url))
      return refused(reply, 409, { rule: 'S6', why: 'Too many practice calls run already.', next: 'End one of them, then press again.' });
    // A call without a coach is a practice call all the same.
    const asking = { by: found.me.personId, from: whereOf(request) };
    const invited = await doors.invite({ incidentId: house.id, role: 'coach', guest: true, machine: true }, asking);
    if (!('rule' in invited)) callers.coach(`${localUrl()}/console#invite=${invited.token}`);
    return { id: house.id };
  });
}
