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
});
