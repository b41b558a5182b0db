// Every board alike: rows keep their author, time, source, confidence and whole history; nothing is changed in place or lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { board, marksOf, type Rows } from './board.ts';
import type { Actor, Decision, Viewer } from './topic.ts';

const anna: Actor = { kind: 'person', personId: 'anna', name: 'Anna' };
const pets = board({
  name: 'pets',
  noun: 'pet',
  by: ['scribe'],
  fields: z.object({ what: z.string().min(1).max(50), age: z.number().nullable() }),
  life: {
    first: 'here',
    next: { here: ['away', 'gone', 'sold'], away: ['here', 'gone', 'lost'], gone: [], sold: [], lost: [] },
    noted: ['lost'],
    movers: { sold: ['leader'] },
  },
  sees: ({ roles }: Viewer) => roles.includes('scribe'),
});
const fed = pets.mark({ mark: 'fed', more: { grams: z.number() }, sets: ({ grams }) => ({ age: grams }) });
const seen = pets.mark({ mark: 'seen', more: {}, once: true });
type Pets = Rows<{ what: string; age: number | null }>;
type Name = keyof typeof pets.commands;

const people = { anna: { personId: 'anna', name: 'Anna', roles: ['scribe'], noTalk: false } };
const state = (rows: Pets) => ({ pets: rows, people });

/** A mark put on a row by one person. */
function marked(rows: Pets, { ask: asks, done }: typeof fed | typeof seen, payload: object, who: Actor): Pets {
  const asked = asks as unknown as { schema: z.ZodType; decide: (s: unknown, c: unknown, a: unknown) => Decision };
  const entry = done as unknown as { reduce: (rows: Pets, p: unknown, head: unknown) => Pets };
  const decision = asked.decide(state(rows), asked.schema.parse(payload), { at: 40, who });
  if ('rule' in decision) throw new Error(decision.rule);
  return decision.reduce((now, draft) => entry.reduce(now, draft.payload, { at: 40, who }), rows);
}

function ask(rows: Pets, type: Name, fields: object): Decision {
  const spec = pets.commands[type] as unknown as { schema: z.ZodType; decide: (s: unknown, c: unknown, a: unknown) => Decision };
  return spec.decide(state(rows), spec.schema.parse(fields), { at: 1, who: anna });
}

function upon(rows: Pets, type: Name, fields: object, at: number): Pets {
  const decision = ask(rows, type, fields);
  if ('rule' in decision) return rows;
  return decision.reduce((now, draft) => {
    const spec = pets.entries[draft.type as keyof typeof pets.entries] as unknown as {
      schema: z.ZodType;
      reduce: (rows: Pets, p: unknown, head: unknown) => Pets;
    };
    return spec.reduce(now, spec.schema.parse(draft.payload), { at, who: anna });
  }, rows);
}

const dog = { rowId: 'dog1', fields: { what: 'a dog', age: 3 }, source: 'neighbour', confidence: 'likely' };
const withDog = () => upon({}, 'add-pet', dog, 10);

describe('a board', () => {
  it('[D1] keeps author, time, source and confidence of every row', () => {
    expect(withDog()['dog1']).toMatchObject({ by: anna, at: 10, source: 'neighbour', confidence: 'likely', state: 'here', since: 10 });
    expect(ask(withDog(), 'add-pet', dog)).toMatchObject({ rule: 'D2' });
  });

  it('[D2] corrects by a new entry: what was there before stays in the history', () => {
    const corrected = upon(
      withDog(),
      'correct-pet',
      { rowId: 'dog1', fields: { what: 'a cat' }, confidence: 'confirmed', note: 'seen' },
      20,
    );
    expect(corrected['dog1']).toMatchObject({ fields: { what: 'a cat', age: 3 }, confidence: 'confirmed', source: 'neighbour', at: 10 });
    expect(corrected['dog1']?.history.map((c) => [c.at, c.fields, c.note])).toEqual([
      [10, { what: 'a dog', age: 3 }, undefined],
      [20, { what: 'a cat' }, 'seen'],
    ]);
    expect(ask(withDog(), 'correct-pet', { rowId: 'cat1', fields: {}, note: '' })).toMatchObject({ rule: 'D2' });
  });

  it('[D3] shows a withdrawn row for ever, and takes nothing more for it', () => {
    const gone = upon(withDog(), 'withdraw-pet', { rowId: 'dog1', note: 'there is none' }, 20);
    expect(gone['dog1']).toMatchObject({ withdrawn: true, fields: { what: 'a dog' } });
    for (const [type, fields] of [
      ['correct-pet', { rowId: 'dog1', fields: {}, note: '' }],
      ['move-pet', { rowId: 'dog1', to: 'away', note: '' }],
      ['withdraw-pet', { rowId: 'dog1', note: 'again' }],
    ] as const)
      expect(ask(gone, type, fields)).toMatchObject({ rule: 'D3' });
  });

  it('[D4] moves a row only where its life allows, and tells since when', () => {
    const away = upon(withDog(), 'move-pet', { rowId: 'dog1', to: 'away', note: 'ran off' }, 20);
    expect(away['dog1']).toMatchObject({ state: 'away', since: 20, at: 10 });
    expect(ask(away, 'move-pet', { rowId: 'dog1', to: 'away', note: '' })).toEqual([]);
    const gone = upon(away, 'move-pet', { rowId: 'dog1', to: 'gone', note: '' }, 30);
    expect(ask(gone, 'move-pet', { rowId: 'dog1', to: 'here', note: '' })).toMatchObject({ rule: 'D4' });
    expect(ask(withDog(), 'move-pet', { rowId: 'dog1', to: 'constructor', note: '' })).toMatchObject({ rule: 'D4' });
  });

  it('[D6] takes marks with author and time, which may set fields and are no corrections', () => {
    const meal = marked(withDog(), fed, { rowId: 'dog1', note: 'ate all', grams: 300 }, anna);
    expect(meal['dog1']).toMatchObject({ fields: { what: 'a dog', age: 300 }, state: 'here' });
    expect(meal['dog1']?.history.at(-1)).toEqual({
      at: 40,
      by: anna,
      fields: { age: 300 },
      note: 'ate all',
      mark: 'fed',
      more: { grams: 300 },
    });
    const boris: Actor = { kind: 'person', personId: 'boris', name: 'Boris' };
    const twice = [anna, anna, boris].reduce((rows, who) => marked(rows, seen, { rowId: 'dog1', note: '' }, who), withDog());
    expect(twice['dog1'] === undefined ? [] : marksOf(twice['dog1'], 'seen').map((m) => m.by)).toEqual([anna, boris]);
    const gone = upon(withDog(), 'withdraw-pet', { rowId: 'dog1', note: 'there is none' }, 20);
    expect(() => marked(gone, seen, { rowId: 'dog1', note: '' }, anna)).toThrow('D3');
  });

  it('[D7] goes to some states only with a word on it', () => {
    const away = upon(withDog(), 'move-pet', { rowId: 'dog1', to: 'away', note: '' }, 20);
    expect(ask(away, 'move-pet', { rowId: 'dog1', to: 'lost', note: ' ' })).toMatchObject({ rule: 'D7' });
    const lost = upon(away, 'move-pet', { rowId: 'dog1', to: 'lost', note: 'in the wood' }, 30);
    expect(lost['dog1']).toMatchObject({ state: 'lost' });
  });

  it('[D8] is moved to some states only by the roles that may', () => {
    expect(ask(withDog(), 'move-pet', { rowId: 'dog1', to: 'sold', note: '' })).toMatchObject({ rule: 'D8' });
    people.anna.roles.push('leader');
    expect(ask(withDog(), 'move-pet', { rowId: 'dog1', to: 'sold', note: '' })).toHaveLength(1);
    people.anna.roles.pop();
  });

  it('[D5] is seen by whom the board is for, all its entries alike', () => {
    for (const spec of Object.values(pets.entries) as unknown as { sees?: (v: Viewer) => boolean }[]) {
      expect(spec.sees?.({ personId: 'a', roles: ['scribe'] })).toBe(true);
      expect(spec.sees?.({ personId: 'a', roles: ['primary'] })).toBe(false);
    }
  });

  it('[D2] never loses a change, whatever is asked in whatever order', () => {
    const rowId = fc.constantFrom('dog1', 'cat1', 'fox1');
    const what = fc.string({ minLength: 1, maxLength: 50 });
    const step = fc.oneof(
      fc.record({ type: fc.constant('add-pet' as const), fields: fc.record({ rowId, what }) }),
      fc.record({ type: fc.constant('correct-pet' as const), fields: fc.record({ rowId, what }) }),
      fc.record({ type: fc.constant('move-pet' as const), fields: fc.record({ rowId, to: fc.constantFrom('here', 'away', 'gone') }) }),
      fc.record({ type: fc.constant('withdraw-pet' as const), fields: fc.record({ rowId }) }),
    );
    const full = (one: { type: Name; fields: { rowId: string; what?: string; to?: string } }) => {
      const { rowId: id, what: text, to } = one.fields;
      if (one.type === 'add-pet') return { rowId: id, fields: { what: text, age: null }, source: '', confidence: 'possible' };
      if (one.type === 'correct-pet') return { rowId: id, fields: { what: text }, note: '' };
      return one.type === 'move-pet' ? { rowId: id, to, note: '' } : { rowId: id, note: 'x' };
    };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let rows: Pets = {};
        steps.forEach((one, at) => {
          const before = rows;
          rows = upon(rows, one.type, full(one), at);
          for (const [id, row] of Object.entries(before)) {
            expect(rows[id]?.history.slice(0, row.history.length)).toEqual(row.history);
            expect(rows[id]?.by).toEqual(row.by);
          }
        });
        for (const row of Object.values(rows)) expect(Object.assign({}, ...row.history.map((c) => c.fields))).toEqual(row.fields);
      }),
    );
  });
});
