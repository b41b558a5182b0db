// HTTP doors of the search: in one incident, and in all in which the asker is of the team. Checks who asks before anything else.
import type { FastifyInstance } from 'fastify';
import { isOutsider } from '../../core/incident/topic.ts';
import { search } from '../../protocol/search.ts';
import type { Doors } from '../access/doors.ts';
import { admit, refused } from '../access/guard.ts';
import type { House, Rooms } from '../rooms.ts';
import type { Finder } from '../search.ts';
import { body, NOT_FOUND } from './api.ts';

/** Registers POST /api/search and POST /api/incidents/:id/search. */
export function registerSearch(
  app: FastifyInstance,
  parts: { readonly doors: Doors; readonly rooms: Rooms; readonly finder: Finder },
): void {
  const { doors, rooms, finder } = parts;
  // A third party has his own page and nothing else of an incident.
  const isTeam = (house: House, personId: string) => {
    const roles = house.room.state.people[personId]?.roles ?? [];
    return roles.length > 0 && !isOutsider(roles);
  };

  app.post('/api/search', async (request, reply) => {
    const found = admit(doors, { request, reply });
    if (found === null) return reply;
    const asks = body(search, request, reply);
    if (asks === null) return reply;
    const { personId } = found.me;
    return finder.find(personId, rooms.all().filter((house) => isTeam(house, personId)), asks); // biome-ignore format: one thought
  });

  app.post('/api/incidents/:id/search', async (request, reply) => {
    const found = admit(doors, { request, reply });
    if (found === null) return reply;
    const { personId } = found.me;
    const house = rooms.find((request.params as { id: string }).id, personId);
    if (house === undefined || !isTeam(house, personId)) return refused(reply, 404, NOT_FOUND);
    const asks = body(search, request, reply);
    return asks === null ? reply : finder.find(personId, [house], asks);
  });
}
