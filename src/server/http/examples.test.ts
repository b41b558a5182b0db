// The examples at the door: they are there for the owner who comes in, and for nobody else.
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { Box } from '../../../test/doors-kit.ts';

const examplesDir = fileURLToPath(new URL('../../../examples', import.meta.url));

it('[T54] are in the list of the owner, closed and as exercises, also after another start, and in nobody else\u2019s', async () => {
  const box = await new Box({}, { examplesDir }).start();
  const owner = await box.owner();
  const list = async (cookie: string) =>
    (await box.ask('/api/incidents', { cookie })).body as unknown as readonly Record<string, unknown>[];
  const first = await list(owner);
  expect(first.length).toBeGreaterThanOrEqual(3);
  for (const one of first) expect(one).toMatchObject({ exercise: true, closedAt: expect.any(Number) });
  expect(await list(await box.invited(owner, 'Emil'))).toEqual([]);
  const found = (await box.ask('/api/search', { cookie: owner, body: { words: 'plum trees' } })).body;
  expect(found['hits']).toMatchObject([{ incidentId: 'i-example-ledge' }, {}]);
  await box.start();
  expect(await list(owner)).toEqual(first);
  await box.stop();
});
