// At whose console it rings.
import { expect, it } from 'vitest';
import type { Role } from '../../../core/incident/topic.ts';
import { isRungAt, maySound } from './ring.ts';

const member = (personId: string, ...roles: readonly Role[]) => ({ [personId]: { personId, name: personId, roles, noTalk: false } });
const people = {
  ...member('lena', 'leader'),
  ...member('carl', 'coach'),
  ...member('sven', 'scribe'),
  ...member('rita', 'third-party'),
  ...member('gone'),
};

it('[N122] rings at who may let in, and at everybody of the team when fewer than two of them are there', () => {
  const rung = (present: readonly string[]) => Object.keys(people).filter((id) => isRungAt(people, id, present));
  expect(rung(['lena', 'carl', 'sven'])).toEqual(['lena', 'carl']);
  expect(isRungAt(people, 'sven', ['lena', 'sven'])).toBe(true);
  expect(isRungAt(people, 'sven', [])).toBe(true);
  expect([isRungAt(people, 'rita', []), isRungAt(people, 'gone', []), isRungAt(people, 'stranger', [])]).toEqual([false, false, false]);
});

it('[V74] sounds during a call only where it is known that no loudspeaker rings into it', () => {
  expect([maySound(false, undefined), maySound(false, 'loudspeaker')]).toEqual([true, true]);
  expect((['headset', 'handset', 'loudspeaker', 'unknown', undefined] as const).map((output) => maySound(true, output))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
