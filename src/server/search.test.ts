// The search over real rooms: it shows what may be seen and nothing else, follows the log, and comes back from any state of the index.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Box, NoSound, SetClock } from '../../test/doors-kit.ts';
import { openMemoryStore } from '../adapters/store/memory/store.ts';
import { openMemorySearch } from '../adapters/store/search/memory/search.ts';
import { sees } from '../core/incident/log.ts';
import { searched } from '../core/incident/searched.ts';
import { type Person, type Role, role } from '../core/incident/topic.ts';
import type { SearchIndex } from '../ports/search.ts';
import type { Store } from '../ports/store.ts';
import { type House, Rooms } from './rooms.ts';
import { Finder } from './search.ts';

const anna: Person = { kind: 'person', personId: 'p-anna', name: 'Anna' };
const bo = 'p-bo00';
const law = {
  gates: { recording: 'free', roomMonitor: 'needs-authority', openMicrophone: 'needs-authority' },
  jurisdiction: 'general',
  notices: {},
} as const;

async function roomsOn(store: Store = openMemoryStore().store): Promise<Rooms> {
  const rooms = new Rooms({ store, clock: new SetClock(), media: new NoSound(), config: { law } });
  await rooms.loadAll((id, cause) => expect.unreachable(`${id}: ${String(cause)}`));
  return rooms;
}

async function ask(house: House, raw: Record<string, unknown>): Promise<void> {
  const outcome = await house.room.submit(anna, raw);
  if ('rule' in outcome) throw new Error(`${JSON.stringify(raw)}: ${outcome.why}`);
}

const note = (text: string) => ({ type: 'write-note', text });
const liaison = (rowId: string, what: string) => ({
  type: 'add-liaison-note',
  rowId,
  fields: { what, more: '' },
  source: '',
  confidence: 'likely', // biome-ignore format: one thing
});

/** An incident of Anna's in which Bo has this role. */
async function incident(rooms: Rooms, boIs: Role | null): Promise<House> {
  const house = await rooms.open(anna, { title: 'Bridge', exercise: true });
  if (boIs !== null) await ask(house, { type: 'assign-role', personId: bo, name: 'Bo', role: boIs });
  return house;
}

const textsOf = async (finder: Finder, who: string, houses: readonly House[], words: string) =>
  (await finder.find(who, houses, { words })).hits.map(({ text }) => text);

describe('the search', () => {
  it('[D90] [D91] finds what was written at once, newest first, by board, author and time', async () => {
    const rooms = await roomsOn();
    const house = await incident(rooms, 'coach');
    const finder = await Finder.open(openMemorySearch(), rooms);
    await ask(house, note('His dog is called Rex'));
    await ask(house, liaison('row-1', 'The dog is in the yard'));
    expect(await textsOf(finder, anna.personId, [house], 'dog')).toEqual(['The dog is in the yard', 'His dog is called Rex']);
    expect((await finder.find(anna.personId, [house], { words: 'dog', topic: 'notes' })).hits).toHaveLength(1);
    expect((await finder.find(anna.personId, [house], { words: 'dog', by: 'parley' })).hits).toEqual([]);
    expect((await finder.find(anna.personId, [house], { words: 'dog', to: 1_000 })).hits).toEqual([]);
    await finder.close();
  });

  it('[V65] gives the same answer to the byte, whatever is in entries that are hidden from the viewer', async () => {
    const texts = fc.array(fc.record({ isHidden: fc.boolean(), word: fc.constantFrom('dog', 'cat', 'dog cat') }), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom(...role.options), async (rows, boIs) => {
        const answers: string[] = [];
        for (const secret of ['dog', 'nothing']) {
          const rooms = await roomsOn();
          const house = await incident(rooms, boIs);
          const finder = await Finder.open(openMemorySearch(), rooms);
          for (const [i, { isHidden, word }] of rows.entries()) await ask(house, isHidden ? liaison(`row-${i}`, secret) : note(word));
          const found = await finder.find(bo, [house], { words: 'dog' });
          const viewer = { personId: bo, roles: house.room.state.people[bo]?.roles ?? [] };
          const allowed = house.room.logged(0, 1_000).filter(({ entry }) => sees(viewer, entry) && searched(entry)?.text.includes('dog'));
          expect(found.hits.map(({ seq }) => seq)).toEqual(allowed.map(({ entry }) => entry.seq).reverse());
          answers.push(JSON.stringify(found).replaceAll(house.id, 'incident'));
          await finder.close();
        }
        const seesAll = ['tactical-liaison', 'tactical', 'leader', 'commander'].includes(boIs);
        if (!seesAll || !rows.some(({ isHidden }) => isHidden)) expect(answers[1]).toBe(answers[0]);
      }),
      { numRuns: 40 },
    );
  });

  it('[V65] goes on where it stopped and tells of more only when more may be seen', async () => {
    const rooms = await roomsOn();
    const house = await incident(rooms, 'coach');
    const finder = await Finder.open(openMemorySearch(), rooms);
    for (let i = 0; i < 60; i += 1) await ask(house, note(`dog ${i}`));
    const first = await finder.find(bo, [house], { words: 'dog' });
    expect([first.hits.length, first.more === null]).toEqual([50, false]);
    const rest = await finder.find(bo, [house], { words: 'dog', after: first.more ?? 0 });
    expect(rest.hits.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, i) => `dog ${9 - i}`));
    expect(rest.more).toBeNull();
    for (let i = 0; i < 300; i += 1) await ask(house, liaison(`row-${i}`, 'a cat'));
    await ask(house, note('one cat'));
    expect(await finder.find(bo, [house], { words: 'cat' })).toMatchObject({ hits: [{ text: 'one cat' }], more: null, isWhole: true });
    await finder.close();
  });

  it('[V66] a role that was lost takes everything out of the answer at once', async () => {
    const rooms = await roomsOn();
    const house = await incident(rooms, 'coach');
    const finder = await Finder.open(openMemorySearch(), rooms);
    await ask(house, note('the dog'));
    expect(await textsOf(finder, bo, [house], 'dog')).toEqual(['the dog']);
    await ask(house, { type: 'drop-role', personId: bo, role: 'coach' });
    expect(await textsOf(finder, bo, [house], 'dog')).toEqual([]);
    await finder.close();
  });

  it('[D92] an index that is missing, behind, of another log or ahead of it is brought to the log', async () => {
    const { store } = openMemoryStore();
    const rooms = await roomsOn(store);
    const house = await incident(rooms, null);
    for (const text of ['first dog', 'second dog']) await ask(house, note(text));
    const lines = house.room.logged(0, 100);
    const stream = `incident/${house.id}`;
    const at = (seq: number) => ({ seq, leafHash: lines[seq - 1]?.leafHash ?? 'of another log' });
    const wrong = [{ seq: 1, at: 1, by: 'x', topic: 'notes', text: 'a dog that nobody wrote' }];
    const states: readonly ((index: SearchIndex) => Promise<unknown>)[] = [
      async () => undefined,
      (index) => index.take(stream, { after: 0, upTo: at(lines.length - 2), entries: [] }),
      (index) => index.take(stream, { after: 0, upTo: { seq: 2, leafHash: 'of another log' }, entries: wrong }),
      (index) => index.take(stream, { after: 0, upTo: at(lines.length + 7), entries: wrong }),
      (index) => index.take('incident/gone', { after: 0, upTo: at(1), entries: wrong }),
    ];
    for (const [i, set] of states.entries()) {
      const index = openMemorySearch();
      await set(index);
      const finder = await Finder.open(index, rooms);
      expect(await textsOf(finder, anna.personId, [house], 'dog'), `state ${i}`).toEqual(['second dog', 'first dog']);
      expect([...(await index.cursors())]).toEqual([[stream, at(lines.length)]]);
      await finder.close();
    }
  });

  it('[D93] an index that fails refuses no entry; the search says that it is not whole, and is again when the index is', async () => {
    const rooms = await roomsOn();
    const house = await incident(rooms, null);
    const real = openMemorySearch();
    let fails = true;
    const index: SearchIndex = { ...real, take: (...asks) => (fails ? Promise.reject(new Error('no disk')) : real.take(...asks)) };
    const finder = await Finder.open(index, rooms);
    await ask(house, note('the dog'));
    expect(await finder.find(anna.personId, [house], { words: 'dog' })).toEqual({ hits: [], more: null, isWhole: false });
    fails = false;
    await ask(house, note('that dog'));
    await expect.poll(() => textsOf(finder, anna.personId, [house], 'dog'), { timeout: 5_000 }).toEqual(['that dog', 'the dog']);
    await finder.close();
  });
});

describe('the doors of the search', () => {
  it('[V66] answer with the incidents of which one is of the team, and with nothing else', async () => {
    const box = await new Box().start();
    const owner = await box.owner();
    const [lead, other] = [await box.invited(owner, 'Lena'), await box.invited(owner, 'Emil')];
    const opened: string[] = [];
    for (const [cookie, title] of [
      [lead, 'Bridge'],
      [other, 'Tower'],
    ] as const)
      opened.push(String((await box.ask('/api/incidents', { cookie, body: { title, exercise: true } })).body['id']));
    const [bridge = '', tower = ''] = opened;
    const sister = await box.invited(lead, 'Sister', { incidentId: bridge, role: 'third-party' });
    const found = async (cookie: string, path = '/api/search') => {
      const { status, body } = await box.ask(path, { cookie, body: { words: 'bridge' } });
      return status === 200 ? (body['hits'] as readonly { incidentId: string }[]).map((hit) => hit.incidentId) : status;
    };
    expect(await found(lead)).toEqual([bridge]);
    expect(await found(lead, `/api/incidents/${bridge}/search`)).toEqual([bridge]);
    expect(await found(lead, `/api/incidents/${tower}/search`)).toBe(404);
    expect(await found(other)).toEqual([]);
    expect(await found(owner)).toEqual([]);
    expect(await found(sister)).toEqual([]);
    expect(await found(sister, `/api/incidents/${bridge}/search`)).toBe(404);
    const bad = await box.ask('/api/search', { cookie: lead, body: { words: 'x', streams: ['incident/x'] } });
    expect([bad.status, bad.body.refused?.rule]).toEqual([400, 'P2']);
    await box.stop();
  });
});
