// Position papers as files: only for whom they are, never before the entry that says who read them, with the hashes of the log's own lines.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Box } from '../../../test/doors-kit.ts';
import type { Role } from '../../core/incident/topic.ts';
import type { PaperSheet } from '../../ports/press.ts';
import { PressFault } from '../../ports/press.ts';
import { Custody } from '../custody.ts';
import type { House } from '../rooms.ts';
import { makePaper } from './papers.ts';

const anna = { kind: 'person', personId: 'anna', name: 'Anna' } as const;
const text = { to: ['command'], basis: '', status: 'He talks.', assessment: '', recommendations: 'Go on.' };

describe('a position paper as a file', () => {
  let box: Box;
  let house: House;
  const printed: PaperSheet[] = [];
  const press = {
    paper: async (sheet: PaperSheet) => {
      printed.push(sheet);
      return new Uint8Array([1]);
    },
  };
  const as = (personId: string) => ({ kind: 'person', personId, name: personId }) as const;
  const types: string[] = [];
  let custody: Custody;

  beforeEach(async () => {
    box = await new Box().start();
    custody = new Custody(box.disk.store, box.clock);
    house = await box.it.rooms.open(anna, { title: 'Bridge', exercise: true });
    for (const [personId, role] of [
      ['ines', 'commander'],
      ['carl', 'coach'],
    ] as readonly (readonly [string, Role])[])
      await house.room.submit(anna, { type: 'assign-role', personId, name: personId, role });
    await house.room.submit(anna, { type: 'sign-paper', number: 1, ...text });
    printed.length = 0;
    types.length = 0;
    house.room.listen((_, entries) => void types.push(...entries.map(({ entry }) => entry.type)));
  });
  afterEach(() => box.stop());

  it('[D60] [T50] is made from what was signed, after the entry that says who reads it, with the hashes of the log', async () => {
    expect(await makePaper({ press, custody }, { house, who: as('ines'), number: '1' })).toMatchObject({ is: 'made', number: 1 });
    expect(types).toEqual(['paper-read']);
    const { atSeq } = house.room.state.papers.signed[0] ?? { atSeq: 0 };
    expect(printed).toMatchObject([
      {
        ...{ number: 1, title: 'Bridge', exercise: true, signer: 'Anna', status: 'He talks.' },
        madeAt: { seq: atSeq, hash: await house.lineHash(atSeq) },
        entry: { seq: atSeq + 1, hash: await house.lineHash(atSeq + 1) },
      },
    ]);
    expect(printed[0]?.entry.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(printed[0]?.entry.hash).not.toBe(printed[0]?.madeAt.hash);
  });

  it('[T51] looks as if it were not there to whom it is not for, and is not read by him', async () => {
    for (const [who, number] of [
      ['carl', '1'],
      ['ines', '2'],
      ['ines', '01'],
      ['ines', '1e0'],
      ['ines', '__proto__'],
    ] as const)
      expect(await makePaper({ press, custody }, { house, who: as(who), number }), number).toMatchObject({ is: 'refused', status: 404 });
    expect([printed, types]).toEqual([[], []]);
  });

  it('[T52] is refused with the next step when no file can be made', async () => {
    const broken = { paper: () => Promise.reject(new PressFault('no')) };
    for (const one of [null, broken])
      expect(await makePaper({ press: one, custody }, { house, who: as('ines'), number: '1' })).toMatchObject({
        is: 'refused',
        status: 503,
        refusal: { rule: 'T52' },
      });
  });

  it('[R51] of a closed incident is made after the reading is in its custody stream', async () => {
    await house.room.submit(anna, { type: 'close-incident', outcome: 'came out' });
    expect(await makePaper({ press, custody }, { house, who: as('ines'), number: '1' })).toMatchObject({ is: 'made' });
    expect(await custody.read(house.id)).toMatchObject([{ type: 'paper-read', payload: { number: 1 } }]);
    box.disk.setWritable(false);
    printed.length = 0;
    expect(await makePaper({ press, custody }, { house, who: as('ines'), number: '1' })).toMatchObject({ is: 'refused', status: 409 });
    expect(printed).toEqual([]);
  });
});
