// The door of the practice call: what it opens, for whom, and how many at once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Box } from '../../../test/doors-kit.ts';

describe('the practice call', () => {
  let box: Box;
  beforeEach(async () => {
    box = await new Box().start();
  });
  afterEach(() => box.stop());

  it('[S6] opens an exercise with a link that a simulated person gets, and nobody else', async () => {
    const owner = await box.owner();
    const { status, body } = await box.ask('/api/practice', { cookie: owner, body: {} });
    expect(status).toBe(200);
    const house = box.it.rooms.get(String(body['id']));
    expect(house?.room.state.incident).toMatchObject({ exercise: true, closedAt: null });
    expect(box.callers.called).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{22,}$/)]);
    expect(Object.values(house?.room.state.lines.byId ?? {})).toHaveLength(1);
  });

  it('[S6] says so when too many practise already', async () => {
    const owner = await box.owner();
    box.callers.most = 0;
    expect(await box.ask('/api/practice', { cookie: owner, body: {} })).toMatchObject({ status: 409, body: { refused: { rule: 'S6' } } });
  });

  /** The machine as it comes in by the invitation that the practice call made. */
  async function machineIn(owner: string) {
    await box.ask('/api/practice', { cookie: owner, body: {} });
    const token = box.callers.invited.at(-1)?.split('#invite=')[1] ?? '';
    const cookie = await box.enter(token, 'Machine coach');
    return { token, cookie, personId: String((await box.ask('/api/me', { cookie })).body['personId']) };
  }

  it('[T31] invites a machine, once, to be coach in that exercise and a guest of the box', async () => {
    const owner = await box.owner();
    const { token, cookie, personId } = await machineIn(owner);
    expect(personId).toMatch(/^machine-/);
    expect((await box.ask('/api/me', { cookie })).body).toMatchObject({ kind: 'guest', rights: [] });
    const [practice] = box.it.rooms.listFor(personId);
    expect(box.it.rooms.listFor(personId)).toHaveLength(1);
    expect(box.it.rooms.get(practice?.id ?? '')?.room.state.people[personId]).toMatchObject({ name: 'Machine coach', roles: ['coach'] });
    expect((await box.ask('/api/enter', { body: { token, name: 'Another' } })).status).toBe(403);
  });

  it('[T31] gives a machine no role in a real incident, and lets it open none, whoever asks', async () => {
    const owner = await box.owner();
    const { cookie, personId } = await machineIn(owner);
    const real = String((await box.ask('/api/incidents', { cookie: owner, body: { title: 'Bridge', exercise: false } })).body['id']);
    const room = box.it.rooms.get(real)?.room;
    const leader = Object.values(room?.state.people ?? {}).map(
      ({ personId: id, name }) => ({ kind: 'person', personId: id, name }) as const,
    )[0];
    const asks = { type: 'assign-role', personId, name: 'Machine coach', role: 'coach' };
    for (const who of [leader, { kind: 'parley' } as const]) {
      if (who === undefined) throw new Error('no leader');
      expect(await room?.submit(who, asks)).toMatchObject({ rule: 'T31' });
    }
    await box.it.rooms.admit(real, { personId, name: 'Machine coach', role: 'coach' });
    expect(room?.state.people[personId]).toBeUndefined();
    expect(await box.ask('/api/incidents', { cookie, body: { title: 'x', exercise: false } })).toMatchObject({
      status: 403,
      body: { refused: { rule: 'T31' } },
    });
    expect(await box.ask(`/api/incidents/${real}/recordings`, { cookie })).toMatchObject({ status: 404 });
  });
});
