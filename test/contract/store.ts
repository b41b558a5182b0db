// What every store and vault must do, run on each of them. Nothing here knows which one it is.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyLines } from '../../src/core/evidence/chain.ts';
import type { Store, StoredLine, Vault } from '../../src/ports/store.ts';
import { chained, sha256 } from './chained.ts';

/** A store to test: empty, and thrown away afterwards. */
export type OpenEmpty = () => Promise<{ store: Store; vault: Vault }>;

const code = (expected: string) => expect.objectContaining({ name: 'StoreFault', code: expected });

/** Runs the contract on the stores that `openEmpty` gives. */
export function storeContract(name: string, openEmpty: OpenEmpty): void {
  describe(`${name} keeps the store's contract`, () => {
    let store: Store;
    let vault: Vault;
    beforeEach(async () => {
      ({ store, vault } = await openEmpty());
    });
    afterEach(() => store.close());

    appends(() => store);
    refusals(() => store);
    names(() => store);
    secrets(() => vault);

    it('[E12] a closed store answers closed, and closing twice is allowed', async () => {
      await store.append('s', 0, chained('s', ['1']));
      await store.close();
      await store.close();
      await expect(store.append('s', 1, [])).rejects.toEqual(code('closed'));
      await expect(store.read('s', 0, 10)).rejects.toEqual(code('closed'));
      await expect(store.streams('')).rejects.toEqual(code('closed'));
      await expect(vault.get('k', 'a')).rejects.toEqual(code('closed'));
      await expect(vault.put('k', 'a', '1')).rejects.toEqual(code('closed'));
    });
  });
}

function appends(store: () => Store): void {
  it('[E12] gives back what was appended, in order, exactly as written', async () => {
    const payloads = ['{}', '"\\u0000"', '"\u2028\u0085\u007f"', '"👩‍👩‍👧 Grüße"', `"${'x'.repeat(300_000)}"`];
    const lines = chained('incident/i1', payloads);
    await store().append('incident/i1', 0, lines.slice(0, 2));
    await store().append('incident/i1', 2, lines.slice(2));
    expect(await store().read('incident/i1', 0, 10_000)).toEqual(lines);
    expect(await store().read('incident/i1', 1, 2)).toEqual(lines.slice(1, 3));
    expect(await store().read('incident/i1', 5, 10)).toEqual([]);
    expect(await store().read('incident/other', 0, 10)).toEqual([]);
  });

  it('[E12] of two writers exactly one is first, the other gets a conflict', async () => {
    const race = Array.from({ length: 20 }, () => store().append('s', 0, chained('s', ['1', '2'])));
    const results = await Promise.allSettled(race);
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const one of results) if (one.status === 'rejected') expect(one.reason).toEqual(code('conflict'));
    expect(await store().read('s', 0, 10)).toHaveLength(2);
  });

  it('[E12] appends sent without waiting are kept in the order sent', async () => {
    const lines = chained(
      's',
      Array.from({ length: 300 }, (_, i) => String(i)),
    );
    await Promise.all(lines.map((line, index) => store().append('s', index, [line])));
    expect(verifyLines(await store().read('s', 0, 10_000), sha256)).toMatchObject({ ok: true, lines: 300 });
  });

  it('[E12] streams are apart: whatever is appended where, each holds its own chain', async () => {
    const plan = fc.array(fc.record({ stream: fc.constantFrom('a', 'b', 'a/b', 'ä'), lines: fc.integer({ min: 0, max: 4 }) }), {
      maxLength: 12,
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(plan, async (steps) => {
        round += 1;
        const wanted = new Map<string, StoredLine[]>();
        const acknowledged: Promise<void>[] = [];
        for (const step of steps) {
          const stream = `${round}/${step.stream}`;
          const before = wanted.get(stream) ?? [];
          const lines = chained(
            stream,
            Array.from({ length: step.lines }, (_, i) => `"${i}"`),
            before.at(-1),
          );
          acknowledged.push(store().append(stream, before.length, lines));
          wanted.set(stream, [...before, ...lines]);
        }
        await Promise.all(acknowledged);
        for (const [stream, lines] of wanted) expect(await store().read(stream, 0, 10_000)).toEqual(lines);
      }),
      { numRuns: 30 },
    );
  });
}

function refusals(store: () => Store): void {
  it('[E13] a line that does not chain is refused, and nothing of its append is kept', async () => {
    const good = chained('s', ['1', '2', '3']);
    await store().append('s', 0, good.slice(0, 1));
    const [, second, third] = good as [StoredLine, StoredLine, StoredLine];
    const foreign = chained('t', ['1', '2']);
    const bad: readonly (readonly StoredLine[])[] = [
      [third],
      [second, second],
      [second, { ...third, payload: '4' }],
      [second, { ...third, salt: '', payload: '' }],
      [second, { ...third, seq: 4 }],
      [second, { ...third, line: third.line.replace('person-1', 'person-2').replace(/^./, 'x') }],
      [second, { ...third, payload: '3\u0000' }],
      [foreign[1] as StoredLine],
      chained('s', ['1', '2']).slice(1),
    ];
    for (const lines of bad) await expect(store().append('s', 1, lines), JSON.stringify(lines)).rejects.toEqual(code('corrupt'));
    expect(await store().read('s', 0, 10)).toEqual(good.slice(0, 1));
    await store().append('s', 1, [second, third]);
    expect(await store().read('s', 0, 10)).toEqual(good);
  });

  it('[E13] an append that starts elsewhere than at the end is a conflict', async () => {
    const lines = chained('s', ['1', '2', '3']);
    await store().append('s', 0, lines.slice(0, 2));
    for (const after of [0, 1, 3]) await expect(store().append('s', after, lines.slice(2))).rejects.toEqual(code('conflict'));
    await expect(store().append('new', 1, [])).rejects.toEqual(code('conflict'));
  });

  it('[E12] asks for an impossible range are a bug, not an answer', async () => {
    for (const limit of [0, -1, 1.5, 10_001, Number.NaN]) await expect(store().read('s', 0, limit)).rejects.toThrow(RangeError);
    await expect(store().read('a\u0000', 0, 1)).rejects.toThrow(RangeError);
    await expect(store().append('a\n', 0, [])).rejects.toThrow(RangeError);
    for (const after of [-1, 0.5, Number.NaN]) await expect(store().read('s', after, 1)).rejects.toThrow(RangeError);
  });
}

function names(store: () => Store): void {
  it('[E12] lists the streams that start with a text, sorted, and no empty ones', async () => {
    for (const stream of ['incident/b', 'incident/a', 'incident_x', 'people', 'incident%'])
      await store().append(stream, 0, chained(stream, ['1']));
    await store().append('incident/empty', 0, []);
    expect(await store().streams('incident/')).toEqual(['incident/a', 'incident/b']);
    expect(await store().streams('incident_')).toEqual(['incident_x']);
    expect(await store().streams('incident%')).toEqual(['incident%']);
    expect(await store().streams('')).toEqual(['incident%', 'incident/a', 'incident/b', 'incident_x', 'people']);
  });
}

function secrets(vault: () => Vault): void {
  it('[E15] the vault keeps, replaces and forgets values, each kind apart', async () => {
    await vault().put('session', 'b', '{"n":1}');
    await vault().put('session', 'a', '{"n":2}');
    await vault().put('password', 'a', '"hash"');
    await vault().put('session', 'b', '{"n":3}');
    expect(await vault().list('session')).toEqual([
      { key: 'a', value: '{"n":2}' },
      { key: 'b', value: '{"n":3}' },
    ]);
    await vault().delete('session', 'a');
    await vault().delete('session', 'never-there');
    expect(await vault().get('session', 'a')).toBeUndefined();
    expect(await vault().get('session', 'b')).toBe('{"n":3}');
    expect(await vault().get('password', 'a')).toBe('"hash"');
    expect(await vault().list('nothing')).toEqual([]);
    await expect(vault().put('session', 'c', 'a\u0000b')).rejects.toThrow(RangeError);
  });
}
