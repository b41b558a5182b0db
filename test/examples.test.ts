// The examples that come with Parley: each is a whole incident that the rules allow, command by command.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openMemoryStore } from '../src/adapters/store/memory/store.ts';
import { decide, EMPTY, reduce } from '../src/core/incident/log.ts';
import { isRefusal, type Person } from '../src/core/incident/topic.ts';
import { type IncidentState, TOPICS } from '../src/core/incident/topics.ts';
import { askedIn, type Example, loadExamples, readExample, readExamples } from '../src/server/examples.ts';
import { StreamLog } from '../src/server/log.ts';
import { Room } from '../src/server/room.ts';
import { SetClock } from './doors-kit.ts';

const folder = fileURLToPath(new URL('../examples', import.meta.url));
const examples = await readExamples(folder);
const viewer: Person = { kind: 'person', personId: 'p-owner', name: 'Olga' };
const HOUR_MS = 3_600_000;

/** Every refusal, and the state at the end. */
function played(example: Example): { readonly refused: readonly string[]; readonly state: IncidentState } {
  let state = EMPTY;
  const refused: string[] = [];
  for (const { who, at, raw } of askedIn(example, viewer)) {
    const decision = decide(state, raw, { at, who });
    if (isRefusal(decision)) refused.push(`${JSON.stringify(raw).slice(0, 120)}: ${decision.rule} ${decision.why}`);
    else for (const draft of decision) state = reduce(state, { seq: state.seq + 1, at, who, ...draft });
  }
  return { refused, state };
}

describe('examples', () => {
  it('[T53] there are three at least, and together they use the boards', () => {
    expect(examples.length).toBeGreaterThanOrEqual(3);
    const used = new Set(examples.flatMap((one) => one.steps.map(({ command }) => command.type)));
    const boards = TOPICS.flatMap((topic) => ('board' in topic ? [topic.board.noun] : []));
    // A board that comes later needs no example to be let in.
    expect(boards.filter((noun) => used.has(`add-${noun}`)).length).toBeGreaterThanOrEqual(24);
  });

  it.each(examples)('[T53] $example is allowed command by command, hours long, an exercise, and closed at its end', (example) => {
    const { refused, state } = played(example);
    expect(refused).toEqual([]);
    expect(state.incident).toMatchObject({ exercise: true, title: example.title });
    expect((state.incident.closedAt ?? 0) - (state.incident.openedAt ?? 0)).toBeGreaterThan(2 * HOUR_MS);
    const times = askedIn(example, null).map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const boards = TOPICS.filter(
      (topic) => 'board' in topic && Object.keys((state as unknown as Record<string, object>)[topic.name] ?? {}).length > 0,
    );
    expect(boards.length).toBeGreaterThanOrEqual(18);
    expect(state.notes.length).toBeGreaterThanOrEqual(5);
  });

  it('[T54] are loaded once, with their own times, and are seen by who asked for them', async () => {
    const { store } = openMemoryStore();
    const clock = new SetClock();
    const came = await loadExamples(folder, viewer, { store, clock });
    expect(came).toHaveLength(examples.length);
    const before = await Promise.all(came.map((id) => store.read(`incident/${id}`, 0, 10_000)));
    expect(await loadExamples(folder, viewer, { store, clock })).toEqual([]);
    expect(await Promise.all(came.map((id) => store.read(`incident/${id}`, 0, 10_000)))).toEqual(before);
    const room = await Room.load(new StreamLog(`incident/${came[0]}`, store, clock), clock);
    expect(room.state.people[viewer.personId]?.roles).toEqual(['trainer']);
    expect(room.state.incident.openedAt).toBe(Date.parse(examples[0]?.startsAt ?? ''));
  });

  it('[T54] that were loaded by half are gone on with', async () => {
    const { store, setWritable } = openMemoryStore();
    const clock = new SetClock();
    let left = 30;
    const failing = {
      ...store,
      append: (...asks: Parameters<typeof store.append>) => (left-- > 0 ? store.append(...asks) : Promise.reject(new Error('no power'))),
    };
    await expect(loadExamples(folder, viewer, { store: failing, clock })).rejects.toThrow(/E9/);
    setWritable(true);
    await loadExamples(folder, viewer, { store, clock });
    const whole = openMemoryStore().store;
    const [first = ''] = await loadExamples(folder, viewer, { store: whole, clock });
    const payloads = async (from: typeof store) => (await from.read(`incident/${first}`, 0, 10_000)).map(({ payload }) => payload);
    expect(await payloads(store)).toEqual(await payloads(whole));
  });

  it('[T55] a file that is none is named with its line', () => {
    expect(() => readExample('{"example":"x"}')).toThrow();
    const [head] = JSON.stringify({ example: 'one', title: 'One', startsAt: '2026-01-01T00:00:00Z', people: {} }).split('\n');
    expect(() => readExample(`${head}\nnot json`)).toThrow(/line 2/);
    expect(readExample(`${head}\n`).steps).toEqual([]);
  });
});
