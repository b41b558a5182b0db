// The close in two steps, over the fake sound: what was recorded is in the log before nothing can be added.
import { expect, it } from 'vitest';
import { MemoryMedia, memoryOffer } from '../../adapters/media/memory/media.ts';
import { openMemoryStore } from '../../adapters/store/memory/store.ts';
import { DEFAULT_GATES } from '../../core/incident/gates.ts';
import type { Store } from '../../ports/store.ts';
import type { House } from '../rooms.ts';
import { Rooms } from '../rooms.ts';

const ANNA = { kind: 'person', personId: 'p-anna', name: 'Anna' } as const;
const LEG = 'person.p-anna';
const ASKS = { profile: { hearSlots: 1, warm: false }, claim: { by: 'test', holds: () => true } };
const clock = { bootId: 'test', now: () => ({ at: Date.now(), monoNs: '1' }) };
const config = { law: { gates: DEFAULT_GATES, jurisdiction: 'general', notices: {} } };

async function inCall(store: Store, media: MemoryMedia): Promise<{ rooms: Rooms; house: House }> {
  const rooms = new Rooms({ store, clock, media, config });
  const house = await rooms.open(ANNA, { title: 'Bridge', exercise: false });
  await house.sound.answer(LEG, memoryOffer(1), ASKS);
  await until(house, () => house.room.state.legs[LEG]?.state === 'up');
  return { rooms, house };
}

/** Resolved when the state is so; looks at every commit. */
function until(house: House, isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => isSo() && resolve();
    house.room.listen(look);
    look();
  });
}

async function typesOf(store: Store, id: string): Promise<readonly string[]> {
  const lines = await store.read(`incident/${id}`, 0, 1_000);
  return lines.map(({ line }) => line.split(' ').find((part) => /^[a-z]+-[a-z-]+$/.test(part)) ?? line);
}

it('[X3] enters the last file of a voice that is still connected before the incident is closed', async () => {
  const { store } = openMemoryStore();
  const media = new MemoryMedia();
  const { house } = await inCall(store, media);
  expect(await house.room.submit(ANNA, { type: 'close-incident', outcome: 'came out' })).toHaveProperty('seq');
  expect(await house.room.submit(ANNA, { type: 'write-note', text: 'late' })).toMatchObject({ rule: 'X2' });
  await until(house, () => house.room.state.incident.closedAt !== null);
  expect(house.room.state.recording.segments.length).toBe(1);
  expect(house.room.state.legs[LEG]?.state).toBe('ended');
  const text = (await typesOf(store, house.id)).join('\n');
  expect(text.indexOf('segment-closed')).toBeGreaterThan(text.indexOf('closing-begun'));
  expect(text.indexOf('incident-closed')).toBeGreaterThan(text.indexOf('segment-closed'));
});

it('[X3] lets nobody be heard in an incident that is being closed, and starts no sound worker for one that is closed', async () => {
  const { store } = openMemoryStore();
  const media = new MemoryMedia();
  const { house } = await inCall(store, media);
  await house.room.submit(ANNA, { type: 'close-incident', outcome: 'came out' });
  await expect(house.sound.answer(LEG, memoryOffer(1), ASKS)).rejects.toThrow(/closed/);
  await until(house, () => house.room.state.incident.closedAt !== null);
  await expect(house.sound.answer(LEG, memoryOffer(1), ASKS)).rejects.toThrow(/closed/);
  expect(() => media.room(house.id)).toThrow();
});

it('[X3] finishes at the next start a close that a dying server had begun', async () => {
  const { store } = openMemoryStore();
  const media = new MemoryMedia();
  // This server dies after the first step: it writes nothing more.
  let isDead = false;
  const dying: Store = {
    ...store,
    append: async (...asked) => (isDead ? new Promise<void>(() => undefined) : store.append(...asked)),
  };
  const { house } = await inCall(dying, media);
  house.room.listen((_, entries) => {
    isDead ||= entries.some(({ entry }) => entry.type === 'closing-begun');
  });
  void house.room.submit(ANNA, { type: 'close-incident', outcome: 'came out' });
  await until(house, () => house.room.state.incident.closing !== null);
  const next = new Rooms({ store, clock, media, config });
  await next.loadAll((_, cause) => {
    throw cause;
  });
  const after = next.get(house.id) as House;
  await until(after, () => after.room.state.incident.closedAt !== null);
  expect(after.room.state.recording.segments.length).toBe(1);
});

it('[X3] says in the log when recordings could not be finished', async () => {
  const { store } = openMemoryStore();
  const media = new MemoryMedia();
  const broken = {
    open: async (...asked: Parameters<MemoryMedia['open']>) => ({
      ...(await media.open(...asked)),
      close: () => Promise.reject(new Error('the worker is frozen')),
    }),
  };
  const rooms = new Rooms({ store, clock, media: broken, config });
  const house = await rooms.open(ANNA, { title: 'Bridge', exercise: false });
  await house.room.submit(ANNA, { type: 'close-incident', outcome: 'came out' });
  await until(house, () => house.room.state.incident.closedAt !== null);
  const lines = await store.read(`incident/${house.id}`, 0, 1_000);
  expect(lines.at(-1)?.payload).toContain('the worker is frozen');
});
