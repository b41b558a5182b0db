// Nothing is closed over the head of who still waits for something.
import { expect, it } from 'vitest';
import { Play, person } from '../../../test/incident-kit.ts';
import { openPromises, ordersDue } from './ends.ts';

const anna = person('anna');
const close = { type: 'close-incident', how: 'came-out', outcome: 'by himself' };

it('[X4] says to whom promises that are still open were handed', () => {
  const play = new Play();
  play.add(anna, 'promise', { what: 'a call to his daughter', to: 'him', madeBy: '', approvedBy: '', dueAt: null });
  expect(openPromises(play.state)).toHaveLength(1);
  expect(play.asked(anna, close)).toMatchObject({ rule: 'X4' });
  expect(play.asked(anna, { ...close, promisesTo: ' ' })).toMatchObject({ rule: 'X4' });
  expect(play.asked(anna, { ...close, promisesTo: 'duty officer of the custody suite' })).toEqual([
    {
      type: 'closing-begun',
      payload: { how: 'came-out', outcome: 'by himself', promisesTo: 'duty officer of the custody suite', promises: ['row-1'] },
    },
  ]);
  play.ask(anna, { type: 'move-promise', rowId: 'row-1', to: 'kept', note: '' });
  expect(play.asked(anna, close)).not.toHaveProperty('rule');
});

it('[X5] says who sees to an order that is still due', () => {
  const play = new Play();
  const authority = { basis: 'emergency', words: '', officer: 'Captain', scope: ['room-monitor'] };
  play.ask(anna, { type: 'record-authority', ...authority });
  expect(ordersDue(play.state)).toHaveLength(1);
  expect(play.asked(anna, close)).toMatchObject({ rule: 'X5' });
  play.ask(anna, { ...close, ordersWith: 'detective on duty' });
  expect(play.state.incident.closing?.outcome).toBe('by himself');
});
