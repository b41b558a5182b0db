// Who leads when the leader is gone.
import { expect, it } from 'vitest';
import { Play, person } from '../../../test/incident-kit.ts';
import { hasRole } from './people.ts';

it('[X7] coach or commander takes the lead beside the leader, with a reason; nobody else does', () => {
  const play = new Play({ boris: 'coach', clara: 'scribe', dora: 'commander' });
  expect(play.asked(person('clara'), { type: 'take-lead', why: 'x' })).toMatchObject({ rule: 'T5' });
  expect(play.asked(person('boris'), { type: 'take-lead', why: ' ' })).toMatchObject({ rule: 'P2' });
  play.ask(person('boris'), { type: 'take-lead', why: 'the leader cannot be reached' });
  expect(hasRole(play.state.people, 'boris', 'leader')).toBe(true);
  expect(hasRole(play.state.people, 'anna', 'leader')).toBe(true);
  expect(play.drafts).toContainEqual({ type: 'lead-taken', payload: { personId: 'boris', why: 'the leader cannot be reached' } });
  expect(play.asked(person('boris'), { type: 'take-lead', why: 'again' })).toMatchObject({ rule: 'V5' });
  expect(play.asked(person('dora'), { type: 'take-lead', why: 'both gone' })).not.toHaveProperty('rule');
  play.ask(person('boris'), { type: 'close-incident', outcome: 'came out' });
});
